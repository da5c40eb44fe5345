package org.experimaestro.engine.job;

import org.experimaestro.workspace.JobStatus;

/**
 * The end of a job in a run.
 *
 * @param status its state: done, failed, or corrupt; active if it goes on and its end cannot be observed
 * @param executed whether an attempt of this run ended in this state
 * @param trouble the reason why the end of a job that goes on cannot be observed, otherwise empty
 */
public record JobResult(JobStatus status, boolean executed, String trouble) {

    /**
     * Creates the end of a job.
     *
     * @param status its state: done, failed, or corrupt
     * @param executed whether an attempt of this run ended in this state
     */
    public JobResult(JobStatus status, boolean executed) {
        this(status, executed, "");
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
