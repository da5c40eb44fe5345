package org.experimaestro.base.text;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * A printer of numbers: the shortest text that reads back to the same value of its type. A {@code float} is never
 * widened, because as a double it would be another, longer number.
 */
public final class DecimalText {
    private static final MathContext SIX_DIGITS = new MathContext(6);
    private static final double LEAST_OF_SEVEN_DIGITS = 1e6;
    /** The limit below which whole numbers are written in digits. The last digits of larger doubles are not exact. */
    private static final double MOST_IN_DIGITS = 1e18;

    private DecimalText() {}

    /**
     * Returns the text of a number of any type.
     *
     * @param number any box
     * @return {@code 5}, {@code 5.0}, {@code 1e-4}, {@code NaN}, {@code -Infinity}
     */
    public static String of(Number number) {
        String text = number.toString();
        return number instanceof Double || number instanceof Float ? shortened(text) : text;
    }

    /** Returns Java's form with a shorter exponent part: {@code 1e-4} for {@code 1.0E-4}. */
    private static String shortened(String text) {
        int exponent = text.indexOf('E');
        if (exponent < 0) {
            return text;
        }
        int digitsEnd = text.startsWith(".0E", exponent - 2) ? exponent - 2 : exponent;
        return text.substring(0, digitsEnd) + 'e' + text.substring(exponent + 1);
    }

    /**
     * Returns the text of a measured number. A whole number has no decimal point.
     *
     * @param value any number
     * @return {@code 7028128}, {@code 0.25}, {@code 1e-4}, {@code NaN}, {@code -Infinity}
     */
    public static String ofMetric(double value) {
        if (!isWhole(value)) {
            return of(value);
        }
        // The bits of -0.0 are not those of the whole number 0, so it keeps its sign to read back as itself.
        return value == 0 && 1 / value < 0 ? "-0" : Long.toString((long) value);
    }

    /**
     * Returns the text of a measured number for people, with six significant digits. A number of more digits before its
     * point loses only its fraction.
     *
     * @param value any number
     * @return {@code 7028128}, {@code 0.416563}, {@code 1.23457e-9}, {@code NaN}, {@code -Infinity}
     */
    public static String rounded(double value) {
        if (isWhole(value) || Double.isNaN(value) || Double.isInfinite(value)) {
            return ofMetric(value);
        }
        return ofMetric(
                Math.abs(value) >= LEAST_OF_SEVEN_DIGITS
                        ? Math.rint(value)
                        : new BigDecimal(value).round(SIX_DIGITS).doubleValue());
    }

    /**
     * Returns whether a measured number is written as a whole number.
     *
     * @param value any number
     * @return false with a fraction, beyond 18 digits, and for NaN and infinities
     */
    public static boolean isWhole(double value) {
        return Math.abs(value) < MOST_IN_DIGITS && value == Math.rint(value);
    }
}
