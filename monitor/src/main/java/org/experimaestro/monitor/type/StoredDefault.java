package org.experimaestro.monitor.type;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.core.defaults.DefaultText;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.generated.ValueType.Kind;
import org.jspecify.annotations.Nullable;

/** A comparison of a stored value with the text of a default, as far as possible without classes. */
public final class StoredDefault {
    private StoredDefault() {}

    /**
     * Returns whether a value equals the default that does not count.
     *
     * @param text the text of the default
     * @param typeName the type of the parameter
     * @param json the stored value
     * @return false for a default that holds a relative path, because it always counts; empty if the value does not
     *     fit the type, because another version of the type wrote it
     */
    public static Optional<Boolean> isEqual(String text, String typeName, @Nullable Object json) {
        if (json == null) {
            return Optional.of(false);
        }
        NamedType type = NamedType.parse(typeName);
        try {
            if (isRelative(text, typeName)) {
                return Optional.of(false);
            }
            return Optional.of(parsed(text, type).equals(stored(type, json)));
        } catch (JsonException | IllegalArgumentException | ClassCastException | DateTimeException misfit) {
            // Another version of the type wrote the value.
            return Optional.empty();
        }
    }

    /**
     * Returns whether a default holds a relative path.
     *
     * @param text the text of the default
     * @param typeName the type of the parameter
     * @return false also for a text that does not fit the type
     */
    static boolean isRelative(String text, String typeName) {
        NamedType type = NamedType.parse(typeName);
        try {
            return type.holdsPaths() && hasRelativePath(written(text, type));
        } catch (JsonException | IllegalArgumentException misfit) {
            return false;
        }
    }

    private static @Nullable Object written(String text, NamedType type) {
        return switch (type.kind()) {
            case OPTIONAL -> written(text, type.element());
            case LIST, SET, MAP -> Json.parse(text);
            default -> text;
        };
    }

    private static boolean hasRelativePath(@Nullable Object paths) {
        if (paths instanceof List<?> list) {
            return list.stream().anyMatch(StoredDefault::hasRelativePath);
        }
        if (paths instanceof Map<?, ?> map) {
            return map.values().stream().anyMatch(StoredDefault::hasRelativePath);
        }
        return paths instanceof String path && !Path.of(path).isAbsolute();
    }

    /**
     * Returns the default in the form of {@link #stored}. {@code DefaultText} would check the constants of enums, so
     * their text is used here.
     */
    private static Object parsed(String text, NamedType type) {
        return switch (type.kind()) {
            case OPTIONAL -> parsed(text, type.element());
            case ENUM -> text.strip();
            case PATH -> stored(type, text);
            case LIST, SET, MAP -> {
                Object json = Json.parse(text);
                if (json == null) {
                    throw new IllegalArgumentException("\"" + text + "\" is no collection");
                }
                yield stored(type, json);
            }
            default -> plain(DefaultText.parse(text, type));
        };
    }

    private static Object stored(NamedType type, Object json) {
        return switch (type.kind()) {
            case OPTIONAL -> stored(type.element(), json);
            case FLOAT -> (double) ((Number) number(json)).floatValue() + 0.0;
            case DOUBLE -> ((Number) number(json)).doubleValue() + 0.0;
            case DURATION ->
                json instanceof String text && !text.startsWith("P")
                        ? DefaultText.parse(text, type)
                        : Duration.parse((String) json);
            case PATH -> Path.of((String) json).normalize().toString();
            case LIST -> elements(type, (List<?>) json);
            case SET -> new HashSet<>(elements(type, (List<?>) json));
            case MAP -> {
                Map<Object, Object> map = new HashMap<>();
                for (Map.Entry<?, ?> entry : ((Map<?, ?>) json).entrySet()) {
                    map.put(key(type.key(), (String) entry.getKey()), stored(type.element(), value(entry.getValue())));
                }
                yield map;
            }
            default -> plain(json);
        };
    }

    private static List<Object> elements(NamedType type, List<?> json) {
        List<Object> elements = new ArrayList<>();
        for (Object element : json) {
            elements.add(stored(type.element(), value(element)));
        }
        return elements;
    }

    private static Object key(NamedType type, String text) {
        return type.kind() == Kind.ENUM ? text : plain(DefaultText.parse(text, type));
    }

    private static Object value(@Nullable Object json) {
        if (json == null) {
            throw new IllegalArgumentException("null");
        }
        return json;
    }

    /** Returns a number; NaN and the infinities are stored as text. */
    private static Object number(Object json) {
        return json instanceof String text ? (Object) Double.valueOf(text) : json;
    }

    /**
     * Returns a value in a form that can be compared: whole numbers as {@code Long}, others as {@code Double}, and
     * minus zero as zero.
     */
    private static Object plain(Object value) {
        if (value instanceof List<?> || value instanceof Map<?, ?>) {
            throw new IllegalArgumentException("a collection");
        }
        if (value instanceof Float || value instanceof Double) {
            return ((Number) value).doubleValue() + 0.0;
        }
        if (value instanceof Number number) {
            return number.longValue();
        }
        return value instanceof Boolean || value instanceof Duration ? value : value.toString();
    }
}
