package org.experimaestro.internal;

/** The environment variables with which a launcher tells a job's process what only the launcher knows. */
public final class JobVariables {
    /**
     * A shell command that prints when the job will be ended, in seconds since 1970, or nothing if there is no limit.
     */
    public static final String END_COMMAND = "EXPERIMAESTRO_END_COMMAND";

    /** A shell command that prints the job's state in words of ours, such as {@code TIME_LIMIT}, or nothing. */
    public static final String STATE_COMMAND = "EXPERIMAESTRO_STATE_COMMAND";

    /** How often the batch system has started this very job before, 0 at first. */
    public static final String RESTARTS = "EXPERIMAESTRO_RESTARTS";

    /** The jobs that have to be done before this one, as {@code type/identifier}, separated by spaces. */
    public static final String NEEDS = "EXPERIMAESTRO_NEEDS";

    private JobVariables() {}
}
