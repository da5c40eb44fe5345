package org.experimaestro.core.serial;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.ConfigId;
import org.experimaestro.base.text.TagValue;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.generated.Parameter;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.generated.ValueType;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.Producer;
import org.experimaestro.model.identity.JobPath;
import org.experimaestro.model.root.RootedPath;
import org.experimaestro.model.type.Binder;
import org.experimaestro.model.type.CountRule;
import org.experimaestro.model.type.Defaults;
import org.jspecify.annotations.Nullable;

/**
 * A reader of the files of {@link ConfigurationWriter}. Confined to one thread.
 *
 * <p>On the start path of a job: without lambdas, streams and reflection.
 */
public final class ConfigurationReader {
    private final Path file;
    private final TypeLookup types;
    private final boolean constructs;
    private final Map<String, Config<?>> configurations = new HashMap<>();
    private @Nullable Path workspace;
    /** The present places of jobs; {@code null} for a job's parameters, which are read where they were written. */
    private @Nullable JobPlaces places;
    /** The data that travels with a saved file. */
    private @Nullable SavedData data;
    /** The names for the reading of an old job; {@code null} reads everything as it is stored. */
    private @Nullable NameView view;

    private ConfigurationReader(Path file, ClassLoader classes, boolean constructs) {
        this.file = file.toAbsolutePath().normalize();
        this.types = new TypeLookup(this.file, classes);
        this.constructs = constructs;
    }

    /**
     * Reads the text of a file.
     *
     * @param text JSON
     * @param file the source of the text: relative paths start there
     * @param classes finds the configurations' classes
     * @return the structure that was written
     * @throws ConfigException if the text is not such a file, is of a newer format, or does not fit the classes. Also
     *     if a constructor refuses values that it accepted before.
     */
    public static Object read(byte[] text, Path file, ClassLoader classes) {
        return read(text, file, new ConfigurationReader(file, classes, true)).value();
    }

    /**
     * Reads the text of a job's parameters. No constructor is called, because the job makes its values itself.
     *
     * @param text JSON
     * @param file the source of the text: relative paths start there
     * @param classes finds the configurations' classes
     * @return the parameters
     * @throws ConfigException if the text is not such a file, is of a newer format, or does not fit the classes
     */
    public static ReadParameters readParameters(byte[] text, Path file, ClassLoader classes) {
        return read(text, file, new ConfigurationReader(file, classes, false));
    }

    /** Reads the parsed parameters of a job, with the types and names that a view gives to what is in them. */
    static Object readNamed(JsonObject top, Path file, NameView view) {
        ConfigurationReader reader = ofValues(file);
        reader.view = view;
        return reader.read(top);
    }

    private static ReadParameters read(byte[] text, Path file, ConfigurationReader reader) {
        try {
            JsonObject top = JsonObject.of(Json.parse(text), file.toString());
            Object value = reader.read(top);
            String digest =
                    top.has(Format.DEFAULTS) ? top.object(Format.DEFAULTS).string(Format.DIGEST) : null;
            return new ReadParameters(value, digest, reader.workspace);
        } catch (JsonException corrupt) {
            throw ConfigException.of("Cannot read configurations: " + corrupt.getMessage())
                    .at(file.toString())
                    .cause(corrupt)
                    .build();
        }
    }

    private Object read(JsonObject top) {
        Format.requireKnown(top);
        readWorkspace(top);
        if (constructs) {
            Path former = top.has(Format.WORKSPACE_PATH) ? absolute(top, Format.WORKSPACE_PATH) : null;
            data = top.has(Format.DATA) ? SavedData.beside(file, top.string(Format.DATA)) : null;
            places = new JobPlaces(workspace, former, data);
        }
        JsonObject objects = top.object(Format.CONFIGURATIONS);
        for (String label : objects.keys()) {
            try {
                configurations.put(label, configuration(label, objects.object(label)));
            } catch (ConfigException wrong) {
                throw inFile(wrong, file);
            }
        }
        return structure(top.raw(Format.VALUE));
    }

