/** The job's process: it reads the parameters, runs the task, records progress, and writes the marker of the end. */
@NullMarked
package org.experimaestro.runtime;

import org.jspecify.annotations.NullMarked;
