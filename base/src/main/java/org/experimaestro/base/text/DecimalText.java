package org.experimaestro.base.text;

/**
 * Numbers as text: the shortest text that reads back to the same value of its type. A {@code float} is never widened: as
 * a double it would be another, longer number.
 */
public final class DecimalText {
    /** Whole numbers below it are written in digits; those above are not known to the last digit anyway. */
    private static final double MOST_IN_DIGITS = 1e18;

    private DecimalText() {}

    /**
     * A number of whatever type.
     *
     * @param number any box
     * @return {@code 5}, {@code 5.0}, {@code 1e-4}, {@code NaN}, {@code -Infinity}
     */
    public static String of(Number number) {
        String text = number.toString();
        return number instanceof Double || number instanceof Float ? shortened(text) : text;
    }

    /** Java's form with a shorter exponent part: {@code 1e-4} for {@code 1.0E-4}. */
    private static String shortened(String text) {
        int exponent = text.indexOf('E');
        if (exponent < 0) {
            return text;
        }
        int digitsEnd = text.startsWith(".0E", exponent - 2) ? exponent - 2 : exponent;
        return text.substring(0, digitsEnd) + 'e' + text.substring(exponent + 1);
    }

    /**
     * A measured number: a whole one has no decimal point.
     *
     * @param value any number
     * @return {@code 7028128}, {@code 0.25}, {@code 1e-4}, {@code NaN}, {@code -Infinity}
     */
    public static String ofMetric(double value) {
        if (!isWhole(value)) {
            return of(value);
        }
        // The bits of -0.0 are not those of the whole number 0: it keeps its sign, to read back as what it is.
        return value == 0 && 1 / value < 0 ? "-0" : Long.toString((long) value);
    }

    /**
     * Whether a measured number is written as a whole number.
     *
     * @param value any number
     * @return false with a fraction, beyond 18 digits, and for what is not finite
     */
    public static boolean isWhole(double value) {
        return Math.abs(value) < MOST_IN_DIGITS && value == Math.rint(value);
    }
}
