package org.experimaestro.monitor.view;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.experimaestro.ConfigId;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.file.BoundedFile;
import org.experimaestro.base.text.ParameterPath;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonFile;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.core.serial.Format;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.JobFolder;
import org.jspecify.annotations.Nullable;

/**
 * The configurations of a job's parameter file, read without the user's classes. {@code docs/workspace.md} specifies
 * the file. Immutable.
 */
public final class ConfigurationTree {
    private final Map<String, StoredConfiguration> configurations;
    private final StoredConfiguration root;

    private ConfigurationTree(Map<String, StoredConfiguration> configurations, StoredConfiguration root) {
        this.configurations = configurations;
        this.root = root;
    }

    /**
     * Reads the parameters of a job.
     *
     * @param job the job
     * @return its configurations
     * @throws WorkspaceException if the file cannot be read, or has a newer format
     */
    public static ConfigurationTree read(JobFolder job) {
        return read(job.parametersFile());
    }

    /**
     * Reads the parameters of a job that may not be stored.
     *
     * @param text the text of its parameter file
     * @return its configurations
     * @throws JsonException if the text is not that of a parameter file
     * @throws IllegalArgumentException if its configurations are not those of a job
     */
    public static ConfigurationTree parse(String text) {
        return parse(JsonObject.of(Json.parse(text), "parameters"));
    }

    static ConfigurationTree read(Path file) {
        return parse(file, bytes(file));
    }

    /** Reads the bytes of a parameter file. */
    static byte[] bytes(Path file) {
        try {
            return BoundedFile.read(file, JsonFile.LARGE_BYTES);
        } catch (IOException failed) {
            throw unreadable(file, Failures.reason(failed), failed);
        }
    }

    /** Reads the bytes that a parameter file has. */
    static ConfigurationTree parse(Path file, byte[] bytes) {
        try {
            return parse(JsonFile.parse(bytes, file.toString()));
        } catch (JsonException | IllegalArgumentException corrupt) {
            throw unreadable(file, String.valueOf(corrupt.getMessage()), corrupt);
        }
    }

    private static WorkspaceException unreadable(Path file, String reason, Exception cause) {
        return WorkspaceException.of("Cannot read the parameters: " + reason)
                .at(file.toString())
                .cause(cause)
                .build();
    }

    private static ConfigurationTree parse(JsonObject file) {
        Format.requireKnown(file);
        Map<String, StoredConfiguration> configurations = new LinkedHashMap<>();
        JsonObject objects = file.object(Format.CONFIGURATIONS);
        for (String label : objects.keys()) {
            configurations.put(label, configuration(label, objects.object(label)));
        }
        String value = file.string(Format.VALUE);
        StoredConfiguration root = value.isEmpty() ? null : configurations.get(value.substring(1));
        if (root == null) {
            throw new IllegalArgumentException("\"value\" is \"" + value + "\", which is none of the configurations");
        }
        return new ConfigurationTree(configurations, root);
    }

    private static StoredConfiguration configuration(String label, JsonObject json) {
        Map<String, Object> tags = new TreeMap<>();
        if (json.has(Format.TAGS)) {
            JsonObject stored = json.object(Format.TAGS);
            for (String name : stored.keys()) {
                Object value = stored.raw(name);
                tags.put(name, value == null ? "" : value);
            }
        }
        Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
        JsonObject stored = json.object(Format.PARAMETERS);
        for (String name : stored.keys()) {
            parameters.put(name, stored.raw(name));
        }
        return new StoredConfiguration(
                label,
                json.string(Format.TYPE),
                json.integer(Format.TYPE_VERSION, 1, Integer.MAX_VALUE),
                json.string(Format.CLASS),
                ConfigId.parse(json.string(Format.ID)),
                json.optionalString(Format.PRODUCER).orElse(null),
                parameters,
                tags,
                json.has(Format.TAGS_STAY) && json.bool(Format.TAGS_STAY),
                inits(json),
                json.has(Format.COUNTS) ? Optional.of(json.bool(Format.COUNTS)) : Optional.empty());
    }

    private static List<String> inits(JsonObject json) {
        List<String> inits = new ArrayList<>();
        if (json.has(Format.INIT)) {
            json.list(Format.INIT).forEach(reference -> inits.add(String.valueOf(reference)));
        }
        return inits;
    }

