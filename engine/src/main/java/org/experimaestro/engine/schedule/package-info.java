/** Which job is next: the graph of jobs, and the one loop that owns its state. Knows nothing of processes and files. */
@NullMarked
package org.experimaestro.engine.schedule;

import org.jspecify.annotations.NullMarked;
