package org.experimaestro;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.experimaestro.internal.Assembly;
import org.experimaestro.internal.ConfigNode;
import org.experimaestro.internal.ContainerNode;
import org.experimaestro.internal.Handles;
import org.experimaestro.internal.Node;
import org.experimaestro.internal.PlanLine;
import org.experimaestro.internal.Reach;
import org.experimaestro.internal.Serializer;
import org.experimaestro.internal.TagValue;
import org.experimaestro.internal.ValueTree;
import org.experimaestro.internal.type.TypeDescriptors;

/**
 * The handle that a plan has of a configuration: the values of its parameters, their tags, the task that makes it, and
 * its identifier. {@code T} is the plain value that task code sees.
 *
 * <p>Generated builders make it, {@link Experiment#submit} returns it, and it never changes: variations come from
 * {@link #toBuilder}, or from the builder's own {@code toBuilder}. Two handles describe the same configuration when
 * their {@link #id} is the same. Thread-safe.
 *
 * @param <T> the type of the plain value
 */
public final class Config<T> {
    static {
        Handles.provide(new Handles() {
            @Override
            protected <T> Config<T> newHandle(Node<T> node) {
                return new Config<>(node);
            }

            @Override
            protected <T> Node<T> node(Config<T> config) {
                return config.node;
            }
        });
    }

    private final Node<T> node;

    private Config(Node<T> node) {
        this.node = node;
    }

    /** Makes the handles of this class known to the machinery behind it; plans have no use for it. */
    public static void initialize() {
        // The class initializer has done it.
    }

    /**
     * A builder that knows its parameters by name: for code that is generic over configurations, and for projects that
     * do not run the annotation processor.
     *
     * @param type a class annotated with {@link ConfigType}
     * @param <T> the class
     * @return a new builder
     * @throws ConfigException if the class is not a correct configuration type
     */
    public static <T> NamedBuilder<T> builder(Class<T> type) {
        return new NamedBuilder<>(new Assembly<>(TypeDescriptors.of(type)));
    }

    /**
     * The handle of a plain value, with the handles of the configurations inside it.
     *
     * @param value a value of a class annotated with {@link ConfigType}
     * @param <T> its class
     * @return a new handle
     * @throws ConfigException if the value, or one inside it, is not of a configuration type
     */
    public static <T> Config<T> of(T value) {
        return Assembly.ofValue(value);
    }

    /**
     * A builder with the parameters and tags of this configuration.
     *
     * @return a new builder
     * @throws ConfigException if a task makes this configuration: a variation of it would be made by none
     */
    public NamedBuilder<T> toBuilder() {
        return new NamedBuilder<>(Assembly.from(this));
    }

    /**
     * The identifier.
     *
     * @return always the same
     * @throws ConfigException for a collection, whose parts have identifiers of their own
     */
    public ConfigId id() {
        return configuration("identifier").id();
    }

    /**
     * The type id.
     *
     * @return the type id of the configuration's class
     * @throws ConfigException for a collection, whose parts have types of their own
     */
    public String type() {
        return configuration("type id").type().typeId();
    }

    /**
     * The handle of a parameter: {@code dataset.get(MyDataset::train)}. It has the tags and the producer that it had
     * when it was given to the builder.
     *
     * @param parameter returns a configuration, or a collection of configurations, that is a parameter
     * @param <U> its type
     * @return the handle
     * @throws ConfigException if the function returns something that is not a parameter
     */
    public <U> Config<U> get(Function<? super T, ? extends U> parameter) {
        return Reach.from(node, parameter.apply(node.planValue()));
    }

    /**
     * The plain value, newly made: what a task would see. Generated paths are absolute when the job's folder is known.
     *
     * @return a new value
     */
    public T value() {
        return new ValueTree().value(this);
    }

