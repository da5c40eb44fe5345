package org.experimaestro.core.serial;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonFile;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.generated.Parameter;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.generated.ValueType;
import org.experimaestro.model.BoundHandles;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.Node;
import org.experimaestro.model.type.Binder;
import org.experimaestro.model.type.Defaults;
import org.experimaestro.model.type.Encoder;
import org.jspecify.annotations.Nullable;

/**
 * The stored parameters of a job, for a comparison with today's task of the same identifier. The values that count
 * are equal, so only the values that do not count are compared. Immutable.
 */
public final class StoredTask {
    private final ConfigurationReader values;
    private final @Nullable String digest;
    private final @Nullable JsonObject types;
    private final boolean resumable;
    private final Map<String, JsonObject> byId = new HashMap<>();
    private final Map<String, String> idsByLabel = new HashMap<>();
    private final Set<String> uncounted = new HashSet<>();

    private StoredTask(JsonObject top, Path file) {
        this.values = ConfigurationReader.ofValues(top, file);
        JsonObject defaults = top.has(Format.DEFAULTS) ? top.object(Format.DEFAULTS) : null;
        this.digest = defaults == null ? null : defaults.string(Format.DIGEST);
        this.types = defaults == null ? null : defaults.object(Format.TYPES);
        this.resumable = top.has(Format.RESUMABLE) && top.bool(Format.RESUMABLE);
        JsonObject configurations = top.object(Format.CONFIGURATIONS);
        for (String label : configurations.keys()) {
            JsonObject configuration = configurations.object(label);
            String id = configuration.string(Format.ID);
            idsByLabel.put(label, configuration.string(Format.TYPE) + "/" + id);
            byId.putIfAbsent(id, configuration.object(Format.PARAMETERS));
            if (configuration.has(Format.COUNTS) && !configuration.bool(Format.COUNTS)) {
                uncounted.add(label);
            }
        }
    }

    /**
     * Reads a file of parameters.
     *
     * @param file JSON, as {@link ConfigurationWriter} writes it
     * @return its content
     * @throws IOException if it cannot be read
     * @throws ConfigException if it is not such a file
     */
    public static StoredTask read(Path file) throws IOException {
        try {
            JsonObject top = JsonFile.read(file, JsonFile.LARGE_BYTES);
            Format.requireKnown(top);
            return new StoredTask(top, file);
        } catch (JsonException corrupt) {
            throw ConfigException.of("Cannot read configurations: " + corrupt.getMessage())
                    .at(file.toString())
                    .cause(corrupt)
                    .build();
        }
    }

    /**
     * Returns the digest of the first defaults that the job was stored with.
     *
     * @return {@code null} if an earlier version wrote the file
     */
    public @Nullable String digest() {
        return digest;
    }

    /**
     * Returns whether the task goes on from the files of its earlier attempts.
     *
     * @return false if each attempt starts in a clean folder
     */
    public boolean isResumable() {
        return resumable;
    }

    /**
     * Returns the first defaults that differ between the stored job and today. A parameter that only one of the two
     * has, or that always counts today, is left out.
     *
     * @param today the types of today
     * @return empty also if an earlier version wrote the file
     */
    public Set<ChangedDefault> changedDefaults(Collection<TypeDescriptor<?>> today) {
        Set<ChangedDefault> changed = new LinkedHashSet<>();
        if (types == null) {
            return changed;
        }
        for (TypeDescriptor<?> type : today) {
            if (types.has(FirstDefaults.key(type))) {
                JsonObject ofType = types.object(FirstDefaults.key(type));
                for (int index : type.countedByName()) {
                    String name = type.parameter(index).name();
                    if (ofType.has(name) && Defaults.of(type).isFirstLeftOut(index)) {
                        compare(type, index, ofType.raw(name), Defaults.of(type).first(index), changed);
                    }
                }
            }
        }
        return changed;
    }

    /**
     * Returns the values that differ between the job and today's task, although both have one identifier.
     *
     * @param task today's task, with its configurations except those that tasks make
     * @return the differences; empty if the results of the job are those of this task
     */
    public Set<ChangedDefault> changedValues(ConfigNode<?> task) {
        Set<ChangedDefault> changed = new LinkedHashSet<>();
        for (ConfigNode<?> node : partsOf(task)) {
            JsonObject stored = byId.get(node.id().toString());
            if (stored != null) {
                compareAll(node, stored, changed);
            }
        }
        return changed;
    }

    private void compareAll(ConfigNode<?> node, JsonObject stored, Set<ChangedDefault> changed) {
        for (int index : node.descriptor().countedByName()) {
            String name = node.descriptor().parameter(index).name();
            if (stored.has(name) && !refersToUncounted(stored.raw(name)) && isLeftOut(node, index)) {
                compare(node.descriptor(), index, stored.raw(name), node.argument(index), changed);
            }
        }
    }

