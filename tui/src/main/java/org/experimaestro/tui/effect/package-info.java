/**
 * Work outside of the view's thread, whose results come back as messages.
 */
@NullMarked
package org.experimaestro.tui.effect;

import org.jspecify.annotations.NullMarked;