    /**
     * This configuration with a tag.
     *
     * @param name the tag's name
     * @param value a boolean, a number or a text; anything else is kept as text, as are NaN, the infinities, and decimal
     *     numbers with more digits than a double has
     * @return a new handle with the same identifier
     * @throws IllegalArgumentException if the name is empty
     * @throws ConfigException if the value has no text that says what it is
     */
    public Config<T> tag(String name, Object value) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("A tag needs a name");
        }
        String stored = (String) tagPart("name", name);
        return node.withTag(stored, tagPart("value of the tag " + name, value)).handle();
    }

    private Object tagPart(String part, Object value) {
        try {
            return TagValue.of(value);
        } catch (IllegalArgumentException unfit) {
            throw new ConfigException(
                    "Cannot tag " + this + ": the " + part + " " + unfit.getMessage(),
                    PlanLine.current(),
                    "give a boolean, a number or a text",
                    unfit);
        }
    }

    /**
     * This configuration, whose tags stay with it: what uses it does not get them.
     *
     * @return a new handle with the same identifier
     */
    public Config<T> stopTags() {
        return node.withoutSpreadingTags().handle();
    }

    /**
     * The configurations of a list or set.
     *
     * @param collection a handle of a list or set
     * @param <U> the type of the elements
     * @return a handle for each; of a set in an order that is the same in each process
     */
    public static <U> List<Config<U>> elements(Config<? extends Collection<U>> collection) {
        List<Config<U>> elements = new ArrayList<>();
        for (Object element : (Collection<?>) content(collection)) {
            elements.add(unchecked(element));
        }
        return elements;
    }

    /**
     * The configurations of a map.
     *
     * @param map a handle of a map
     * @param <K> the type of the keys
     * @param <U> the type of the values
     * @return a handle for each value
     */
    @SuppressWarnings("unchecked")
    public static <K, U> Map<K, Config<U>> entries(Config<? extends Map<K, U>> map) {
        Map<K, Config<U>> entries = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : ((Map<?, ?>) content(map)).entrySet()) {
            entries.put((K) entry.getKey(), unchecked(entry.getValue()));
        }
        return entries;
    }

    /**
     * The configuration of an optional.
     *
     * @param optional a handle of an optional
     * @param <U> the type of the value
     * @return its handle, or empty
     */
    public static <U> Optional<Config<U>> present(Config<Optional<U>> optional) {
        if (optional.node instanceof ContainerNode<?> container) {
            return container.content() == null ? Optional.empty() : Optional.of(unchecked(container.content()));
        }
        throw new IllegalArgumentException(optional + " is not an optional");
    }

    /**
     * Writes configurations to a file, sharing kept: what two of them share is one again after {@link #load}.
     *
     * @param configs a {@code Config}, or lists and maps (with texts as keys) of them, nested as you like
     * @param file the file, JSON; replaced as a whole when it exists
     * @throws ConfigException if anything else is among them
     * @throws WorkspaceException if the file cannot be written
     */
    public static void save(Object configs, Path file) {
        Serializer.find().save(configs, file);
    }

    /**
     * Reads what {@link #save} wrote.
     *
     * @param file the file
     * @return the same structure of lists, maps and handles
     * @throws ConfigException if a type or parameter is no longer there, or the file's format is newer than this
     *     version
     * @throws WorkspaceException if the file cannot be read
     */
    public static Object load(Path file) {
        return Serializer.find().load(file);
    }

    /**
     * Reads one configuration that {@link #save} wrote.
     *
     * @param file the file
     * @param type its class, or an interface that it has
     * @param <T> the type
     * @return the configuration
     * @throws ConfigException if the file holds something else
     * @throws WorkspaceException if the file cannot be read
     */
    @SuppressWarnings("unchecked")
    public static <T> Config<? extends T> load(Path file, Class<T> type) {
        Object loaded = load(file);
        if (loaded instanceof Config<?> config
                && config.node instanceof ConfigNode<?> found
                && type.isAssignableFrom(found.type().javaClass())) {
            return (Config<? extends T>) config;
        }
        throw new ConfigException(file + " holds " + loaded + ", not a " + type.getSimpleName());
    }

    /** The type id and the first digits of the identifier. */
    @Override
    public String toString() {
        if (node instanceof ConfigNode<?> config) {
            return config.type() + "/" + config.id().toString().substring(0, 8);
        }
        return String.valueOf(((ContainerNode<?>) node).content());
    }

    private ConfigNode<T> configuration(String wanted) {
        if (node instanceof ConfigNode<T> config) {
            return config;
        }
        throw new ConfigException(
                "A collection of configurations has no " + wanted,
                PlanLine.current(),
                "take its parts with Config.elements, Config.entries or Config.present",
                null);
    }

    private static Object content(Config<?> config) {
        if (config.node instanceof ContainerNode<?> container && container.content() != null) {
            return container.content();
        }
        throw new IllegalArgumentException(config + " is not a collection");
    }

    @SuppressWarnings("unchecked")
    private static <U> Config<U> unchecked(Object config) {
        return (Config<U>) config;
    }
}
