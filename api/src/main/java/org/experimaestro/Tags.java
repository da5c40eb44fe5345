package org.experimaestro;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import org.experimaestro.internal.Node;

/**
 * Tags: the values that matter when results are read. They never enter an identifier.
 *
 * <p>A plan imports these methods statically.
 */
public final class Tags {
    private Tags() {}

    /**
     * Tags a parameter's value, under the parameter's name: {@code awesomeModel().layers(tag(3))}.
     *
     * @param value a value of the parameter's type; a collection is tagged as a whole
     * @param <T> its type
     * @return the value with its tag, to be given to a builder
     */
    public static <T> Tagged<T> tag(T value) {
        return new Tagged<>(value);
    }

    /**
     * The tags of a configuration: its own, those of all configurations below it, and those of the tasks that make
     * them. Where one name has two values, the outer one counts, then the later parameter.
     *
     * @param config any configuration
     * @return sorted by name, unmodifiable; values are booleans, numbers and texts
     */
    public static SortedMap<String, Object> tags(Config<?> config) {
        return Node.of(config).tags().values();
    }

    /**
     * The tags as one short text that can be part of a file's name: {@code layers=3_lr=0.001}.
     *
     * @param config any configuration
     * @return {@code name=value} pairs sorted by name, joined by underscores, slashes replaced by dashes; empty without
     *     tags
     */
    public static String tagsPath(Config<?> config) {
        StringBuilder path = new StringBuilder();
        for (Map.Entry<String, Object> tag : tags(config).entrySet()) {
            path.append(path.length() == 0 ? "" : "_")
                    .append(tag.getKey())
                    .append('=')
                    .append(tag.getValue());
        }
        return path.toString().replace('/', '-');
    }

    /** The form in which a tag's value is kept: what JSON can hold. */
    static Object normalized(Object value) {
        if (value instanceof Boolean || value instanceof String || value instanceof Number) {
            return value;
        }
        if (value instanceof Enum) {
            return ((Enum<?>) value).name();
        }
        if (value instanceof Path || value instanceof Duration || value instanceof Character) {
            return value.toString();
        }
        return String.valueOf(value);
    }
}
