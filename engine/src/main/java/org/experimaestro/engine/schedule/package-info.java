/**
 * The scheduling of jobs: their graph, and the one loop that owns its state, without any use of processes and files.
 */
@NullMarked
package org.experimaestro.engine.schedule;

import org.jspecify.annotations.NullMarked;
