package org.experimaestro.engine.schedule;

/** The answer to a request to try a job again. */
public enum RetryAnswer {
    /** The job waits for its turn. */
    GRANTED,
    /** The job has not failed. */
    NOT_FAILED,
    /** So many jobs have failed that no more are started. */
    WITHHELD,
    /**
     * All jobs have ended and there will be no others, or the scheduler is closed: the run does not wait any
     * longer.
     */
    OVER
}
