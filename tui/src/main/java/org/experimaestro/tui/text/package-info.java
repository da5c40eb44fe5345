/**
 * Foreign text as a terminal can show it, and widths in cells.
 */
@NullMarked
package org.experimaestro.tui.text;

import org.jspecify.annotations.NullMarked;
