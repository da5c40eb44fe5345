package org.experimaestro.core.serial;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.experimaestro.ConfigException;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.identity.JobPath;
import org.experimaestro.model.root.RootedPath;
import org.experimaestro.model.type.Defaults;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of an old job. They are read by the classes of today twice: in the names and shapes of their time, by
 * which each configuration must have the identifier that was stored with it, and in those of today. The first reading
 * proves that names and shapes are all that has changed: a default, a version, or the content of a file would give
 * another identifier. Confined to one thread.
 */
public final class FormerParameters {
    private final Path file;
    private final JsonObject top;
    private final Map<String, TypeDescriptor<?>> types;
    private final StoredNames names;
    private final FormerShapes conversions;

    FormerParameters(
            Path file,
            JsonObject top,
            Map<String, TypeDescriptor<?>> types,
            StoredNames names,
            FormerShapes conversions) {
        this.file = file.toAbsolutePath().normalize();
        this.top = top;
        this.types = types;
        this.names = names;
        this.conversions = conversions;
    }

    /**
     * Returns whether a type or a parameter had another name or shape.
     *
     * @return false if at most the tasks whose results it uses had
     */
    public boolean isRenamed() {
        return names.isRenamed();
    }

    /**
     * Returns the jobs of the same workspace whose results the job uses.
     *
     * @return their names, {@code type/identifier}, as they are stored
     */
    public Set<String> uses() {
        Set<String> uses = new LinkedHashSet<>();
        JsonObject configurations = top.object(Format.CONFIGURATIONS);
        for (String label : configurations.keys()) {
            JsonObject stored = configurations.object(label);
            if (stored.has(Format.PRODUCER) && !stored.has(Format.WORKSPACE)) {
                String producer = stored.string(Format.PRODUCER);
                if (!producer.endsWith("/" + stored.string(Format.ID))) {
                    uses.add(producer);
                }
            }
            for (String name : stored.object(Format.PARAMETERS).keys()) {
                addPaths(stored.object(Format.PARAMETERS).raw(name), uses);
            }
        }
        return uses;
    }

    private static void addPaths(@Nullable Object json, Set<String> uses) {
        if (json instanceof String text && text.startsWith(JobPath.FOLDER + "/")) {
            JobPath path = JobPath.find("/" + text);
            if (path != null) {
                uses.add(path.typeId() + "/" + path.id());
            }
        } else if (json instanceof Collection<?> elements) {
            elements.forEach(element -> addPaths(element, uses));
        } else if (json instanceof Map<?, ?> map) {
            map.values().forEach(value -> addPaths(value, uses));
        }
    }

    /**
     * Returns the job's task under the names of today.
     *
     * @param jobs gives the name of today for the stored name of a job
     * @return the task, which no constructor has checked
     * @throws ConfigException if more than names has changed; the message has the reason
     */
    public ConfigNode<?> today(UnaryOperator<String> jobs) {
        try {
            read(new Stored());
            return (ConfigNode<?>) read(new Today(jobs));
        } catch (JsonException | ClassCastException damaged) {
            throw lost("The file is no file of parameters: " + damaged.getMessage(), damaged);
        }
    }

    private TypeDescriptor<?> typeOf(String label) {
        return Objects.requireNonNull(types.get(label), label);
    }

    private Object read(NameView view) {
        return ConfigurationReader.readNamed(top, file, view);
    }

    private ConfigException lost(String reason, @Nullable Throwable cause) {
        return ConfigException.of(reason).at(file.toString()).cause(cause).build();
    }

    /** The names of the time of the job, under which all identifiers are checked. */
    private final class Stored implements NameView {
        @Override
        public TypeDescriptor<?> type(String label) {
            return names.of(typeOf(label));
        }

        @Override
        public ConfigNode<?> shape(ConfigNode<?> stored) {
            return stored;
        }

        @Override
        public String job(String stored) {
            return stored;
        }

        @Override
        public Path path(Path stored) {
            return stored;
        }

        @Override
        public void check(String label, ConfigNode<?> node, JsonObject stored) {
            if (!node.id().toString().equals(stored.string(Format.ID))) {
                throw lost(
                        "More than names has changed in " + label + " (" + node.type() + "): "
                                + reason(node.descriptor(), stored),
                        null);
            }
        }
    }

    private String reason(TypeDescriptor<?> type, JsonObject stored) {
        if (stored.has(Format.TYPE_VERSION) && stored.integer(Format.TYPE_VERSION) != type.version()) {
            return "its version was " + stored.integer(Format.TYPE_VERSION) + ", and is " + type.version();
        }
        JsonObject parameters = stored.object(Format.PARAMETERS);
        for (String name : parameters.keys()) {
            if (type.indexOf(name) < 0) {
                return "its parameter " + name + " was removed, or has a new name: write @FormerName(\"" + name
                        + "\") at it, or a @FormerShape method";
            }
        }
        JsonObject firsts =
                top.has(Format.DEFAULTS) ? top.object(Format.DEFAULTS).object(Format.TYPES) : null;
        String key = FirstDefaults.key(type);
        for (int index : type.countedByName()) {
            String name = type.parameter(index).name();
            Object today = Defaults.of(type).isFirstLeftOut(index) ? FirstDefaults.stored(type, index) : null;
            boolean had =
                    firsts != null && firsts.has(key) && firsts.object(key).has(name);
            Object before = had && firsts != null ? firsts.object(key).raw(name) : null;
            if (firsts != null && !Json.writeLine(before).equals(Json.writeLine(today))) {
                return "the first default of " + name + " was " + Json.writeLine(before) + ", and is "
                        + Json.writeLine(today) + "; give the first one with was";
            }
        }
        return "the type of a parameter, or the content of a file, is another one";
    }

    /** The names and shapes of today. */
    private final class Today implements NameView {
        private final UnaryOperator<String> jobs;

        Today(UnaryOperator<String> jobs) {
            this.jobs = jobs;
        }

        @Override
        public TypeDescriptor<?> type(String label) {
            return typeOf(label);
        }

        @Override
        public ConfigNode<?> shape(ConfigNode<?> stored) {
            return conversions.convert(stored);
        }

        @Override
        public String job(String stored) {
            return jobs.apply(stored);
        }

        @Override
        public Path path(Path stored) {
            JobPath path = stored instanceof RootedPath ? null : JobPath.of(stored);
            if (path == null) {
                return stored;
            }
            String name = path.typeId() + "/" + path.id();
            String today = jobs.apply(name);
            return today.equals(name)
                    ? stored
                    : Path.of(path.root())
                            .resolve(JobPath.FOLDER)
                            .resolve(today)
                            .resolve(path.rest());
        }

        @Override
        public void check(String label, ConfigNode<?> node, JsonObject stored) {
            // The identifier of today is the result of the reading.
        }
    }
}
