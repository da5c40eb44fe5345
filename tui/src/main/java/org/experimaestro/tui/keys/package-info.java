/**
 * Keys, and what they ask for.
 */
@NullMarked
package org.experimaestro.tui.keys;

import org.jspecify.annotations.NullMarked;
