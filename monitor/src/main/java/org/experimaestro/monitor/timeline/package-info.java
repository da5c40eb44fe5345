/** When the jobs of a run waited and ran, and which of them the run's duration followed from. */
@NullMarked
package org.experimaestro.monitor.timeline;

import org.jspecify.annotations.NullMarked;
