package org.experimaestro.engine.batch;

import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.JobStatus;

/** What became of an attempt that was to be given to a batch system. */
public sealed interface SubmissionResult {

    /**
     * The batch system has it.
     *
     * @param batchJob where; stored with the attempt
     */
    record Accepted(BatchJobReference batchJob) implements SubmissionResult {}

    /**
     * It is over.
     *
     * @param status the job's state, with the cause
     */
    record Rejected(JobStatus status) implements SubmissionResult {}
}
