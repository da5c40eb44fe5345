package org.experimaestro.loader.settings;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations: ISO 8601 as {@link Duration#parse} has it ({@code PT5M}), or words ({@code 1 h 30 min}). */
final class DurationText {
    private static final Pattern PART =
            Pattern.compile("\\G\\s*([0-9]+(?:\\.[0-9]+)?)\\s*([A-Za-z]+)(?:\\s+|$|(?=[0-9]))");
    private static final BigDecimal NANOS_PER_SECOND = BigDecimal.valueOf(1_000_000_000);

    /* "m" is left out: it could be minutes or months. A day has 24 hours. */
    private static final Map<String, ChronoUnit> UNITS = Map.ofEntries(
            Map.entry("ms", ChronoUnit.MILLIS),
            Map.entry("millisecond", ChronoUnit.MILLIS),
            Map.entry("s", ChronoUnit.SECONDS),
            Map.entry("sec", ChronoUnit.SECONDS),
            Map.entry("second", ChronoUnit.SECONDS),
            Map.entry("min", ChronoUnit.MINUTES),
            Map.entry("minute", ChronoUnit.MINUTES),
            Map.entry("h", ChronoUnit.HOURS),
            Map.entry("hour", ChronoUnit.HOURS),
            Map.entry("d", ChronoUnit.DAYS),
            Map.entry("day", ChronoUnit.DAYS),
            Map.entry("w", ChronoUnit.WEEKS),
            Map.entry("week", ChronoUnit.WEEKS));

    private DurationText() {}

    /** The duration that a text says; empty if it says none, or one too long for {@link Duration}. */
    static Optional<Duration> parse(String text) {
        String stripped = text.strip();
        String upper = stripped.toUpperCase(Locale.ROOT);
        try {
            return upper.matches("[-+]?P.*") ? Optional.of(Duration.parse(stripped)) : parseWords(stripped);
        } catch (DateTimeParseException | ArithmeticException exception) {
            // The caller tells what was expected, which says more than these exceptions do.
            return Optional.empty();
        }
    }

    private static Optional<Duration> parseWords(String text) {
        Matcher part = PART.matcher(text);
        Duration sum = Duration.ZERO;
        int end = 0;
        while (part.find()) {
            Optional<ChronoUnit> unit = unit(part.group(2));
            if (unit.isEmpty()) {
                return Optional.empty();
            }
            sum = sum.plus(times(new BigDecimal(part.group(1)), unit.get().getDuration()));
            end = part.end();
        }
        return end == text.length() && end > 0 ? Optional.of(sum) : Optional.empty();
    }

    private static Optional<ChronoUnit> unit(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        ChronoUnit known = UNITS.get(lower);
        if (known != null || !lower.endsWith("s") || lower.length() < 4) {
            return Optional.ofNullable(known);
        }
        return Optional.ofNullable(UNITS.get(lower.substring(0, lower.length() - 1)));
    }

    private static Duration times(BigDecimal number, Duration unit) {
        BigDecimal nanos = number.multiply(BigDecimal.valueOf(unit.getSeconds()))
                .multiply(NANOS_PER_SECOND)
                .add(number.multiply(BigDecimal.valueOf(unit.getNano())));
        BigDecimal[] parts = nanos.setScale(0, RoundingMode.UNNECESSARY).divideAndRemainder(NANOS_PER_SECOND);
        return Duration.ofSeconds(parts[0].longValueExact(), parts[1].longValueExact());
    }
}
