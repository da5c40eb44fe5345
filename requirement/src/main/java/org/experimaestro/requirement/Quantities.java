package org.experimaestro.requirement;

import java.math.BigDecimal;
import java.time.Duration;

/** A reader and printer of sizes and durations, in the form of requirements. */
public final class Quantities {
    private static final long SECONDS_PER_MINUTE = 60;
    private static final long SECONDS_PER_HOUR = 3_600;
    private static final long SECONDS_PER_DAY = 86_400;
    private static final int NANO_DIGITS = 9;

    private Quantities() {}

    private interface Reader<T> {
        T read(Scanner in) throws SyntaxProblem;
    }

    /**
     * Reads a size.
     *
     * @param text a number, which may have a fraction, and a unit: {@code K M G T} (or {@code KB …}: powers of 1000),
     *     {@code KiB MiB GiB TiB} (powers of 1024) or {@code B}
     * @return the size in bytes, 0 or more
     * @throws IllegalArgumentException if the text is not a size, not a whole number of bytes, or larger than 64 bits
     *     can hold. The message is one line that quotes the text and names the expected form.
     */
    public static long bytes(String text) {
        return read(text, "a size", QuantityReader::bytes);
    }

    /**
     * Reads a duration.
     *
     * @param text numbers, which may have fractions, each with a unit ({@code s}, {@code min}, {@code h}, {@code d},
     *     {@code w}, or their full names), the larger unit first: {@code 2 days}, {@code 1 h 30 min}
     * @return the duration, exact to the nanosecond, from 0 to 292 years
     * @throws IllegalArgumentException if the text is not a duration. The message is one line that quotes the text
     *     and names the expected form.
     */
    public static Duration duration(String text) {
        return read(text, "a duration", QuantityReader::duration);
    }

    /**
     * Prints a size.
     *
     * @param bytes 0 or more
     * @return the shortest whole number with a unit, such as {@code 16G} or {@code 2GiB}; {@link #bytes} reads it back
     * @throws IllegalArgumentException if it is negative
     */
    public static String sizeText(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("A size cannot be negative: " + bytes + " bytes");
        }
        long factor = 1;
        String name = "B";
        for (Unit unit : Unit.SIZES) {
            if (bytes > 0 && bytes % unit.factor() == 0) {
                factor = unit.factor();
                name = unit.names().get(0);
            }
        }
        return bytes / factor + name;
    }

    /**
     * Prints a duration.
     *
     * @param duration 0 or more
     * @return days, hours, minutes and seconds without the parts that are 0, such as {@code 2 days} or {@code 1 h 30
     *     min}; {@link #duration} reads it back
     * @throws IllegalArgumentException if it is negative
     */
    public static String durationText(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("A duration cannot be negative: " + duration);
        }
        var text = new StringBuilder();
        long seconds = duration.getSeconds();
        long days = seconds / SECONDS_PER_DAY;
        append(text, days, days == 1 ? "day" : "days");
        append(text, seconds % SECONDS_PER_DAY / SECONDS_PER_HOUR, "h");
        append(text, seconds % SECONDS_PER_HOUR / SECONDS_PER_MINUTE, "min");
        BigDecimal rest = BigDecimal.valueOf(seconds % SECONDS_PER_MINUTE)
                .add(BigDecimal.valueOf(duration.getNano(), NANO_DIGITS));
        if (rest.signum() > 0 || text.isEmpty()) {
            text.append(text.isEmpty() ? "" : " ")
                    .append(rest.stripTrailingZeros().toPlainString())
                    .append(" s");
        }
        return text.toString();
    }

    private static void append(StringBuilder text, long count, String unit) {
        if (count > 0) {
            text.append(text.isEmpty() ? "" : " ").append(count).append(' ').append(unit);
        }
    }

    private static <T> T read(String text, String what, Reader<T> reader) {
        var in = new Scanner(text);
        try {
            T value = reader.read(in);
            if (!in.isAtEnd()) {
                throw in.expected("the end");
            }
            return value;
        } catch (SyntaxProblem problem) {
            throw new IllegalArgumentException('"' + text + "\" is not " + what + ": " + problem.sentence(), problem);
        }
    }
}
