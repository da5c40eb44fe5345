/**
 * The terminal view of a workspace: its loop, from keys and answers to what is drawn.
 */
@NullMarked
package org.experimaestro.tui;

import org.jspecify.annotations.NullMarked;
