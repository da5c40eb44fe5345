package org.experimaestro.web.api;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;
import org.jspecify.annotations.Nullable;

/**
 * A reader of answers of the API into records: the mirror of {@link WireJson}, for clients in Java. A record has a
 * component for each member that the client needs; other members are skipped, because answers may gain some.
 *
 * <p>A component is a record, an optional, a list, a map from text, a time, a number, a boolean, a text, or
 * {@code Object} for any JSON value. A member that is absent is an empty optional, list, map or text, 0, or false.
 */
public final class WireReader {
    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return Shape.of(type);
        }
    };

    private WireReader() {}

    /** The components of a record, and its constructor. */
    private record Shape(Constructor<?> constructor, List<String> names, List<Type> types) {
        static Shape of(Class<?> type) {
            RecordComponent[] components = type.getRecordComponents();
            Class<?>[] raw =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            try {
                Constructor<?> constructor = type.getDeclaredConstructor(raw);
                constructor.setAccessible(true);
                return new Shape(
                        constructor,
                        Arrays.stream(components).map(Shape::name).toList(),
                        Arrays.stream(components)
                                .map(RecordComponent::getGenericType)
                                .toList());
            } catch (NoSuchMethodException impossible) {
                throw new IllegalStateException("Each record has this constructor: " + type, impossible);
            }
        }

        private static String name(RecordComponent component) {
            WireName name = component.getAnnotation(WireName.class);
            return name == null ? component.getName() : name.value();
        }
    }

    /**
     * Reads an answer.
     *
     * @param <T> the type of the answer
     * @param type the record
     * @param json the text of a JSON object
     * @return the record
     * @throws JsonException if the text is no JSON object, or a member has a value of another type
     */
    public static <T extends Record> T read(Class<T> type, String json) {
        return type.cast(record(type, Json.parse(json), "answer"));
    }

    /**
     * Reads a part of an answer.
     *
     * @param <T> the type of the part
     * @param type the record
     * @param value a parsed JSON object
     * @return the record
     * @throws JsonException if the value is no object, or a member has a value of another type
     */
    public static <T extends Record> T read(Class<T> type, @Nullable Object value) {
        return type.cast(record(type, value, "answer"));
    }

    private static Object record(Class<?> type, @Nullable Object value, String place) {
        if (!(value instanceof Map<?, ?> members)) {
            throw wrong(place, "an object", value);
        }
        Shape shape = SHAPES.get(type);
        @Nullable Object[] values = new Object[shape.names().size()];
        for (int i = 0; i < values.length; i++) {
            String name = shape.names().get(i);
            values[i] = value(shape.types().get(i), members.get(name), place + "." + name);
        }
        try {
            return shape.constructor().newInstance(values);
        } catch (InvocationTargetException refused) {
            throw new JsonException("Cannot read " + place + ": " + refused.getCause());
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("Cannot make " + type, impossible);
        }
    }

    private static @Nullable Object value(Type type, @Nullable Object value, String place) {
        if (type instanceof ParameterizedType parts) {
            Type inner = parts.getActualTypeArguments()[parts.getActualTypeArguments().length - 1];
            if (parts.getRawType() == Optional.class) {
                return value == null ? Optional.empty() : Optional.ofNullable(value(inner, value, place));
            }
            return parts.getRawType() == List.class ? list(inner, value, place) : map(inner, value, place);
        }
        return plain((Class<?>) type, value, place);
    }

    private static List<@Nullable Object> list(Type inner, @Nullable Object value, String place) {
        List<@Nullable Object> list = new ArrayList<>();
        if (value instanceof List<?> given) {
            for (Object each : given) {
                list.add(value(inner, each, place + "[" + list.size() + "]"));
            }
        } else if (value != null) {
            throw wrong(place, "a list", value);
        }
        return list;
    }

    private static Map<String, @Nullable Object> map(Type inner, @Nullable Object value, String place) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> given) {
            given.forEach((name, each) -> map.put(String.valueOf(name), value(inner, each, place + "." + name)));
        } else if (value != null) {
            throw wrong(place, "an object", value);
        }
        return map;
    }

    private static @Nullable Object plain(Class<?> type, @Nullable Object value, String place) {
        if (type.isRecord()) {
            return record(type, value, place);
        }
        if (type == Object.class) {
            return value;
        }
        if (type == String.class) {
            return text(value, place);
        }
        if (type == Instant.class) {
            return time(value, place);
        }
        if (type == boolean.class) {
            return value != null && bool(value, place);
        }
        return number(type, value, place);
    }

    private static String text(@Nullable Object value, String place) {
        if (value != null && !(value instanceof String)) {
            throw wrong(place, "a text", value);
        }
        return value == null ? "" : (String) value;
    }

    private static Instant time(@Nullable Object value, String place) {
        try {
            return Instant.parse(text(value, place));
        } catch (DateTimeException none) {
            throw wrong(place, "a time", value);
        }
    }

    private static boolean bool(Object value, String place) {
        if (!(value instanceof Boolean is)) {
            throw wrong(place, "true or false", value);
        }
        return is;
    }

    private static Object number(Class<?> type, @Nullable Object value, String place) {
        boolean isOptional = type == OptionalLong.class || type == OptionalInt.class || type == OptionalDouble.class;
        if (value == null && isOptional) {
            return type == OptionalLong.class
                    ? OptionalLong.empty()
                    : type == OptionalInt.class ? OptionalInt.empty() : OptionalDouble.empty();
        }
        if (value != null && !(value instanceof Number)) {
            throw wrong(place, "a number", value);
        }
        Number number = value == null ? 0 : (Number) value;
        if (type == int.class || type == Integer.class) {
            return number.intValue();
        }
        if (type == long.class || type == Long.class) {
            return number.longValue();
        }
        if (type == double.class || type == Double.class) {
            return number.doubleValue();
        }
        if (type == OptionalLong.class) {
            return OptionalLong.of(number.longValue());
        }
        if (type == OptionalInt.class) {
            return OptionalInt.of(number.intValue());
        }
        if (type == OptionalDouble.class) {
            return OptionalDouble.of(number.doubleValue());
        }
        throw new IllegalArgumentException("A record of the wire has no component of " + type);
    }

    private static JsonException wrong(String place, String expected, @Nullable Object found) {
        return new JsonException("Cannot read " + place + ": expected " + expected + ", found "
                + (found == null ? "nothing" : Json.writeLine(found)));
    }
}
