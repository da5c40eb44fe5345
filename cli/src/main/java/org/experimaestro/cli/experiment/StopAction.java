package org.experimaestro.cli.experiment;

/** The fate of running jobs if a run is stopped. */
public enum StopAction {
    /** They go on, unless Ctrl-C is pressed a second time in a terminal. */
    ASK,
    /** They go on. */
    LEAVE,
    /** They are asked to end. */
    KILL
}
