/** Readers of job logs, progress and metrics. */
@NullMarked
package org.experimaestro.monitor.log;

import org.jspecify.annotations.NullMarked;
