package org.experimaestro.workspace;

import org.experimaestro.core.json.TimeText;

/**
 * The names that a run may have, the first first: the second when it began, in UTC, as {@code 20261123-215617}; the same with {@code
 * -02} to {@code -99}; then those of the next second. They sort in this order, as texts. Confined to one thread.
 */
final class RunNames {
    private static final int SECOND_MILLIS = 1_000;
    private static final int MOST = 99;

    private long millis;
    private int number;

    /**
     * Names from a time on.
     *
     * @param began milliseconds since 1970
     */
    RunNames(long began) {
        this.millis = began;
    }

    /** The next name. */
    String next() {
        number++;
        if (number > MOST) {
            number = 1;
            millis += SECOND_MILLIS;
        }
        return number == 1 ? stamp(millis) : stamp(millis) + (number < 10 ? "-0" : "-") + number;
    }

    /** A time as the beginning of a name, which sorts as the time does. */
    static String stamp(long millis) {
        String time = TimeText.of(millis);
        return time.substring(0, 4) + time.substring(5, 7) + time.substring(8, 10) + "-" + time.substring(11, 13)
                + time.substring(14, 16) + time.substring(17, 19);
    }
}
