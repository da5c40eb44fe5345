package org.experimaestro.engine.job;

import org.experimaestro.workspace.JobStatus;

/**
 * How a job ended.
 *
 * @param status its state: done, failed, or corrupt; active if it goes on, and nobody can be asked for its end
 * @param trouble why nobody can be asked for the end of a job that goes on, else an empty text
 */
public record JobResult(JobStatus status, String trouble) {

    /**
     * The end of a job.
     *
     * @param status its state: done, failed, or corrupt
     */
    public JobResult(JobStatus status) {
        this(status, "");
    }

    /**
     * What there is to say of the end, or of the trouble.
     *
     * @return an empty text if there is nothing
     */
    public String message() {
        return status.isActive() ? trouble : status.message();
    }
}
