package org.experimaestro.base.text;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The stored form of a tag's value, which JSON can hold and return unchanged. It is a {@code Boolean}, a {@code
 * String}, a finite {@code Double}, or an {@code Integer}. An integer that is too large for that is a {@code Long} or
 * {@code BigInteger}.
 *
 * <p>A {@code float} becomes the double of the same text, so that 0.9 is 0.9. NaN and the infinities become texts, as
 * does every value that is neither a number nor a truth value.
 */
public final class TagValue {
    private TagValue() {}

    /**
     * Returns the form of a value.
     *
     * @param value a value of a plan, a parameter or a file
     * @return the same for all equal numbers, except for {@code 5} and {@code 5.0}, which {@link #isSame} counts as
     *     equal
     * @throws IllegalArgumentException if the value has no text that could be stored, with the reason
     */
    public static Object of(@Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException("is null");
        }
        if (value instanceof Boolean) {
            return value;
        }
        if (value instanceof Number number) {
            return ofNumber(number);
        }
        return wellFormed(text(value));
    }

    private static Object ofNumber(Number number) {
        if (number instanceof Integer || number instanceof Long || number instanceof Short || number instanceof Byte) {
            return whole(BigInteger.valueOf(number.longValue()));
        }
        if (number instanceof BigInteger integer) {
            return whole(integer);
        }
        if (number instanceof Double || number instanceof Float) {
            double value = Double.parseDouble(number.toString());
            return Double.isNaN(value) || Double.isInfinite(value) ? number.toString() : (Object) (value + 0.0);
        }
        // Decimal numbers, and mutable numbers, are stored as their current text.
        String text = number.toString();
        try {
            return ofDecimal(new BigDecimal(text), text);
        } catch (NumberFormatException otherForm) {
            return wellFormed(text(number));
        }
    }

    /** Returns a decimal number; a number that is not a double is kept as text, digit by digit. */
    private static Object ofDecimal(BigDecimal decimal, String text) {
        double nearest = decimal.doubleValue();
        if (Double.isInfinite(nearest) || new BigDecimal(Double.toString(nearest)).compareTo(decimal) != 0) {
            boolean isLong = decimal.scale() <= 0 && (long) decimal.precision() - decimal.scale() <= 19;
            return isLong ? whole(decimal.toBigIntegerExact()) : text;
        }
        return DecimalText.isWhole(nearest) ? whole(decimal.toBigIntegerExact()) : (Object) nearest;
    }

    private static Object whole(BigInteger number) {
        if (number.bitLength() < Integer.SIZE) {
            return number.intValue();
        }
        return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
    }

    /**
     * Returns the text of a value. Elements without an order are sorted, because each process would give another text
     * otherwise.
     */
    private static String text(Object value) {
        if (value instanceof Written written) {
            return written.written();
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof Character character) {
            return Character.isSurrogate(character) ? "U+" + Integer.toHexString(character) : String.valueOf(character);
        }
        if (value instanceof Optional<?> optional) {
            return optional.isPresent() ? element(optional.get()) : "";
        }
        if (value instanceof Collection<?> collection) {
            List<String> elements = new ArrayList<>();
            for (Object element : collection) {
                elements.add(element(element));
            }
            if (!CollectionOrder.isDefined(collection)) {
                Collections.sort(elements);
            }
            return "[" + String.join(", ", elements) + "]";
        }
        if (value instanceof Map<?, ?> map) {
            List<String> entries = new ArrayList<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                entries.add(element(entry.getKey()) + "=" + element(entry.getValue()));
            }
            if (!(map instanceof LinkedHashMap || map instanceof SortedMap || map instanceof EnumMap)) {
                Collections.sort(entries);
            }
            return "{" + String.join(", ", entries) + "}";
        }
        return ownText(value);
    }

    private static String element(@Nullable Object value) {
        return value == null ? "null" : show(of(value));
    }

    /**
     * Returns the value's own text. The text of {@code Object} and of arrays is an address, which differs in each
     * run.
     */
    private static String ownText(Object value) {
        String text = value.toString();
        if (text == null || text.equals(value.getClass().getName() + "@" + Integer.toHexString(value.hashCode()))) {
            throw new IllegalArgumentException(
                    "is a " + value.getClass().getTypeName() + ", which has no text of its own");
        }
        return text;
    }

    private static String wellFormed(String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException("has half of a surrogate pair, which cannot be stored");
        }
        return text;
    }

    /**
     * Returns the text of a tag's value for display.
     *
     * @param value a value in the form of {@link #of}
     * @return numbers as {@link DecimalText} prints them
     */
    public static String show(Object value) {
        return value instanceof Number number ? DecimalText.of(number) : String.valueOf(value);
    }

    /**
     * Returns whether two values are equal. Numbers are compared as numbers, so that 5 equals 5.0.
     *
     * @param one a value in the form of {@link #of}
     * @param other a value in the form of {@link #of}
     * @return true if they are equal
     */
    public static boolean isSame(Object one, Object other) {
        return one instanceof Number && other instanceof Number
                ? new BigDecimal(one.toString()).compareTo(new BigDecimal(other.toString())) == 0
                : one.equals(other);
    }
}