    private void readWorkspace(JsonObject top) {
        if (top.has(Format.WORKSPACE)) {
            Path folder = file.getParent();
            Path relative = place(top, Format.WORKSPACE);
            workspace = (folder == null ? relative : folder.resolve(relative)).normalize();
        }
    }

    private Path absolute(JsonObject object, String key) {
        Path path = place(object, key);
        if (!path.isAbsolute()) {
            throw problem("names the workspace \"" + path + "\", which is no absolute path", null);
        }
        return path.normalize();
    }

    private Path place(JsonObject object, String key) {
        String text = object.string(key);
        try {
            return Path.of(text);
        } catch (InvalidPathException none) {
            throw ConfigException.of("The file names a workspace by a text that is no path: " + none.getReason())
                    .at(file.toString())
                    .cause(none)
                    .build();
        }
    }

    /** Creates a reader of single values of a file, without its configurations. */
    static ConfigurationReader ofValues(JsonObject top, Path file) {
        ConfigurationReader reader = ofValues(file);
        reader.readWorkspace(top);
        return reader;
    }

    private static ConfigurationReader ofValues(Path file) {
        return new ConfigurationReader(file, ConfigurationReader.class.getClassLoader(), false);
    }

    private Object structure(@Nullable Object json) {
        if (json instanceof String reference) {
            return resolve(reference);
        }
        if (json instanceof List<?> list) {
            List<Object> configs = new ArrayList<>();
            for (Object element : list) {
                configs.add(structure(element));
            }
            return configs;
        }
        if (json instanceof Map<?, ?> map) {
            Map<Object, Object> configs = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                configs.put(String.valueOf(entry.getKey()), structure(entry.getValue()));
            }
            return configs;
        }
        throw problem("has " + json + " where a configuration is due", null);
    }

    private Config<?> configuration(String label, JsonObject object) {
        TypeDescriptor<?> type = view != null
                ? view.type(label)
                : types.find(label, object.string(Format.TYPE), object.string(Format.CLASS));
        JsonObject parameters = object.object(Format.PARAMETERS);
        refuseUnknown(type, parameters);
        @Nullable Object[] arguments = new @Nullable Object[type.size()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = argument(type, i, parameters);
        }
        SortedMap<String, Object> tags = new TreeMap<>();
        if (object.has(Format.TAGS)) {
            JsonObject stored = object.object(Format.TAGS);
            for (String name : stored.keys()) {
                Object value = stored.raw(name);
                tags.put(name, value == null ? "" : TagValue.of(value));
            }
        }
        if (view != null) {
            ConfigNode<?> shaped = view.shape(ConfigNode.stored(type, arguments, tags, null));
            type = shaped.descriptor();
            arguments = shaped.arguments();
        }
        ConfigNode<?> node = produced(type, arguments, tags, object);
        if (object.has(Format.TAGS_STAY) && object.bool(Format.TAGS_STAY)) {
            node = node.stopTags();
        }
        if (object.has(Format.COUNTS)) {
            node = node.counting(object.bool(Format.COUNTS) ? CountRule.ALWAYS : CountRule.NEVER);
        }
        if (object.has(Format.SAME)) {
            node = node.sharing(single(object.string(Format.SAME)));
        }
        if (constructs) {
            node.planValue();
        }
        if (view != null) {
            view.check(label, node, object);
        }
        return node;
    }

    private ConfigNode<?> produced(
            TypeDescriptor<?> type, @Nullable Object[] arguments, SortedMap<String, Object> tags, JsonObject object) {
        if (!object.has(Format.PRODUCER)) {
            return task(type, arguments, tags, object);
        }
        String producer = object.string(Format.PRODUCER);
        int slash = producer.indexOf('/');
        if (slash < 0
                || !JobPath.isTypeId(producer.substring(0, slash))
                || !ConfigId.isValid(producer.substring(slash + 1))) {
            throw problem("names the producer \"" + producer + "\", which is not a type id and an identifier", null);
        }
        boolean isItself = object.string(Format.ID).equals(producer.substring(slash + 1));
        if (view != null) {
            producer = view.job(producer);
            slash = producer.indexOf('/');
        }
        ConfigId id = ConfigId.parse(producer.substring(slash + 1));
        Path root = object.has(Format.WORKSPACE)
                ? absolute(object, Format.WORKSPACE)
                : workspace != null ? workspace : file.getRoot();
        Path folder = placed(root.resolve(JobPath.FOLDER).resolve(producer));
        if (isItself) {
            return task(type, arguments, tags, object).producedByItself(folder);
        }
        String announced = object.has(Format.ANNOUNCED) ? object.string(Format.ANNOUNCED) : null;
        return ConfigNode.stored(
                type, arguments, tags, new Producer(producer.substring(0, slash), id, folder, null, announced));
    }

    /** Returns a configuration that no other task makes, with its init tasks if it is a task. */
    private ConfigNode<?> task(
            TypeDescriptor<?> type, @Nullable Object[] arguments, SortedMap<String, Object> tags, JsonObject object) {
        ConfigNode<?> node = ConfigNode.stored(type, arguments, tags, null);
        if (object.has(Format.INIT)) {
            for (Object init : object.list(Format.INIT)) {
                node = node.withInit(single(String.valueOf(init)));
            }
        }
        return node;
    }

    private void refuseUnknown(TypeDescriptor<?> type, JsonObject parameters) {
        for (String name : parameters.keys()) {
            int index = type.indexOfStored(name);
            if (index < 0 && view == null) {
                throw problem(
                        "sets the parameter " + name + ", which " + type + " does not have",
                        "if a parameter had this name before, write @FormerName(\"" + name + "\") at it");
            }
            if (index >= 0
                    && !type.parameter(index).name().equals(name)
                    && parameters.has(type.parameter(index).name())) {
                throw problem(
                        "sets the parameter " + type.parameter(index).name() + " of " + type
                                + " also by its former name " + name,
                        "leave one of them out");
            }
        }
    }

    /** Returns the name by which a file sets a parameter: its name, or a former one; {@code null} if it does not. */
    static @Nullable String storedName(Parameter parameter, JsonObject parameters) {
        if (parameters.has(parameter.name())) {
            return parameter.name();
        }
        for (String former : parameter.formerNames()) {
            if (parameters.has(former)) {
                return former;
            }
        }
        return null;
    }

    private @Nullable Object argument(TypeDescriptor<?> type, int index, JsonObject parameters) {
        Parameter parameter = type.parameter(index);
        if (parameter.generatedPath() != null) {
            return null;
        }
        String stored = storedName(parameter, parameters);
        if (stored == null) {
            if (!parameter.isOptional()) {
                throw problem("has no value for the parameter " + parameter.name() + " of " + type, null);
            }
            if (Defaults.of(type).startsFromPlanFolder(index)) {
                throw problem(
                        "has no value for the parameter " + parameter.name() + " of " + type
                                + ", whose default has a relative path in it: that starts from the folder of the plan"
                                + " that wrote the file",
                        "write the file anew, or give the parameter an absolute default");
            }
            // A job that ran before there was such a parameter has the value that its identifier leaves out.
            return view == null
                    ? Defaults.of(type).bound(index)
                    : Defaults.of(type).first(index);
        }
        Object json = parameters.raw(stored);
        if (json == null && parameter.type().kind() == ValueType.Kind.OPTIONAL) {
            return null;
        }
        try {
            Object bound = Binder.bind(type, parameter, value(parameter.type(), json));
            return data != null && parameter.isData() && bound instanceof Path path
                    ? data.find(path, "parameter " + parameter.name() + " of " + type)
                    : bound;
        } catch (IllegalArgumentException | ClassCastException | DateTimeException wrong) {
            throw ConfigException.of("Parameter " + parameter.name() + " of " + type + " is " + json + ", not a "
                            + parameter.type())
                    .at(file.toString())
                    .cause(wrong)
                    .build();
        }
    }

    Object value(ValueType type, @Nullable Object json) {
        if (json == null) {
            throw new IllegalArgumentException("null");
        }
        return switch (type.kind()) {
            case OPTIONAL -> value(type.element(), json);
            case FLOAT -> StoredFloat.read(json);
            case DOUBLE -> json instanceof String text ? (Object) Double.valueOf(text) : json;
            case CHAR -> character((String) json);
            case ENUM -> constant(type.javaClass(), (String) json);
            case DURATION -> Duration.parse((String) json);
            case PATH -> path((String) json);
            case CONFIG -> resolve((String) json);
            case LIST, SET -> {
                List<Object> list = new ArrayList<>();
                for (Object element : (List<?>) json) {
                    list.add(value(type.element(), element));
                }
                yield list;
            }
            case MAP -> {
                Map<Object, Object> map = new LinkedHashMap<>();
                for (Map.Entry<?, ?> entry : ((Map<?, ?>) json).entrySet()) {
                    map.put(key(type.key(), String.valueOf(entry.getKey())), value(type.element(), entry.getValue()));
                }
                yield map;
            }
            default -> json;
        };
    }

    private static Object key(ValueType type, String text) {
        return switch (type.kind()) {
            case ENUM -> constant(type.javaClass(), text);
            case BYTE, SHORT, INT, LONG -> Long.valueOf(text);
            case FLOAT -> Float.valueOf(text);
            case DOUBLE -> Double.valueOf(text);
            case CHAR -> character(text);
            case BOOLEAN -> Boolean.valueOf(text);
            default -> text;
        };
    }

    private static Object character(String text) {
        if (text.length() > 1 && text.startsWith(Format.CODE_POINT)) {
            return (char) Integer.parseInt(text, Format.CODE_POINT.length(), text.length(), 16);
        }
        if (text.length() != 1) {
            throw new IllegalArgumentException("\"" + text + "\" is not one character");
        }
        return text.charAt(0);
    }

    private static Object constant(Class<?> type, String name) {
        Object[] constants = type.getEnumConstants();
        if (constants != null) {
            for (Object constant : constants) {
                if (((Enum<?>) constant).name().equals(name)) {
                    return constant;
                }
            }
        }
        throw new IllegalArgumentException(type.getName() + " has no constant " + name);
    }

    private Path path(String text) {
        if (RootedPath.isWritten(text)) {
            return RootedPath.parse(text);
        }
        Path path = Path.of(text);
        if (path.isAbsolute()) {
            return placed(path);
        }
        if (workspace == null) {
            throw problem("has the relative path " + text + " but names no workspace that it starts from", null);
        }
        return placed(workspace.resolve(path));
    }

    private Path placed(Path path) {
        return places != null ? places.of(path) : view != null ? view.path(path) : path;
    }

    private Config<?> resolve(String reference) {
        Config<?> config = reference.isEmpty() || reference.charAt(0) != Format.REFERENCE
                ? null
                : configurations.get(reference.substring(1));
        if (config == null) {
            throw problem("refers to " + reference + ", which is no configuration before it", null);
        }
        return config;
    }

    /** Returns the configuration of a reference; no collection has a name in a file. */
    private ConfigNode<?> single(String reference) {
        return (ConfigNode<?>) resolve(reference);
    }

    /**
     * Returns an error of a value or a constructor as an error of a file. The original error has at most a line of
     * code, and not the file of the value.
     *
     * @param wrong the error
     * @param file the source of the values
     * @return the error of the file
     */
    public static ConfigException inFile(ConfigException wrong, Path file) {
        String place = wrong.location().orElse("");
        if (place.equals(file.toString())) {
            return wrong;
        }
        String message = String.valueOf(wrong.getMessage());
        String text = place.isEmpty() ? message : message.substring(place.length() + ": ".length());
        return ConfigException.of(text).at(file.toString()).cause(wrong).build();
    }

    private ConfigException problem(String text, @Nullable String suggestion) {
        return ConfigException.of("The file " + text)
                .at(file.toString())
                .advice(suggestion)
                .build();
    }
}
