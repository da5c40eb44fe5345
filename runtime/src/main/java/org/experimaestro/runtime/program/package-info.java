/** Programs of tasks, and their containers: how a job's process starts, watches and ends them. */
@NullMarked
package org.experimaestro.runtime.program;

import org.jspecify.annotations.NullMarked;
