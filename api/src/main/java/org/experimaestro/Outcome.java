package org.experimaestro;

/** How the jobs ended that a plan waited for. */
public enum Outcome {
    /** All are done. */
    DONE,
    /** At least one failed, or was not run because of one that failed. */
    FAILED,
    /** Nothing is run: the run is a dry run, or only generates. */
    NOT_RUN,
    /** The jobs are submitted to batch systems, and nobody waits for them: the run is detached. */
    SUBMITTED
}
