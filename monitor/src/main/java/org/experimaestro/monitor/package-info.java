/**
 * The results of finished and running experiments for Java programs. {@link org.experimaestro.monitor.WorkspaceReader}
 * is the entry point.
 */
@NullMarked
package org.experimaestro.monitor;

import org.jspecify.annotations.NullMarked;
