package org.experimaestro;

/** How the jobs ended that a plan waited for. */
public enum Outcome {
    /** All are done. */
    DONE,
    /** At least one failed, or was not run because of one that failed. */
    FAILED,
    /** Nothing is run, or waited for: the run is a dry run, only generates, or leaves its jobs to their launchers. */
    NOT_RUN
}
