/**
 * The terminal view's questions to a workspace.
 */
@NullMarked
package org.experimaestro.tui.client;

import org.jspecify.annotations.NullMarked;
