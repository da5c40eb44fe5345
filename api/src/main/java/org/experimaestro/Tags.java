package org.experimaestro;

import java.util.Map;
import java.util.SortedMap;
import org.experimaestro.base.text.TagValue;

/**
 * A collection of methods for tags: the values that matter when results are read. Tags never enter an identifier.
 *
 * <p>A plan imports these methods statically:
 *
 * <p>{@snippet :
 * for (int layers : List.of(3, 5)) {
 *     xp.submit(learn().layers(tag(layers)).build());
 * }
 * }
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
     * Returns the tags of a configuration: its own, those of all configurations below it, and those of the tasks that
     * make them. If a name has two values, the outer value counts, then the value of the later parameter.
     *
     * @param config any configuration
     * @return sorted by name, unmodifiable. Values are {@code Boolean}, {@code String}, {@code Integer} (or {@code
     *     Long} or {@code BigInteger} if that is too small) and finite {@code Double}. A {@code float} becomes the
     *     double with the same text.
     */
    public static SortedMap<String, Object> tags(Config<?> config) {
        return ConfigProvider.current().tags(config);
    }

    /**
     * Returns the tags as one short text that can be part of a file's name: {@code layers=3_lr=0.001}.
     *
     * @param config any configuration
     * @return {@code name=value} pairs sorted by name, joined by underscores, slashes replaced by dashes; empty
     *     without tags
     */
    public static String tagsPath(Config<?> config) {
        StringBuilder path = new StringBuilder();
        for (Map.Entry<String, Object> tag : tags(config).entrySet()) {
            path.append(path.length() == 0 ? "" : "_")
                    .append(tag.getKey())
                    .append('=')
                    .append(TagValue.show(tag.getValue()));
        }
        return path.toString().replace('/', '-');
    }
}
