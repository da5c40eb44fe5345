/**
 * The submission of jobs to batch systems, and the wait for their ends: one client for each system, for all jobs of
 * this process.
 */
@NullMarked
package org.experimaestro.engine.batch;

import org.jspecify.annotations.NullMarked;
