package org.experimaestro;

/** How the jobs ended that a plan waited for. */
public enum Outcome {
    /** All are done. */
    DONE,
    /** At least one failed, or was not run because of one that failed. */
    FAILED,
    /** Nothing is run in this mode: the run is a dry run or only generates. */
    NOT_RUN
}