    /**
     * Returns the configuration that the file stores, with all that it is made of.
     *
     * @return the task, for a job's file
     */
    public StoredConfiguration root() {
        return root;
    }

    /**
     * Returns all configurations.
     *
     * @return the configurations, each after its parts
     */
    public Collection<StoredConfiguration> configurations() {
        return configurations.values();
    }

    /**
     * Returns the classes of the configurations.
     *
     * @return the binary names, sorted
     */
    public SortedSet<String> classNames() {
        SortedSet<String> names = new TreeSet<>();
        configurations.values().forEach(configuration -> names.add(configuration.className()));
        return names;
    }

    /**
     * Returns the parameters of the root as values, and after them its init tasks, such as {@code (init 1)}.
     *
     * @return JSON values by name; a configuration is a map of its own parameters, and an absent optional is null;
     *     unmodifiable
     */
    public Map<String, @Nullable Object> values() {
        Map<String, Map<String, @Nullable Object>> made = new HashMap<>();
        // Each configuration follows its parts; a reference to a later one stays as it is written.
        for (StoredConfiguration config : configurations.values()) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            config.parameters().forEach((name, value) -> values.put(name, value(value, made)));
            for (String init : config.inits()) {
                int number = values.size() - config.parameters().size() + 1;
                values.put(ParameterPath.initTask(number), value(init, made));
            }
            made.put(config.label(), Collections.unmodifiableMap(values));
        }
        return made.getOrDefault(root.label(), Map.of());
    }

    private @Nullable Object value(@Nullable Object json, Map<String, Map<String, @Nullable Object>> made) {
        if (json instanceof List<?> list) {
            List<@Nullable Object> values = new ArrayList<>();
            list.forEach(element -> values.add(value(element, made)));
            return Collections.unmodifiableList(values);
        }
        if (json instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> values = new LinkedHashMap<>();
            map.forEach((key, element) -> values.put(key, value(element, made)));
            return Collections.unmodifiableMap(values);
        }
        Map<String, @Nullable Object> config =
                find(json).map(StoredConfiguration::label).map(made::get).orElse(null);
        return config == null ? json : config;
    }

    /**
     * Finds the configuration that a value refers to.
     *
     * @param value a JSON value of a parameter
     * @return empty if the value is not a reference; a text in the form of a reference counts as one
     */
    public Optional<StoredConfiguration> find(@Nullable Object value) {
        return value instanceof String text && !text.isEmpty() && text.charAt(0) == Format.REFERENCE
                ? Optional.ofNullable(configurations.get(text.substring(1)))
                : Optional.empty();
    }

    /**
     * Returns the tags of the root: its own, and those of its parameters and init tasks at any depth.
     *
     * @return the tags, sorted by name; if two configurations set the same tag, the outer one wins
     */
    public SortedMap<String, Object> tags() {
        TreeMap<String, Object> tags = new TreeMap<>();
        Set<String> seen = new HashSet<>();
        Deque<StoredConfiguration> open = new ArrayDeque<>(List.of(root));
        // The outer configurations come before the inner ones, and the last part before the others; the first value of
        // a tag is kept. A loop replaces recursion, because configurations may be nested thousands of levels deep.
        while (!open.isEmpty()) {
            StoredConfiguration config = open.pop();
            if (seen.add(config.label())) {
                config.tags().forEach(tags::putIfAbsent);
                parts(config).stream().filter(part -> !part.tagsStay()).forEach(open::push);
            }
        }
        return tags;
    }

    private List<StoredConfiguration> parts(StoredConfiguration config) {
        List<StoredConfiguration> parts = new ArrayList<>();
        config.parameters().values().forEach(value -> addParts(value, parts));
        config.inits().forEach(init -> addParts(init, parts));
        return parts;
    }

    private void addParts(@Nullable Object value, List<StoredConfiguration> parts) {
        if (value instanceof Collection<?> list) {
            list.forEach(element -> addParts(element, parts));
        } else if (value instanceof Map<?, ?> map) {
            map.values().forEach(element -> addParts(element, parts));
        } else {
            find(value).ifPresent(parts::add);
        }
    }
}
