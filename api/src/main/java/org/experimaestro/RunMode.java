package org.experimaestro;

/** The mode of a run: run the jobs, print them, only write their folders, or only prepare configurations. */
public enum RunMode {
    /** Runs the jobs that are not done. */
    NORMAL,
    /** Runs the plan to its end and prints the jobs; writes nothing. */
    DRY_RUN,
    /** Writes the jobs' folders, and runs nothing. */
    GENERATE,
    /** Runs the prepare steps of the configurations that the jobs need, and no job; see {@link Preparable}. */
    PREPARE
}
