package org.experimaestro.search;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;

/** A type of numbers that a component may have. */
enum NumberType {
    BYTE(byte.class, Byte.class),
    SHORT(short.class, Short.class),
    INT(int.class, Integer.class),
    LONG(long.class, Long.class),
    FLOAT(float.class, Float.class),
    DOUBLE(double.class, Double.class);

    private final Class<?> primitive;
    private final Class<?> box;

    NumberType(Class<?> primitive, Class<?> box) {
        this.primitive = primitive;
        this.box = box;
    }

    /** Returns the type of a class; empty if it is none of a number. */
    static Optional<NumberType> find(Class<?> type) {
        return Arrays.stream(values())
                .filter(each -> each.primitive.equals(type) || each.box.equals(type))
                .findFirst();
    }

    /** Returns whether its numbers are whole. */
    boolean isWhole() {
        return this != FLOAT && this != DOUBLE;
    }

    /**
     * Returns a number as an object of this type.
     *
     * @throws ArithmeticException if it is not in the type
     */
    Object of(BigDecimal number) {
        return switch (this) {
            case BYTE -> number.byteValueExact();
            case SHORT -> number.shortValueExact();
            case INT -> number.intValueExact();
            case LONG -> number.longValueExact();
            case FLOAT -> number.floatValue();
            case DOUBLE -> number.doubleValue();
        };
    }
}
