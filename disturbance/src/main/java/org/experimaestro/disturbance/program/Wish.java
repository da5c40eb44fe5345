package org.experimaestro.cluster;

import java.util.Locale;
import java.util.Map;

/**
 * The fate of tests that need a cluster or a server: the system property {@code cluster.tests}, or in CI (the
 * variable CI is {@code true}) required, or else off: nobody's machine gets packages and daemons because its user has tried a
 * build.
 */
enum Wish {
    /** They run, and fail where this machine lacks something. */
    REQUIRED,
    /** They run, and are skipped where this machine lacks something; they fail when a start fails otherwise. */
    WANTED,
    /** They are skipped, and nothing is started. */
    OFF;

    /** The name of the system property. */
    static final String PROPERTY = "cluster.tests";

    static Wish of(String property, Map<String, String> environment) {
        if (property.isEmpty()) {
            return "true".equals(environment.get("CI")) ? REQUIRED : OFF;
        }
        for (Wish wish : values()) {
            if (wish.name().toLowerCase(Locale.ROOT).equals(property)) {
                return wish;
            }
        }
        throw new IllegalArgumentException(
                "-D" + PROPERTY + " must be required, wanted or off, not \"" + property + "\"");
    }

    static Wish ofThisBuild() {
        return of(System.getProperty(PROPERTY, ""), System.getenv());
    }
}
