/**
 * The files of a workspace: job folders and the run-once protocol, runs, snapshots of class paths. No other code has
 * their places. {@code docs/workspace.md} specifies them.
 */
@NullMarked
package org.experimaestro.workspace;

import org.jspecify.annotations.NullMarked;
