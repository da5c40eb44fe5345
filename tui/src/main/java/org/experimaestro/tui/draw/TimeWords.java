package org.experimaestro.tui.draw;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times and durations in few words. */
final class TimeWords {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter EXACT = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final int SECONDS = 60;
    private static final int MINUTES_PER_DAY = 24 * 60;

    private TimeWords() {}

    /** Returns the time of the day with seconds. */
    static String exact(Instant time, ZoneId zone) {
        return EXACT.format(time.atZone(zone));
    }

    /** Returns the time of the day, or the day if it is another one. */
    static String clock(Instant time, Instant now, ZoneId zone) {
        ZonedDateTime at = time.atZone(zone);
        return at.toLocalDate().equals(now.atZone(zone).toLocalDate()) ? CLOCK.format(at) : DAY.format(at);
    }

    /** Returns the day and the time of the day. */
    static String full(Instant time, ZoneId zone) {
        return DAY.format(time.atZone(zone)) + " " + CLOCK.format(time.atZone(zone));
    }

    static String between(Instant from, Instant to) {
        return duration(Duration.between(from, to).toMillis() / 1000.0);
    }

    /** Returns a duration with one or two units. */
    static String duration(double seconds) {
        if (seconds < SECONDS) {
            return Math.max(0, (long) seconds) + " s";
        }
        long minutes = Math.round(seconds / SECONDS);
        if (minutes < SECONDS) {
            return minutes + " min";
        }
        if (minutes < MINUTES_PER_DAY) {
            return minutes / SECONDS + " h" + (minutes % SECONDS == 0 ? "" : " " + minutes % SECONDS + " min");
        }
        return minutes / MINUTES_PER_DAY + " d " + minutes % MINUTES_PER_DAY / SECONDS + " h";
    }
}
