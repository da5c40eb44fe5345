/** Finished and running experiments, read from Java: begin with {@link org.experimaestro.monitor.WorkspaceReader}. */
@NullMarked
package org.experimaestro.monitor;

import org.jspecify.annotations.NullMarked;
