/**
 * Drawings of the state: one class for each screen.
 */
@NullMarked
package org.experimaestro.tui.draw;

import org.jspecify.annotations.NullMarked;
