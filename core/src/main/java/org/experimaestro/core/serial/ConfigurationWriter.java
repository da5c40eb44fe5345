package org.experimaestro.core.serial;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.Resumable;
import org.experimaestro.base.process.PlanLine;
import org.experimaestro.core.json.JsonFile;
import org.experimaestro.generated.Parameter;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.generated.ValueType;
import org.experimaestro.model.BoundHandles;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.Node;
import org.experimaestro.model.Producer;
import org.experimaestro.model.SharedFolder;
import org.experimaestro.model.identity.IdentityFormat;
import org.experimaestro.model.identity.JobPath;
import org.experimaestro.model.root.RootedPath;
import org.experimaestro.model.type.CountRule;
import org.jspecify.annotations.Nullable;

/**
 * A writer of configurations as JSON: each once, under a label, after its parts. Confined to one thread.
 *
 * <p>A task that makes a configuration is named by type id and identifier, because its own parameters are in its own
 * folder.
 */
public final class ConfigurationWriter {
    private final @Nullable Path workspace;
    private final Map<String, Object> configurations = new LinkedHashMap<>();
    private final IdentityHashMap<Node<?>, String> labels = new IdentityHashMap<>();
    private final Map<String, Integer> uses = new HashMap<>();
    /** The label of the first handle of each configuration, by its origin. */
    private final IdentityHashMap<Object, String> firsts = new IdentityHashMap<>();

    ConfigurationWriter(@Nullable Path workspace) {
        this.workspace = workspace;
    }

    /**
     * Returns the text of a file.
     *
     * @param configs a {@code Config}, or lists and maps of them
     * @param workspace paths inside its jobs' folders are written relative to it; {@code null} leaves all absolute
     * @param workspaceFromFile the relative path from the file's folder to the workspace, or {@code null}
     * @return JSON
     * @throws ConfigException if another value is among them, or the text would be too large to be read; the message
     *     names the parameter
     */
    public static String write(Object configs, @Nullable Path workspace, @Nullable String workspaceFromFile) {
        return write(configs, workspace, workspaceFromFile, null);
    }

    /**
     * Returns the text of a saved file, which names its workspace also by its absolute path: the file may be moved alone.
     *
     * @param configs a {@code Config}, or lists and maps of them
     * @param workspace paths inside its jobs' folders are written relative to it; {@code null} leaves all absolute
     * @param folder the file's folder
     * @param data the name of the folder with its data, or {@code null}
     * @return JSON
     * @throws ConfigException as for {@link #write(Object, Path, String)}
     */
    static String writeSaved(Object configs, @Nullable Path workspace, Path folder, @Nullable String data) {
        Map<String, Object> head = new LinkedHashMap<>();
        if (workspace != null) {
            head.put(Format.WORKSPACE, folder.relativize(workspace).toString());
            head.put(Format.WORKSPACE_PATH, workspace.toString());
        }
        if (data != null) {
            head.put(Format.DATA, data);
        }
        return write(configs, workspace, head, null);
    }

    /**
     * Returns the text of a job's parameters.
     *
     * @param configs the task
     * @param workspace paths inside its jobs' folders are written relative to it
     * @param workspaceFromFile the relative path from the file's folder to the workspace
     * @param defaults the first defaults of all types that the task reaches, or {@code null} for a file that is not a
     *     job's
     * @return JSON
     * @throws ConfigException as for {@link #write(Object, Path, String)}
     */
    public static String write(
            Object configs,
            @Nullable Path workspace,
            @Nullable String workspaceFromFile,
            @Nullable FirstDefaults defaults) {
        Map<String, Object> head = workspaceFromFile == null ? Map.of() : Map.of(Format.WORKSPACE, workspaceFromFile);
        return write(configs, workspace, head, defaults);
    }

