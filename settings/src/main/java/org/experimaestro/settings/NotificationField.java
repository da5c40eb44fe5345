package org.experimaestro.settings;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The values of a notification, which a template names as {@code ${title}}. */
public enum NotificationField {
    /** The event: {@code failure}, {@code end} or {@code stall}; {@code test} for a test. */
    EVENT,
    /** A line that says what has happened, such as {@code grid has failed: 3 of 40 jobs}. */
    TITLE,
    /** Some lines with the details. */
    TEXT,
    /** The id of the experiment. */
    EXPERIMENT,
    /** The run, as {@code experiment/name}. */
    RUN,
    /** The outcome of the run in lower case; {@code running} before its end, {@code died} if its process was killed. */
    OUTCOME,
    /** The number of jobs of the run so far. */
    JOBS,
    /** The number of jobs that are done. */
    DONE,
    /** The number of jobs that have failed. */
    FAILED,
    /** The number of jobs that were skipped because of them. */
    SKIPPED,
    /** The path of the workspace. */
    WORKSPACE,
    /** The name of the host of the run. */
    HOST;

    /**
     * Returns the name in templates.
     *
     * @return the name in lower case
     */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns whether the value is a number.
     *
     * @return true for the counts of jobs
     */
    public boolean isNumber() {
        return this == JOBS || this == DONE || this == FAILED || this == SKIPPED;
    }

    /**
     * Returns the names of all fields.
     *
     * @return the names, in their order
     */
    public static List<String> keys() {
        return Stream.of(values()).map(NotificationField::key).toList();
    }
}
