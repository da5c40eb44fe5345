package org.experimaestro.engine.job;

import org.experimaestro.workspace.JobStatus;

/**
 * The end of a job in a run.
 *
 * @param status its state: done, failed, or corrupt; active if it goes on and its end cannot be observed
 * @param trouble the reason why the end of a job that goes on cannot be observed, otherwise empty
 */
public record JobResult(JobStatus status, String trouble) {

    /**
     * Creates the end of a job.
     *
     * @param status its state: done, failed, or corrupt
     */
    public JobResult(JobStatus status) {
        this(status, "");
    }

    /**
     * Returns the message of the end, or the trouble.
     *
     * @return the message; empty if there is none
     */
    public String message() {
        return status.isActive() ? trouble : status.message();
    }
}
