package org.experimaestro.web.api;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.experimaestro.core.json.Json;
import org.experimaestro.workspace.Metrics;
import org.jspecify.annotations.Nullable;

/**
 * Records of the wire as JSON values. A record is an object with a member for each component; an empty optional is
 * left out; a time is text (ISO-8601), a duration a number of seconds, a constant of an enum its name in lower case.
 */
public final class WireJson {
    private static final double NANOS = 1e9;
    private static final int MOST_EXACT_BITS = 53;
    /** The largest whole number that a browser reads exactly; a larger one is sent as text. */
    private static final long MOST_EXACT = (1L << MOST_EXACT_BITS) - 1;

    private static final ClassValue<RecordComponent[]> COMPONENTS = new ClassValue<>() {
        @Override
        protected RecordComponent[] computeValue(Class<?> type) {
            RecordComponent[] components = type.getRecordComponents();
            for (RecordComponent component : components) {
                component.getAccessor().setAccessible(true);
            }
            return components;
        }
    };

    private WireJson() {}

    /**
     * Converts a record to a value that {@link Json} can write.
     *
     * @param answer a record of records, collections, maps, optionals, times and JSON values
     * @return the object's members, in the order of the components
     */
    public static Map<String, @Nullable Object> of(Record answer) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (RecordComponent component : COMPONENTS.get(answer.getClass())) {
            Object value = read(component, answer);
            if (!isAbsent(value)) {
                members.put(name(component), value(value));
            }
        }
        return members;
    }

    private static String name(RecordComponent component) {
        WireName name = component.getAnnotation(WireName.class);
        return name == null ? component.getName() : name.value();
    }

    private static @Nullable Object read(RecordComponent component, Record answer) {
        try {
            return component.getAccessor().invoke(answer);
        } catch (IllegalAccessException | InvocationTargetException impossible) {
            throw new IllegalStateException("Cannot read " + component + " of " + answer.getClass(), impossible);
        }
    }

    private static boolean isAbsent(@Nullable Object value) {
        return switch (value) {
            case Optional<?> optional -> optional.isEmpty();
            case OptionalInt number -> number.isEmpty();
            case OptionalLong number -> number.isEmpty();
            case OptionalDouble number -> number.isEmpty();
            case null, default -> false;
        };
    }

    private static @Nullable Object value(@Nullable Object value) {
        return switch (value) {
            case Record part -> of(part);
            case Optional<?> optional -> value(optional.orElseThrow());
            case OptionalInt number -> number.getAsInt();
            case OptionalLong number -> number.getAsLong();
            case OptionalDouble number -> number.getAsDouble();
            case Long number when number > MOST_EXACT || number < -MOST_EXACT -> number.toString();
            case BigInteger number when number.bitLength() > MOST_EXACT_BITS -> number.toString();
            case Instant time -> time.toString();
            case Duration duration -> duration.getSeconds() + duration.getNano() / NANOS;
            case Double number when !Double.isFinite(number) -> Metrics.toJson(number);
            case Enum<?> constant -> word(constant);
            case Collection<?> collection ->
                collection.stream().map(WireJson::value).toList();
            case Map<?, ?> map -> map(map);
            case null, default -> value;
        };
    }

    /** Returns the word for a constant: lower case, with spaces. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static Map<String, @Nullable Object> map(Map<?, ?> map) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        map.forEach((name, value) -> members.put(String.valueOf(value(name)), value(value)));
        return members;
    }
}
