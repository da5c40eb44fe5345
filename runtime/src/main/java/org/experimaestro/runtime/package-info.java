/** The job's process: reads the parameters, runs the task, tells progress, and says how it ended. */
@NullMarked
package org.experimaestro.runtime;

import org.jspecify.annotations.NullMarked;
