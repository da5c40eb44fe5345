package org.experimaestro;

/** The mode of a run: run the jobs, print them, or only write their folders. */
public enum RunMode {
    /** Runs the jobs that are not done. */
    NORMAL,
    /** Runs the plan to its end and prints the jobs; writes nothing. */
    DRY_RUN,
    /** Writes the jobs' folders, and runs nothing. */
    GENERATE
}
