/**
 * Other hosts, reached with the {@code ssh} command of this machine and the user's own configuration of it: scripts that run
 * there, and workspaces that are shared with them or copied to them.
 */
@NullMarked
package org.experimaestro.connector.ssh;

import org.jspecify.annotations.NullMarked;
