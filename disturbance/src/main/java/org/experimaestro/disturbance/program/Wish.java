package org.experimaestro.disturbance.program;

import java.util.Locale;
import java.util.Map;

/**
 * The fate of tests that need what most machines lack: what a system property such as {@code cluster.tests} says, or in CI (the
 * variable CI is {@code true}) required, or else off: nobody's machine gets packages and daemons because its user has tried a
 * build.
 */
public enum Wish {
    /** They run, and fail where this machine lacks something. */
    REQUIRED,
    /** They run, and are skipped where this machine lacks something; they fail when a start fails otherwise. */
    WANTED,
    /** They are skipped, and nothing is started. */
    OFF;

    /**
     * Returns the wish that a property and the variables express.
     *
     * @param property the name of the system property
     * @param value its value; empty when it has none
     * @param environment the variables
     * @return the wish
     * @throws IllegalArgumentException when the value is none of a property's
     */
    public static Wish of(String property, String value, Map<String, String> environment) {
        if (value.isEmpty()) {
            return "true".equals(environment.get("CI")) ? REQUIRED : OFF;
        }
        for (Wish wish : values()) {
            if (wish.name().toLowerCase(Locale.ROOT).equals(value)) {
                return wish;
            }
        }
        throw new IllegalArgumentException("-D" + property + " must be required, wanted or off, not \"" + value + "\"");
    }

    /**
     * Returns the wish of the build that runs.
     *
     * @param property the name of the system property
     * @return the wish
     * @throws IllegalArgumentException when its value is none of a property's
     */
    public static Wish ofThisBuild(String property) {
        return of(property, System.getProperty(property, ""), System.getenv());
    }
}