    private static String write(
            Object configs, @Nullable Path workspace, Map<String, Object> head, @Nullable FirstDefaults defaults) {
        ConfigurationWriter writer = new ConfigurationWriter(workspace);
        Object value = writer.structure(configs);
        Map<String, Object> file = new LinkedHashMap<>();
        file.put(Format.FORMAT, Format.VERSION);
        file.put(Format.IDENTIFIER_FORMAT, IdentityFormat.FORMAT);
        file.putAll(head);
        file.put(Format.CONFIGURATIONS, writer.configurations);
        file.put(Format.VALUE, value);
        if (isResumable(configs)) {
            file.put(Format.RESUMABLE, true);
        }
        if (defaults != null) {
            putShared(configs, file);
            file.put(Format.DEFAULTS, defaults.toJson());
        }
        try {
            return JsonFile.text(file, JsonFile.LARGE_BYTES);
        } catch (IllegalArgumentException beyond) {
            String what = configs instanceof Config<?> ? configs.toString() : "configurations";
            throw ConfigException.of("Cannot store " + what + ": " + beyond.getMessage())
                    .at(PlanLine.current())
                    .cause(beyond)
                    .build();
        }
    }

    private static boolean isResumable(Object configs) {
        return configs instanceof Config<?> config
                && Node.of(config) instanceof ConfigNode<?> node
                && Resumable.class.isAssignableFrom(node.descriptor().javaClass());
    }

    private static void putShared(Object configs, Map<String, Object> file) {
        if (configs instanceof Config<?> config && Node.of(config) instanceof ConfigNode<?> task) {
            List<String> paths = new ArrayList<>();
            SharedFolder.of(task).forEach(folder -> paths.add(folder.path()));
            if (!paths.isEmpty()) {
                file.put(Format.SHARED, paths);
            }
        }
    }

