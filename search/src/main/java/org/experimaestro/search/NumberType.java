package org.experimaestro.search;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A type of numbers that a component may have. */
enum NumberType {
    BYTE(true, BigDecimal::byteValueExact, byte.class, Byte.class),
    SHORT(true, BigDecimal::shortValueExact, short.class, Short.class),
    INT(true, BigDecimal::intValueExact, int.class, Integer.class),
    LONG(true, BigDecimal::longValueExact, long.class, Long.class),
    FLOAT(false, BigDecimal::floatValue, float.class, Float.class),
    DOUBLE(false, BigDecimal::doubleValue, double.class, Double.class);

    private final boolean isWhole;
    private final Function<BigDecimal, Object> conversion;
    private final List<Class<?>> classes;

    NumberType(boolean isWhole, Function<BigDecimal, Object> conversion, Class<?>... classes) {
        this.isWhole = isWhole;
        this.conversion = conversion;
        this.classes = List.of(classes);
    }

    /** Returns the type of a class; empty if it is none of a number. */
    static Optional<NumberType> find(Class<?> type) {
        return Arrays.stream(values())
                .filter(each -> each.classes.contains(type))
                .findFirst();
    }

    /** Returns whether its numbers are whole. */
    boolean isWhole() {
        return isWhole;
    }

    /**
     * Returns a number as an object of this type.
     *
     * @throws ArithmeticException if it is not in the type
     */
    Object of(BigDecimal number) {
        return conversion.apply(number);
    }
}
