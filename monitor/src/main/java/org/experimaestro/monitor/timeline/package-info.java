/** The times at which the jobs of a run waited and ran, and the chain of jobs that its duration followed from. */
@NullMarked
package org.experimaestro.monitor.timeline;

import org.jspecify.annotations.NullMarked;
