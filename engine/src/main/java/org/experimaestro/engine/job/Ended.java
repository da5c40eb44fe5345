package org.experimaestro.engine.job;

import org.experimaestro.workspace.JobStatus;

/**
 * How a job ended, and whether this run had it run.
 *
 * @param status its state: done, failed, or corrupt
 * @param executed whether an attempt of this run ended so
 */
public record Ended(JobStatus status, boolean executed) {}
