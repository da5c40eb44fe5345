package org.experimaestro.base.text;

import java.time.Duration;

/** Durations in words, for people. */
public final class DurationWords {
    private DurationWords() {}

    /**
     * Returns a duration in its two largest units.
     *
     * @param duration the duration; a negative one counts as 0
     * @return for example {@code 2 h 5 min}
     */
    public static String of(Duration duration) {
        Duration time = duration.isNegative() ? Duration.ZERO : duration;
        long seconds = time.toSeconds();
        if (seconds < 10) {
            long tenths = (time.toMillis() + 50) / 100;
            return tenths / 10 + "." + tenths % 10 + " s";
        }
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3_600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        if (seconds < 86_400) {
            return seconds / 3_600 + " h " + seconds / 60 % 60 + " min";
        }
        return seconds / 86_400 + " d " + seconds / 3_600 % 24 + " h";
    }
}