    /**
     * Returns a task and all its configurations, those of its init tasks included. Uses a loop, because they may be nested thousands of levels deep.
     *
     * @param task the task
     * @return each identifier once; tasks that make some of them are left out
     */
    public static List<ConfigNode<?>> partsOf(ConfigNode<?> task) {
        return partsOf(task, ConfigNode::id, new HashSet<>());
    }

    /**
     * Returns a task and all its configurations as {@link #partsOf(ConfigNode)} does, but also those that differ from
     * another one only in what does not count.
     *
     * @param task the task
     * @return each configuration once
     */
    public static List<ConfigNode<?>> allPartsOf(ConfigNode<?> task) {
        return partsOf(task, node -> node, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static List<ConfigNode<?>> partsOf(
            ConfigNode<?> task, Function<ConfigNode<?>, Object> key, Set<Object> seen) {
        List<ConfigNode<?>> parts = new ArrayList<>();
        Deque<ConfigNode<?>> open = new ArrayDeque<>();
        open.add(task);
        while (!open.isEmpty()) {
            ConfigNode<?> node = open.remove();
            if (seen.add(key.apply(node))) {
                parts.add(node);
                for (int i = 0; i < node.descriptor().size(); i++) {
                    BoundHandles.forEach(node.descriptor().parameter(i).type(), node.argument(i), config -> {
                        if (Node.of(config) instanceof ConfigNode<?> part) {
                            open.add(part);
                        }
                    });
                }
                open.addAll(node.inits());
            }
        }
        return parts;
    }

    /** Returns whether a stored value is, or holds, a configuration that its plan did not let count: no default has changed. */
    private boolean refersToUncounted(@Nullable Object stored) {
        if (stored instanceof String text) {
            return !text.isEmpty() && text.charAt(0) == Format.REFERENCE && uncounted.contains(text.substring(1));
        }
        Collection<?> parts = stored instanceof Map<?, ?> entries
                ? entries.values()
                : stored instanceof List<?> elements ? elements : List.of();
        for (Object part : parts) {
            if (refersToUncounted(part)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLeftOut(ConfigNode<?> node, int index) {
        Encoder encoder = new Encoder();
        Parameter parameter = node.descriptor().parameter(index);
        if (!Defaults.of(node.descriptor()).isFirstLeftOut(index)
                || parameter.isContent() && node.argument(index) != null) {
            return false;
        }
        if (!Encoder.isCounted(parameter, node.argument(index))) {
            return false;
        }
        encoder.value(parameter, node.argument(index));
        return Arrays.equals(encoder.toBytes(), Defaults.of(node.descriptor()).encoded(index));
    }

    private void compare(
            TypeDescriptor<?> type,
            int index,
            @Nullable Object stored,
            @Nullable Object today,
            Set<ChangedDefault> changed) {
        ValueType valueType = type.parameter(index).type();
        Object here = valueType.holdsConfigs() ? named(today) : FirstDefaults.stored(valueType, today);
        if (valueType.holdsConfigs()) {
            Object there = named(stored);
            if (there == null ? here != null : !there.equals(here)) {
                changed.add(ChangedDefault.of(type, index, there, here, true));
            }
            return;
        }
        byte[] bytes = encoded(type, index, stored);
        if (bytes == null || !Arrays.equals(bytes, Encoder.encode(valueType, today))) {
            changed.add(ChangedDefault.of(type, index, stored, here, bytes != null));
        }
    }

    /**
     * Returns the bytes of a stored value, which another version of the type may have written; otherwise {@code
     * null}.
     */
    private byte @Nullable [] encoded(TypeDescriptor<?> type, int index, @Nullable Object stored) {
        Parameter parameter = type.parameter(index);
        if (stored == null) {
            return parameter.type().kind() == ValueType.Kind.OPTIONAL ? Encoder.encode(parameter.type(), null) : null;
        }
        try {
            Object bound = Binder.bind(type, parameter, values.value(parameter.type(), stored));
            return Encoder.encode(parameter.type(), bound);
        } catch (IllegalArgumentException | ClassCastException | DateTimeException | ConfigException misfit) {
            return null;
        }
    }

    /** Returns the configurations in a value as type id and identifier, in the shape of the value. */
    private @Nullable Object named(@Nullable Object value) {
        if (value instanceof Config<?> config && Node.of(config) instanceof ConfigNode<?> node) {
            return node.descriptor().typeId() + "/" + node.id();
        }
        if (value instanceof String text && !text.isEmpty() && text.charAt(0) == Format.REFERENCE) {
            return idsByLabel.getOrDefault(text.substring(1), text);
        }
        if (value instanceof Collection<?> elements) {
            List<@Nullable Object> list = new ArrayList<>();
            for (Object element : elements) {
                list.add(named(element));
            }
            return list;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> named = new HashMap<>();
            map.forEach((key, element) -> named.put(ConfigurationWriter.key(key), named(element)));
            return named;
        }
        return value;
    }
}
