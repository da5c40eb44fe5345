package org.experimaestro.requirement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A unit of sizes or of durations.
 *
 * @param factor its number of bytes, or of seconds
 * @param names its spellings, the printed name first
 */
record Unit(long factor, List<String> names) {
    /** Powers of 1000 as in the International System of Units, powers of 1024 as in IEC 80000-13. */
    static final List<Unit> SIZES = List.of(
            of(1, "B"),
            of(1_000, "K", "KB"),
            of(1L << 10, "KiB"),
            of(1_000_000, "M", "MB"),
            of(1L << 20, "MiB"),
            of(1_000_000_000, "G", "GB"),
            of(1L << 30, "GiB"),
            of(1_000_000_000_000L, "T", "TB"),
            of(1L << 40, "TiB"));

    /** Times, where a day has 24 hours. */
    static final List<Unit> TIMES = List.of(
            of(1, "s", "sec", "secs", "second", "seconds"),
            of(60, "min", "m", "mins", "minute", "minutes"),
            of(3_600, "h", "hour", "hours"),
            of(86_400, "d", "day", "days"),
            of(604_800, "w", "week", "weeks"));

    /** The units of sizes, for messages. */
    static final String SIZE_NAMES = "K, M, G, T (powers of 1000), KiB, MiB, GiB, TiB (powers of 1024) or B";

    /** The units of durations, for messages. */
    static final String TIME_NAMES = "s, min, h, d (days) or w (weeks)";

    static Optional<Unit> find(String name, List<Unit> units) {
        for (Unit unit : units) {
            if (unit.names.contains(name)) {
                return Optional.of(unit);
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the name that differs from a text only in upper and lower case. Among names so short, no other
     * similarity is useful.
     */
    static Optional<String> inOtherCase(String text, List<Unit> units) {
        return names(units).stream().filter(text::equalsIgnoreCase).findFirst();
    }

    static List<String> names(List<Unit> units) {
        List<String> all = new ArrayList<>();
        for (Unit unit : units) {
            all.addAll(unit.names);
        }
        return all;
    }

    private static Unit of(long factor, String... names) {
        return new Unit(factor, List.of(names));
    }
}
