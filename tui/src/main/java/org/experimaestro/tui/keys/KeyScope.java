package org.experimaestro.tui.keys;

/** The places in which a key has a meaning. */
public enum KeyScope {
    /** All screens. */
    ALL("Everywhere"),
    /** The experiments and runs. */
    RUNS("Runs"),
    /** The overview of a run. */
    RUN("Run"),
    /** The actions and services of a run. */
    BESIDE("Actions and services"),
    /** The jobs. */
    JOBS("Jobs"),
    /** A job with its log. */
    JOB("Job"),
    /** The comparison. */
    COMPARE("Compare"),
    /** The table. */
    TABLE("Table");

    private final String title;

    KeyScope(String title) {
        this.title = title;
    }

    /** Returns the title of its keys. */
    public String title() {
        return title;
    }
}
