package org.experimaestro.engine.batch;

import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.JobStatus;

/** The result of submitting an attempt to a batch system. */
public sealed interface SubmissionResult {

    /**
     * The batch system has the job.
     *
     * @param batchJob the job in its batch system; stored with the attempt
     */
    record Accepted(BatchJobReference batchJob) implements SubmissionResult {}

    /**
     * The attempt is over.
     *
     * @param status the job's state, with the cause
     */
    record Rejected(JobStatus status) implements SubmissionResult {}
}
