package org.experimaestro.core.json;

import org.jspecify.annotations.Nullable;

/**
 * Writes and reads the times of our files: ISO 8601, UTC, with milliseconds, as in {@code 2026-11-23T21:56:17.339Z}. Each time has
 * one text, of 24 characters, and the texts sort as the times do. Thread-safe.
 *
 * <p>On the start path of a job, and read many times by whoever looks at a workspace: without formatters and regular expressions.
 */
public final class TimeText {
    /** The end of the year 9999, in milliseconds since 1970: later times have no text. */
    public static final long LAST_MILLIS = 253_402_300_799_999L;

    private static final String PATTERN = "0000-00-00T00:00:00.000Z";
    private static final int SECOND = 1_000;
    private static final int MINUTE = 60 * SECOND;
    private static final int HOUR = 60 * MINUTE;
    private static final int DAY = 24 * HOUR;

    private TimeText() {}

    /**
     * Writes a time.
     *
     * @param millis milliseconds since 1970, UTC
     * @return the text
     * @throws IllegalArgumentException if the time is before 1970 or after 9999
     */
    public static String of(long millis) {
        if (millis < 0 || millis > LAST_MILLIS) {
            throw new IllegalArgumentException("a time is from 1970 to 9999, and not " + millis + " ms after 1970");
        }
        char[] text = PATTERN.toCharArray();
        putDate(text, (int) (millis / DAY));
        int rest = (int) (millis % DAY);
        put(text, 11, 2, rest / HOUR);
        put(text, 14, 2, rest % HOUR / MINUTE);
        put(text, 17, 2, rest % MINUTE / SECOND);
        put(text, 20, 3, rest % SECOND);
        return new String(text);
    }

    /**
     * Writes this moment.
     *
     * @return the text
     */
    public static String now() {
        return of(System.currentTimeMillis());
    }

    /**
     * Reads a time.
     *
     * @param text a text
     * @return milliseconds since 1970, UTC; {@code null} if the text is not what {@link #of} writes
     */
    public static @Nullable Long millis(String text) {
        if (text.length() != PATTERN.length()) {
            return null;
        }
        for (int i = 0; i < text.length(); i++) {
            char expected = PATTERN.charAt(i);
            char found = text.charAt(i);
            if (expected == '0' ? found < '0' || found > '9' : found != expected) {
                return null;
            }
        }
        long days = days(number(text, 0, 4), number(text, 5, 2), number(text, 8, 2));
        int time = number(text, 11, 2) * HOUR
                + number(text, 14, 2) * MINUTE
                + number(text, 17, 2) * SECOND
                + number(text, 20, 3);
        long millis = days * DAY + time;
        // A day that its month does not have, or a minute of 61 seconds, is another time's.
        return millis >= 0 && millis <= LAST_MILLIS && of(millis).equals(text) ? millis : null;
    }

    /**
     * The days since 1970-01-01 of a date of the Gregorian calendar: {@code days_from_civil} of Howard Hinnant, "chrono-Compatible
     * Low-Level Date Algorithms", for years from 1. A year begins in March there, so that the leap day is its last one.
     */
    private static long days(int year, int month, int day) {
        int shifted = month > 2 ? year : year - 1;
        int era = shifted / 400;
        int yearOfEra = shifted % 400;
        int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097L + dayOfEra - 719_468;
    }

    /** The inverse, {@code civil_from_days} of the same source. */
    private static void putDate(char[] text, int days) {
        int shifted = days + 719_468;
        int era = shifted / 146_097;
        int dayOfEra = shifted % 146_097;
        int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int monthFromMarch = (5 * dayOfYear + 2) / 153;
        int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        put(text, 0, 4, yearOfEra + era * 400 + (month <= 2 ? 1 : 0));
        put(text, 5, 2, month);
        put(text, 8, 2, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1);
    }

    private static void put(char[] text, int start, int length, int number) {
        int rest = number;
        for (int i = start + length - 1; i >= start; i--) {
            text[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
    }

    private static int number(String text, int start, int length) {
        int number = 0;
        for (int i = start; i < start + length; i++) {
            number = 10 * number + text.charAt(i) - '0';
        }
        return number;
    }
}
