package org.experimaestro.model.root;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.experimaestro.ConfigException;
import org.jspecify.annotations.Nullable;

/** A converter from paths below named roots to plain paths of this host, because a task has no access to roots. */
public final class PlainPaths {
    private PlainPaths() {}

    /**
     * Returns the value for a task.
     *
     * @param value an argument for a constructor
     * @return the same value, or a copy in which all paths are plain
     * @throws ConfigException if a root is not defined here
     */
    public static @Nullable Object of(@Nullable Object value) {
        if (value instanceof RootedPath rooted) {
            return rooted.here();
        }
        if (!holdsAny(value)) {
            return value;
        }
        if (value instanceof Optional<?> optional) {
            return Optional.ofNullable(of(optional.orElse(null)));
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                copy.put(entry.getKey(), of(entry.getValue()));
            }
            return Collections.unmodifiableMap(copy);
        }
        Collection<@Nullable Object> copy = value instanceof List ? new ArrayList<>() : new LinkedHashSet<>();
        for (Object element : (Collection<?>) Objects.requireNonNull(value)) {
            copy.add(of(element));
        }
        return copy instanceof List<@Nullable Object> list
                ? Collections.unmodifiableList(list)
                : Collections.unmodifiableSet((LinkedHashSet<@Nullable Object>) copy);
    }

    private static boolean holdsAny(@Nullable Object value) {
        if (value instanceof Optional<?> optional) {
            return holdsAny(optional.orElse(null));
        }
        if (value instanceof Map<?, ?> map) {
            return holdsAny(map.values());
        }
        if (value instanceof Collection<?> elements) {
            for (Object element : elements) {
                if (holdsAny(element)) {
                    return true;
                }
            }
        }
        return value instanceof RootedPath;
    }
}
