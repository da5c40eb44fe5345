/**
 * Other hosts, reached with the {@code ssh} command of this machine and the user's own configuration. Scripts run
 * there, and workspaces are shared with them or copied to them.
 */
@NullMarked
package org.experimaestro.connector.ssh;

import org.jspecify.annotations.NullMarked;
