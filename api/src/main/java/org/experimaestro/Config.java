package org.experimaestro;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The handle that a plan has of a configuration: the values of its parameters, their tags, the task that makes it, and
 * its identifier. {@code T} is the plain value that task code sees.
 *
 * <p>Generated builders make it, {@link Experiment#submit} returns it, and it never changes: variations come from
 * {@link #toBuilder}, or from the builder's own {@code toBuilder}. Two handles describe the same configuration when
 * their {@link #id} is the same. Thread-safe. Nobody else implements it.
 *
 * @param <T> the type of the plain value
 */
public interface Config<T> {
    /**
     * A builder that knows its parameters by name: for code that is generic over configurations, and for projects that
     * do not run the annotation processor.
     *
     * @param type a class annotated with {@link ConfigType}
     * @param <T> the class
     * @return a new builder
     * @throws ConfigException if the class is not a correct configuration type
     */
    static <T> NamedBuilder<T> builder(Class<T> type) {
        return ConfigProvider.current().builder(type);
    }

    /**
     * The handle of a plain value, with the handles of the configurations inside it.
     *
     * @param value a value of a class annotated with {@link ConfigType}
     * @param <T> its class
     * @return a new handle
     * @throws ConfigException if the value, or one inside it, is not of a configuration type
     */
    static <T> Config<T> of(T value) {
        return ConfigProvider.current().of(value);
    }

    /**
     * A builder with the parameters and tags of this configuration.
     *
     * @return a new builder
     * @throws ConfigException if a task makes this configuration: a variation of it would be made by none
     */
    NamedBuilder<T> toBuilder();

    /**
     * The identifier.
     *
     * @return always the same
     * @throws ConfigException for a collection, whose parts have identifiers of their own
     */
    ConfigId id();

    /**
     * The type id.
     *
     * @return the type id of the configuration's class
     * @throws ConfigException for a collection, whose parts have types of their own
     */
    String type();

    /**
     * The handle of a parameter: {@code dataset.get(MyDataset::train)}. It has the tags and the producer that it had
     * when it was given to the builder.
     *
     * @param parameter returns a configuration, or a collection of configurations, that is a parameter
     * @param <U> its type
     * @return the handle
     * @throws ConfigException if the function returns something that is not a parameter
     */
    <U> Config<U> get(Function<? super T, ? extends U> parameter);

    /**
     * The plain value, newly made: what a task would see. Generated paths are absolute when the job's folder is known.
     *
     * @return a new value
     */
    T value();

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
    Config<T> tag(String name, Object value);

    /**
     * This configuration, whose tags stay with it: what uses it does not get them.
     *
     * @return a new handle with the same identifier
     */
    Config<T> stopTags();

    /**
     * The configurations of a list or set.
     *
     * @param collection a handle of a list or set
     * @param <U> the type of the elements
     * @return a handle for each; of a set in an order that is the same in each process
     */
    static <U> List<Config<U>> elements(Config<? extends Collection<U>> collection) {
        return ConfigProvider.current().elements(collection);
    }

    /**
     * The configurations of a map.
     *
     * @param map a handle of a map
     * @param <K> the type of the keys
     * @param <U> the type of the values
     * @return a handle for each value
     */
    static <K, U> Map<K, Config<U>> entries(Config<? extends Map<K, U>> map) {
        return ConfigProvider.current().entries(map);
    }

    /**
     * The configuration of an optional.
     *
     * @param optional a handle of an optional
     * @param <U> the type of the value
     * @return its handle, or empty
     */
    static <U> Optional<Config<U>> present(Config<Optional<U>> optional) {
        return ConfigProvider.current().present(optional);
    }

    /**
     * Writes a configuration to a file, with all that is in it: what is shared is one again after {@link #load}.
     *
     * @param config a configuration; or a handle of a list, set or map, which is written as {@link #save(Collection, Path)} and
     *     {@link #save(Map, Path)} do
     * @param file the file, JSON; replaced as a whole when it exists
     * @throws WorkspaceException if the file cannot be written
     */
    static void save(Config<?> config, Path file) {
        ConfigProvider.current().save(config, file);
    }

    /**
     * Writes configurations to a file, sharing kept: what two of them share is one again after {@link #loadList}.
     *
     * @param configs the configurations, written in their order
     * @param file the file, JSON; replaced as a whole when it exists
     * @throws WorkspaceException if the file cannot be written
     */
    static void save(Collection<? extends Config<?>> configs, Path file) {
        ConfigProvider.current().save(configs, file);
    }

    /**
     * Writes configurations by name to a file, sharing kept: what two of them share is one again after {@link #loadMap}.
     *
     * @param configs the configurations, written in their order
     * @param file the file, JSON; replaced as a whole when it exists
     * @throws WorkspaceException if the file cannot be written
     */
    static void save(Map<String, ? extends Config<?>> configs, Path file) {
        ConfigProvider.current().save(configs, file);
    }

    /**
     * Reads a configuration that was saved.
     *
     * @param file the file
     * @param type its class, or an interface that it has; {@code Object} for any, the handle of a list or map included
     * @param <T> the type
     * @return the configuration
     * @throws ConfigException if the file holds something else, a type or parameter is no longer there, or the file's format is
     *     newer than this version
     * @throws WorkspaceException if the file cannot be read
     */
    static <T> Config<T> load(Path file, Class<T> type) {
        return ConfigProvider.current().load(file, type);
    }

    /**
     * Reads a list of configurations that was saved.
     *
     * @param file the file
     * @param type what all of them are: see {@link #load}
     * @param <T> the type
     * @return the configurations in the order in which they were written; unmodifiable
     * @throws ConfigException as {@link #load} does, and if one of the configurations is of another type
     * @throws WorkspaceException if the file cannot be read
     */
    static <T> List<Config<T>> loadList(Path file, Class<T> type) {
        return ConfigProvider.current().loadList(file, type);
    }

    /**
     * Reads configurations by name that were saved.
     *
     * @param file the file
     * @param type what all of them are: see {@link #load}
     * @param <T> the type
     * @return the configurations in the order in which they were written; unmodifiable
     * @throws ConfigException as {@link #load} does, and if one of the configurations is of another type
     * @throws WorkspaceException if the file cannot be read
     */
    static <T> Map<String, Config<T>> loadMap(Path file, Class<T> type) {
        return ConfigProvider.current().loadMap(file, type);
    }

    /** The type id and the first digits of the identifier. */
    @Override
    String toString();
}
