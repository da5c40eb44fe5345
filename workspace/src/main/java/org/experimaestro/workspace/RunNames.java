package org.experimaestro.workspace;

import org.experimaestro.core.json.TimeText;

/**
 * The names that a run may have, the preferred one first. The first is the second of its start, in UTC, as {@code
 * 20261123-215617}. Then come the same with {@code -02} to {@code -99}, and those of the next seconds. As texts, they
 * sort in this order. Confined to one thread.
 */
final class RunNames {
    private static final int SECOND_MILLIS = 1_000;
    private static final int MOST = 99;

    private long millis;
    private int number;

    /**
     * Creates the names for a run.
     *
     * @param began the start of the run, in milliseconds since 1970
     */
    RunNames(long began) {
        this.millis = began;
    }

    /** Returns the next name. */
    String next() {
        number++;
        if (number > MOST) {
            number = 1;
            millis += SECOND_MILLIS;
        }
        return number == 1 ? stamp(millis) : stamp(millis) + (number < 10 ? "-0" : "-") + number;
    }

    /** Returns a time, in milliseconds since 1970, as the beginning of a name. Such texts sort in the order of time. */
    static String stamp(long millis) {
        String time = TimeText.of(millis);
        return time.substring(0, 4) + time.substring(5, 7) + time.substring(8, 10) + "-" + time.substring(11, 13)
                + time.substring(14, 16) + time.substring(17, 19);
    }
}
