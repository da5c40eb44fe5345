package org.experimaestro.core.defaults;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A reader of durations in values, such as defaults and settings: ISO-8601 ({@code PT5M}), or numbers with units
 * ({@code 5 min}, {@code 1 h 30 min}). The language of requirements has its own reader, because there a duration is
 * inside a longer text, its errors have places, and it has no unit below the second.
 */
public final class DurationText {
    private static final int LONGEST = 1_000;
    private static final String EXPECTED = "a duration such as PT5M, 5 min, 1 h 30 min, 2 days, 90 s or 500 ms";
    private static final Pattern PART = Pattern.compile("\\s*(\\d+(?:\\.\\d+)?)\\s*([A-Za-z]+)");

    private DurationText() {}

    /**
     * Reads a duration.
     *
     * @param text ISO-8601, or numbers, each with a unit: ns, us, ms, s, min, h, d, w or their full names, in upper
     *     or lower case. The larger unit comes first, and a number may have a fraction.
     * @return the duration, exact to the nanosecond
     * @throws IllegalArgumentException if the text is not a duration, with the form expected
     */
    public static Duration parse(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "a text of " + text.length() + " characters is not a duration; write at most " + LONGEST);
        }
        String stripped = text.strip();
        if (stripped.matches("[-+]?[Pp].*")) {
            return parseIso(text, stripped);
        }
        Matcher part = PART.matcher(stripped);
        BigDecimal nanos = BigDecimal.ZERO;
        BigDecimal before = null;
        int end = 0;
        while (end < stripped.length() && part.region(end, stripped.length()).lookingAt()) {
            BigDecimal unit = nanosOf(part.group(2));
            if (unit == null) {
                throw unknownUnit(text, part.group(2));
            }
            if (before != null && before.compareTo(unit) <= 0) {
                throw problem(text, "write the larger unit first, and each once");
            }
            nanos = nanos.add(new BigDecimal(part.group(1)).multiply(unit));
            before = unit;
            end = part.end();
        }
        if (before == null || end < stripped.length()) {
            throw problem(text, "write " + EXPECTED);
        }
        return ofNanos(text, nanos);
    }

    private static Duration parseIso(String text, String stripped) {
        try {
            return Duration.parse(stripped);
        } catch (DateTimeParseException malformed) {
            throw problem(text, "write " + EXPECTED);
        }
    }

    private static Duration ofNanos(String text, BigDecimal nanos) {
        try {
            BigDecimal[] parts = nanos.divideAndRemainder(BigDecimal.valueOf(1_000_000_000));
            return Duration.ofSeconds(parts[0].longValueExact(), parts[1].longValueExact());
        } catch (ArithmeticException inexact) {
            throw problem(text, "it has parts of a nanosecond, or more seconds than 64 bits hold");
        }
    }

    private static @Nullable BigDecimal nanosOf(String unit) {
        return switch (unit.toLowerCase(Locale.ROOT)) {
            case "ns", "nanosecond", "nanoseconds" -> BigDecimal.ONE;
            case "us", "microsecond", "microseconds" -> BigDecimal.valueOf(1_000);
            case "ms", "millisecond", "milliseconds" -> BigDecimal.valueOf(1_000_000);
            case "s", "sec", "secs", "second", "seconds" -> seconds(1);
            case "min", "mins", "minute", "minutes" -> seconds(60);
            case "h", "hour", "hours" -> seconds(3_600);
            case "d", "day", "days" -> seconds(86_400);
            case "w", "week", "weeks" -> seconds(604_800);
            default -> null;
        };
    }

    private static BigDecimal seconds(long count) {
        return BigDecimal.valueOf(count * 1_000_000_000);
    }

    private static IllegalArgumentException unknownUnit(String text, String unit) {
        String mend = unit.equals("m") || unit.equals("M")
                ? "write min for minutes"
                : "the units are ns, us, ms, s, min, h, d, w";
        return problem(text, "there is no unit " + unit + ": " + mend);
    }

    private static IllegalArgumentException problem(String text, String reason) {
        return new IllegalArgumentException("\"" + text + "\" is not a duration; " + reason);
    }
}
