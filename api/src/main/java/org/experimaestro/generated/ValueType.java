package org.experimaestro.generated;

import org.jspecify.annotations.Nullable;

/** The type of a parameter's value. */
public final class ValueType {

    /** The kinds of values. */
    public enum Kind {
        /** {@code boolean}. */
        BOOLEAN,
        /** {@code byte}. */
        BYTE,
        /** {@code short}. */
        SHORT,
        /** {@code int}. */
        INT,
        /** {@code long}. */
        LONG,
        /** {@code char}. */
        CHAR,
        /** {@code float}. */
        FLOAT,
        /** {@code double}. */
        DOUBLE,
        /** {@code String}. */
        STRING,
        /** An enum. */
        ENUM,
        /** {@code java.nio.file.Path}. */
        PATH,
        /** {@code java.time.Duration}. */
        DURATION,
        /** Another configuration. */
        CONFIG,
        /** {@code Optional}, of anything but an optional or a collection of optionals. */
        OPTIONAL,
        /** {@code List}. */
        LIST,
        /** {@code Set}. */
        SET,
        /** {@code Map} with keys that are strings, enums or numbers. */
        MAP
    }

    /** {@code boolean} or its box. */
    public static final ValueType BOOLEAN = new ValueType(Kind.BOOLEAN, Boolean.class, null, null);
    /** {@code byte} or its box. */
    public static final ValueType BYTE = new ValueType(Kind.BYTE, Byte.class, null, null);
    /** {@code short} or its box. */
    public static final ValueType SHORT = new ValueType(Kind.SHORT, Short.class, null, null);
    /** {@code int} or its box. */
    public static final ValueType INT = new ValueType(Kind.INT, Integer.class, null, null);
    /** {@code long} or its box. */
    public static final ValueType LONG = new ValueType(Kind.LONG, Long.class, null, null);
    /** {@code char} or its box. */
    public static final ValueType CHAR = new ValueType(Kind.CHAR, Character.class, null, null);
    /** {@code float} or its box. */
    public static final ValueType FLOAT = new ValueType(Kind.FLOAT, Float.class, null, null);
    /** {@code double} or its box. */
    public static final ValueType DOUBLE = new ValueType(Kind.DOUBLE, Double.class, null, null);
    /** {@code String}. */
    public static final ValueType STRING = new ValueType(Kind.STRING, String.class, null, null);
    /** {@code Path}. */
    public static final ValueType PATH = new ValueType(Kind.PATH, java.nio.file.Path.class, null, null);
    /** {@code Duration}. */
    public static final ValueType DURATION = new ValueType(Kind.DURATION, java.time.Duration.class, null, null);

    private final Kind kind;
    private final Class<?> javaClass;
    private final @Nullable ValueType key;
    private final @Nullable ValueType element;
    private final boolean holdsConfigs;

    private ValueType(Kind kind, Class<?> javaClass, @Nullable ValueType key, @Nullable ValueType element) {
        this.kind = kind;
        this.javaClass = javaClass;
        this.key = key;
        this.element = element;
        this.holdsConfigs = kind == Kind.CONFIG || element != null && element.holdsConfigs;
    }

    /**
     * Creates the type of an enum.
     *
     * @param type the enum's class
     * @return its type
     */
    public static ValueType enumeration(Class<?> type) {
        return new ValueType(Kind.ENUM, type, null, null);
    }

    /**
     * Creates the type of a configuration.
     *
     * @param type the class or interface of the parameter
     * @return its type
     */
    public static ValueType config(Class<?> type) {
        return new ValueType(Kind.CONFIG, type, null, null);
    }

    /**
     * Creates the type of a value that may be absent.
     *
     * @param element the type of the value
     * @return its type
     */
    public static ValueType optional(ValueType element) {
        return new ValueType(Kind.OPTIONAL, java.util.Optional.class, null, element);
    }

    /**
     * Creates the type of a list.
     *
     * @param element the type of its elements
     * @return its type
     */
    public static ValueType list(ValueType element) {
        return new ValueType(Kind.LIST, java.util.List.class, null, element);
    }

    /**
     * Creates the type of a set.
     *
     * @param element the type of its elements
     * @return its type
     */
    public static ValueType set(ValueType element) {
        return new ValueType(Kind.SET, java.util.Set.class, null, element);
    }

    /**
     * Creates the type of a map.
     *
     * @param key the type of its keys
     * @param element the type of its values
     * @return its type
     */
    public static ValueType map(ValueType key, ValueType element) {
        return new ValueType(Kind.MAP, java.util.Map.class, key, element);
    }

    /**
     * Returns the kind.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Returns the class of the values; for numbers, booleans and characters their box.
     *
     * @return the class
     */
    public Class<?> javaClass() {
        return javaClass;
    }

    /**
     * Returns the type of the elements of a collection, of the values of a map, or of the value of an optional.
     *
     * @return the type
     * @throws IllegalStateException for any other kind
     */
    public ValueType element() {
        if (element == null) {
            throw new IllegalStateException(this + " has no elements");
        }
        return element;
    }

    /**
     * Returns the type of a map's keys.
     *
     * @return the type
     * @throws IllegalStateException for any other kind
     */
    public ValueType key() {
        if (key == null) {
            throw new IllegalStateException(this + " has no keys");
        }
        return key;
    }

    /**
     * Returns whether a value is a configuration or contains some.
     *
     * @return true for configurations, and collections and optionals of them
     */
    public boolean holdsConfigs() {
        return holdsConfigs;
    }

    /** Returns the type as in Java source, such as {@code List<Integer>}. */
    @Override
    public String toString() {
        return switch (kind) {
            case BOOLEAN -> "boolean";
            case BYTE -> "byte";
            case SHORT -> "short";
            case INT -> "int";
            case LONG -> "long";
            case CHAR -> "char";
            case FLOAT -> "float";
            case DOUBLE -> "double";
            case MAP -> "Map<" + boxed(key()) + ", " + boxed(element()) + ">";
            case OPTIONAL, LIST, SET -> javaClass.getSimpleName() + "<" + boxed(element()) + ">";
            default -> javaClass.getSimpleName();
        };
    }

    private static String boxed(ValueType type) {
        return type.element == null ? type.javaClass.getSimpleName() : type.toString();
    }
}
