package org.experimaestro.engine.job;

import org.experimaestro.workspace.JobStatus;

/**
 * How a job ended, and whether this run had it run.
 *
 * @param status its state: done, failed, or corrupt; active if it goes on, and nobody can be asked for its end
 * @param executed whether an attempt of this run ended so
 * @param trouble why nobody can be asked for the end of a job that goes on, else an empty text
 */
public record JobResult(JobStatus status, boolean executed, String trouble) {

    /**
     * The end of a job.
     *
     * @param status its state: done, failed, or corrupt
     * @param executed whether an attempt of this run ended so
     */
    public JobResult(JobStatus status, boolean executed) {
        this(status, executed, "");
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