    private Object structure(Object configs) {
        if (configs instanceof Config<?> config) {
            return Node.of(config) instanceof ConfigNode<?> node
                    ? reference(node)
                    : structure(Containers.content(config));
        }
        if (configs instanceof Collection<?> collection) {
            List<Object> list = new ArrayList<>();
            for (Object element : collection) {
                list.add(structure(element));
            }
            return list;
        }
        if (configs instanceof Map<?, ?> map) {
            Map<String, Object> object = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                object.put(String.valueOf(entry.getKey()), structure(entry.getValue()));
            }
            return object;
        }
        throw ConfigException.of("Cannot save " + configs + ": it is neither a Config nor a list or map of them")
                .build();
    }

    private String reference(ConfigNode<?> root) {
        // A loop is used instead of recursion, because a chain of a thousand configurations is common.
        List<ConfigNode<?>> pending = new ArrayList<>();
        pending.add(root);
        while (!pending.isEmpty()) {
            ConfigNode<?> node = pending.get(pending.size() - 1);
            int before = pending.size();
            if (!labels.containsKey(node)) {
                addUnwrittenParts(node, pending);
            }
            if (pending.size() == before) {
                pending.remove(before - 1);
                if (!labels.containsKey(node)) {
                    write(node);
                }
            }
        }
        return Format.REFERENCE + labels.get(root);
    }

    private void addUnwrittenParts(ConfigNode<?> node, List<ConfigNode<?>> pending) {
        for (int i = 0; i < node.descriptor().size(); i++) {
            BoundHandles.forEach(node.descriptor().parameter(i).type(), node.argument(i), config -> {
                if (Node.of(config) instanceof ConfigNode<?> part && !labels.containsKey(part)) {
                    pending.add(part);
                }
            });
        }
        for (ConfigNode<?> init : node.inits()) {
            if (!labels.containsKey(init)) {
                pending.add(init);
            }
        }
    }

    private void write(ConfigNode<?> node) {
        TypeDescriptor<?> type = node.descriptor();
        Map<String, Object> parameters = new LinkedHashMap<>();
        for (int i = 0; i < type.size(); i++) {
            Parameter parameter = type.parameter(i);
            if (parameter.generatedPath() == null) {
                parameters.put(parameter.name(), value(parameter.type(), node.argument(i)));
            }
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put(Format.TYPE, type.typeId());
        object.put(Format.TYPE_VERSION, type.version());
        object.put(Format.CLASS, type.javaClass().getName());
        object.put(Format.ID, node.id().toString());
        object.put(Format.PARAMETERS, parameters);
        Map<String, Object> tags = new LinkedHashMap<>();
        Producer producer = node.producer();
        if (producer != null) {
            object.put(Format.PRODUCER, producer.typeId() + "/" + producer.id());
            if (producer.announced() != null) {
                object.put(Format.ANNOUNCED, producer.announced());
            }
            JobPath job = JobPath.of(producer.folder());
            if (job != null && workspace != null && !job.root().equals(JobPath.text(workspace))) {
                object.put(Format.WORKSPACE, job.root());
            }
            if (producer.task() != null && !producer.task().isTagsStay() && !node.isProducedByItself()) {
                tags.putAll(producer.task().tagSet().values());
            }
        }
        tags.putAll(node.ownTags());
        if (!tags.isEmpty()) {
            object.put(Format.TAGS, tags);
        }
        if (node.isTagsStay()) {
            object.put(Format.TAGS_STAY, true);
        }
        if (!node.inits().isEmpty()) {
            List<String> inits = new ArrayList<>();
            for (ConfigNode<?> init : node.inits()) {
                inits.add(Format.REFERENCE + labels.get(init));
            }
            object.put(Format.INIT, inits);
        }
        if (node.countRule() != CountRule.BY_PARAMETER) {
            object.put(Format.COUNTS, node.countRule() == CountRule.ALWAYS);
        }
        String label = newLabel(type.typeId());
        labels.put(node, label);
        String twin = firsts.putIfAbsent(node.origin(), label);
        if (twin != null) {
            object.put(Format.SAME, Format.REFERENCE + twin);
        }
        configurations.put(label, object);
    }

    private String newLabel(String typeId) {
        String name = typeId.substring(typeId.lastIndexOf('.') + 1);
        String stem = name.isEmpty() ? typeId : name;
        int number = uses.merge(stem, 1, Integer::sum);
        String label = number == 1 ? stem : stem + "#" + number;
        return label;
    }

    @Nullable
    Object value(ValueType type, @Nullable Object bound) {
        if (bound == null) {
            return null;
        }
        return switch (type.kind()) {
            case OPTIONAL -> value(type.element(), bound);
            case FLOAT, DOUBLE -> number((Number) bound);
            case CHAR -> character((Character) bound);
            case ENUM -> ((Enum<?>) bound).name();
            case DURATION -> ((Duration) bound).toString();
            case PATH -> path((Path) bound);
            case CONFIG -> Format.REFERENCE + labels.get(Node.of((Config<?>) bound));
            case LIST, SET -> {
                List<@Nullable Object> list = new ArrayList<>();
                for (Object element : (Collection<?>) bound) {
                    list.add(value(type.element(), element));
                }
                yield list;
            }
            case MAP -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                for (Map.Entry<?, ?> entry : ((Map<?, ?>) bound).entrySet()) {
                    map.put(key(entry.getKey()), value(type.element(), entry.getValue()));
                }
                yield map;
            }
            default -> bound;
        };
    }

    /** Returns the number to write. A float stays a float, because its text is shorter than that of its double. */
    private static Object number(Number value) {
        double wide = value.doubleValue();
        return Double.isNaN(wide) || Double.isInfinite(wide) ? value.toString() : value;
    }

    /** Returns the text of a character. Half of a surrogate pair is a character in Java, but not a text in JSON. */
    private static String character(char character) {
        return Character.isSurrogate(character)
                ? Format.CODE_POINT + Integer.toHexString(character)
                : String.valueOf(character);
    }

    static String key(Object key) {
        return key instanceof Enum<?> constant ? constant.name() : key.toString();
    }

    private String path(Path path) {
        if (workspace != null && (!(path instanceof RootedPath) || JobPath.of(path) != null)) {
            Path plain = RootedPath.plain(path);
            // Other paths below the workspace are identified by their absolute text, which must not change when the
            // workspace is moved.
            if (plain.startsWith(workspace.resolve(JobPath.FOLDER))) {
                return workspace.relativize(plain).toString().replace('\\', '/');
            }
        }
        return path instanceof RootedPath rooted ? rooted.written() : path.toString();
    }
}
