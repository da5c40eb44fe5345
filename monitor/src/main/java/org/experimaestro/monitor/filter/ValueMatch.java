package org.experimaestro.monitor.filter;

import java.math.BigDecimal;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The comparison of values of tags, metrics and parameters with the texts of a filter. */
final class ValueMatch {
    private ValueMatch() {}

    /** Returns whether the text of a filter equals a value. */
    static boolean isSame(String wanted, @Nullable Object value) {
        if (value instanceof Number number) {
            BigDecimal decimal = decimal(wanted);
            BigDecimal found = decimal(number.toString());
            return decimal == null || found == null
                    ? wanted.equals(value.toString())
                    : decimal.compareTo(found) == 0 || isWidened(decimal, number);
        }
        return value != null && wanted.equals(value.toString());
    }

    /**
     * Compares a value with the text of a filter: numbers as numbers, other texts by their characters.
     *
     * @return the sign of the comparison; empty if only one of them is a number
     */
    static OptionalInt compare(Object value, String wanted) {
        BigDecimal decimal = decimal(wanted);
        BigDecimal found = decimal(value.toString());
        if (decimal != null && found != null) {
            return OptionalInt.of(
                    value instanceof Number number && isWidened(decimal, number) ? 0 : found.compareTo(decimal));
        }
        return decimal == null && found == null && !(value instanceof Number)
                ? OptionalInt.of(value.toString().compareTo(wanted))
                : OptionalInt.empty();
    }

    static @Nullable BigDecimal decimal(String text) {
        if (text.isEmpty() || Character.isLetter(text.charAt(0))) {
            return null; // most texts are no numbers, and an exception for each would be slow
        }
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException noNumber) {
            return null;
        }
    }

    /**
     * Returns whether a value is the float of the text. Earlier versions stored it as a double: 0.8999999761581421 for
     * 0.9.
     */
    private static boolean isWidened(BigDecimal wanted, Number value) {
        if (!(value instanceof Double wide)) {
            return false;
        }
        String text = Float.toString(wide.floatValue());
        return wide == wide.floatValue()
                && wide != Double.parseDouble(text)
                && wanted.compareTo(new BigDecimal(text)) == 0;
    }
}
