package org.experimaestro.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.Configurable;
import org.experimaestro.generated.ValueType;
import org.jspecify.annotations.Nullable;

/** The content of a file of configurations, as the requested type. Immutable. */
final class LoadedFile {
    private static final ValueType ANY = ValueType.config(Configurable.class);

    private final Path file;
    private final Object content;

    private LoadedFile(Path file, Object content) {
        this.file = file;
        this.content = content;
    }

    static LoadedFile read(Path file) {
        return new LoadedFile(file, Serializer.find().load(file));
    }

    <T> Config<T> config(Class<T> type) {
        if (!(content instanceof Config) && !type.isInstance(content)) {
            throw otherKind(type.getSimpleName());
        }
        return typed(handle(content), type, "");
    }

    <T> List<Config<T>> list(Class<T> type) {
        if (!(content instanceof List<?> list)) {
            throw otherKind("a list");
        }
        List<Config<T>> configs = new ArrayList<>();
        for (Object element : list) {
            configs.add(typed(handle(element), type, " at " + configs.size()));
        }
        return Collections.unmodifiableList(configs);
    }

    <T> Map<String, Config<T>> map(Class<T> type) {
        if (!(content instanceof Map<?, ?> map)) {
            throw otherKind("a map");
        }
        Map<String, Config<T>> configs = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String name = (String) entry.getKey();
            configs.put(name, typed(handle(entry.getValue()), type, " at \"" + name + "\""));
        }
        return Collections.unmodifiableMap(configs);
    }

    /** Returns the handle of a loaded object; a list or a map inside others becomes a handle, too. */
    private static Config<?> handle(Object loaded) {
        if (loaded instanceof List<?> list) {
            List<Config<?>> handles = new ArrayList<>();
            for (Object element : list) {
                handles.add(handle(element));
            }
            return new ContainerNode<>(ValueType.list(ANY), Collections.unmodifiableList(handles));
        }
        if (loaded instanceof Map<?, ?> map) {
            Map<Object, Config<?>> handles = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                handles.put(entry.getKey(), handle(entry.getValue()));
            }
            return new ContainerNode<>(ValueType.map(ValueType.STRING, ANY), Collections.unmodifiableMap(handles));
        }
        return (Config<?>) loaded;
    }

    @SuppressWarnings(
            "unchecked") // the class is checked, and a handle of a subtype can do everything that a handle of the type
    // can
    private <T> Config<T> typed(Config<?> config, Class<T> type, String place) {
        boolean fits = config instanceof ContainerNode<?> container
                ? type.isInstance(container.content())
                : config instanceof ConfigNode<?> node
                        && type.isAssignableFrom(node.descriptor().javaClass());
        if (!fits) {
            throw problem(text(config) + place, type.getSimpleName(), null);
        }
        return (Config<T>) config;
    }

    private ConfigException otherKind(String wanted) {
        String method = content instanceof List ? "loadList" : content instanceof Map ? "loadMap" : "load";
        return problem(text(content), wanted, "read it with Config." + method);
    }

    private static String text(Object found) {
        Object inside = found instanceof ContainerNode<?> container ? container.content() : found;
        if (inside instanceof List<?> list) {
            return "a list of " + list.size();
        }
        return inside instanceof Map<?, ?> map ? "a map of " + map.size() : String.valueOf(inside);
    }

    private ConfigException problem(String found, String wanted, @Nullable String suggestion) {
        return ConfigException.of("The file holds " + found + ", expected " + wanted)
                .at(file.toString())
                .advice(suggestion)
                .build();
    }
}
