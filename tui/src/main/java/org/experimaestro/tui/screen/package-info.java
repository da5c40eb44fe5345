/**
 * The terminal: its cells, its size, its keys, and its state before and after. Only these classes name JLine.
 */
@NullMarked
package org.experimaestro.tui.screen;

import org.jspecify.annotations.NullMarked;
