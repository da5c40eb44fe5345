/**
 * Answers of the API, as far as the terminal view shows them.
 */
@NullMarked
package org.experimaestro.tui.wire;

import org.jspecify.annotations.NullMarked;
