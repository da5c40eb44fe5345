package org.experimaestro;

/** The joint outcome of the jobs that a plan waited for. */
public enum Outcome {
    /** All jobs are done. */
    DONE,
    /** At least one job failed, or did not run because another job failed. */
    FAILED,
    /**
     * Some jobs are not run or waited for: the run is a dry run, only generates, or leaves them out as the options
     * {@code --only} and {@code --until} ask.
     */
    NOT_RUN,
    /** Jobs were submitted to batch systems, and the run does not wait for them: the run is detached. */
    SUBMITTED
}
