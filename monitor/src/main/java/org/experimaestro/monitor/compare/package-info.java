/** Comparisons of jobs and of runs. */
@NullMarked
package org.experimaestro.monitor.compare;

import org.jspecify.annotations.NullMarked;
