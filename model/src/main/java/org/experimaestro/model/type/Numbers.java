package org.experimaestro.model.type;

import java.math.BigDecimal;
import org.experimaestro.generated.ValueType;
import org.jspecify.annotations.Nullable;

/** A converter between number types, without loss. */
final class Numbers {
    private Numbers() {}

    /**
     * Converts a number exactly. A {@code float} counts as the number with exactly its value, not as the decimal text
     * that was written.
     *
     * @param number any box
     * @param kind the type wanted
     * @return the box of that type, or {@code null} if that type has no such exact value
     */
    static @Nullable Number exact(Number number, ValueType.Kind kind) {
        if (number instanceof Integer && kind == ValueType.Kind.INT
                || number instanceof Double && kind == ValueType.Kind.DOUBLE) {
            return number; // most numbers, without another box
        }
        return switch (kind) {
            case DOUBLE -> exactDouble(number);
            case FLOAT -> exactFloat(number);
            case BYTE -> box(whole(number), Byte.MIN_VALUE, Byte.MAX_VALUE, kind);
            case SHORT -> box(whole(number), Short.MIN_VALUE, Short.MAX_VALUE, kind);
            case INT -> box(whole(number), Integer.MIN_VALUE, Integer.MAX_VALUE, kind);
            case LONG -> whole(number);
            default -> null;
        };
    }

    private static @Nullable Number box(@Nullable Long whole, long min, long max, ValueType.Kind kind) {
        if (whole == null || whole < min || whole > max) {
            return null;
        }
        if (kind == ValueType.Kind.INT) {
            return whole.intValue();
        }
        return kind == ValueType.Kind.SHORT ? (Number) whole.shortValue() : (Number) whole.byteValue();
    }

    private static @Nullable Long whole(Number number) {
        if (number instanceof Integer || number instanceof Long || number instanceof Short || number instanceof Byte) {
            return number.longValue();
        }
        try {
            return decimal(number).longValueExact();
        } catch (ArithmeticException | NumberFormatException notWhole) {
            return null;
        }
    }

    private static @Nullable Double exactDouble(Number number) {
        if (number instanceof Double || number instanceof Float) {
            return number.doubleValue();
        }
        double value = number.doubleValue();
        return !Double.isInfinite(value) && new BigDecimal(value).compareTo(decimal(number)) == 0
                ? (Double) value
                : null;
    }

    private static @Nullable Float exactFloat(Number number) {
        if (number instanceof Float value) {
            return value;
        }
        float narrow = number.floatValue();
        if (number instanceof Double) {
            return Double.compare(narrow, number.doubleValue()) == 0 ? (Float) narrow : null;
        }
        return !Float.isInfinite(narrow) && new BigDecimal(narrow).compareTo(decimal(number)) == 0
                ? (Float) narrow
                : null;
    }

    private static BigDecimal decimal(Number number) {
        if (number instanceof BigDecimal decimal) {
            return decimal;
        }
        if (number instanceof Double || number instanceof Float) {
            return new BigDecimal(number.doubleValue());
        }
        return new BigDecimal(number.toString());
    }
}
