/** Tokens, of which all runs of a workspace, or of a user on a machine, share so many. */
@NullMarked
package org.experimaestro.workspace.token;

import org.jspecify.annotations.NullMarked;
