/**
 * The only code that knows where things are in a workspace: job folders and the run-once protocol, runs, snapshots of
 * class paths. {@code docs/workspace.md} specifies the files.
 */
@NullMarked
package org.experimaestro.workspace;

import org.jspecify.annotations.NullMarked;
