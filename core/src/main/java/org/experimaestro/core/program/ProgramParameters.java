package org.experimaestro.core.program;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.Configurable;
import org.experimaestro.core.json.Json;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.model.type.TypeDescriptors;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a task as its program gets them: a JSON object with a member for each parameter. A configuration is
 * an object, a path its text, a duration as in ISO 8601, a number that JSON does not have a text such as {@code "NaN"},
 * and an absent value is left out. Confined to one thread.
 */
public final class ProgramParameters {
    private final Map<String, @Nullable Object> json;
    private final Map<String, Path> generated = new LinkedHashMap<>();
    private final Set<Path> paths = new LinkedHashSet<>();

    private ProgramParameters(Object parameters) {
        if (parameters instanceof Configurable task) {
            json = members(task);
            addGenerated(task);
        } else {
            json = entries((Map<?, ?>) parameters);
        }
    }

    /**
     * Reads parameters.
     *
     * @param parameters a task, or a map of values by name
     * @return the parameters
     */
    public static ProgramParameters of(Object parameters) {
        return new ProgramParameters(parameters);
    }

    /**
     * Returns them as JSON.
     *
     * @return the text of a file
     * @throws IllegalArgumentException if they are nested too deeply, or too many; the message names the place
     */
    public String text() {
        return Json.write(json);
    }

    /**
     * Returns the generated paths of the task.
     *
     * @return paths by the names of their parameters
     */
    public Map<String, Path> generated() {
        return generated;
    }

    /**
     * Returns all paths, also those inside configurations and collections.
     *
     * @return the paths, in the order of the parameters
     */
    public Set<Path> paths() {
        return paths;
    }

    private void addGenerated(Configurable task) {
        TypeDescriptor<Configurable> type = typeOf(task);
        for (int i = 0; i < type.size(); i++) {
            if (type.parameter(i).generatedPath() != null && type.read(task, i) instanceof Path path) {
                generated.put(type.parameter(i).name(), path);
            }
        }
    }

    private Map<String, @Nullable Object> members(Configurable value) {
        TypeDescriptor<Configurable> type = typeOf(value);
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (int i = 0; i < type.size(); i++) {
            Object member = type.read(value, i);
            if (member != null && !member.equals(Optional.empty())) {
                members.put(type.parameter(i).name(), plain(member));
            }
        }
        return members;
    }

    @SuppressWarnings("unchecked") // a value is of its own class
    private static TypeDescriptor<Configurable> typeOf(Configurable value) {
        return (TypeDescriptor<Configurable>) TypeDescriptors.of(value.getClass());
    }

    private Map<String, @Nullable Object> entries(Map<?, ?> map) {
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            entries.put(String.valueOf(entry.getKey()), plain(entry.getValue()));
        }
        return entries;
    }

    private @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Configurable config) {
            return members(config);
        }
        if (value instanceof Optional<?> optional) {
            return plain(optional.orElse(null));
        }
        if (value instanceof Map<?, ?> map) {
            return entries(map);
        }
        if (value instanceof Collection<?> collection) {
            List<@Nullable Object> elements = new ArrayList<>();
            for (Object element : collection) {
                elements.add(plain(element));
            }
            return elements;
        }
        if (value instanceof Path path) {
            paths.add(path);
            return path.toString();
        }
        if (value instanceof Float number) {
            return plain(Double.parseDouble(number.toString()));
        }
        if (value instanceof Double number) {
            return Double.isFinite(number) ? number : number.toString();
        }
        return value == null || value instanceof Number || value instanceof Boolean ? value : value.toString();
    }
}
