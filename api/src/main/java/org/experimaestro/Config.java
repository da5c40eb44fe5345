package org.experimaestro;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A handle: the plan's view of a configuration. It has the values of the parameters, their tags, the task that makes
 * the configuration, and the identifier. {@code T} is the plain value that task code sees.
 *
 * <p>{@snippet :
 * Config<Adam> optimizer = adam().lr(1e-4).build();
 * Config<LearnedModel> learned = xp.submit(learn().optimizer(optimizer).epochs(10).build());
 * Config<Adam> slower = optimizer.toBuilder().set("lr", 1e-5).build();
 * }
 *
 * <p>Generated builders make handles, and {@link Experiment#submit} returns them. A handle never changes: variations
 * come from {@link #toBuilder}, or from the builder's own {@code toBuilder}. Two handles describe the same
 * configuration when their {@link #id} is the same. Thread-safe. Only Experimaestro implements this interface.
 *
 * @param <T> the type of the plain value
 */
public interface Config<T> {
    /**
     * Creates a builder that takes parameters by name. It serves code that is generic over configurations, and
     * projects that do not run the annotation processor.
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
     * Creates the handle of a plain value, with handles of the configurations inside it.
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
     * Creates a builder with the parameters and tags of this configuration. If a task makes this configuration, only
     * values that do not count can be changed, because no task would make another variation: the builder's {@code
     * build} refuses any other change.
     *
     * @return a new builder
     * @throws ConfigException if this is a collection
     */
    NamedBuilder<T> toBuilder();

    /**
     * Returns the identifier, computed once.
     *
     * @return always the same
     * @throws ConfigException for a collection, whose parts have identifiers of their own
     */
    ConfigId id();

    /**
     * Returns a partial identifier: that of all configurations that differ only in parameters which it leaves out.
     *
     * @param name the name of a {@link Partial} of the type
     * @return 32 hexadecimal digits
     * @throws ConfigException if the type has no partial identifier of this name
     */
    ConfigId partialId(String name);

    /**
     * Returns the type id.
     *
     * @return the type id of the configuration's class
     * @throws ConfigException for a collection, whose parts have types of their own
     */
    String type();

    /**
     * Returns the handle of a parameter, for example {@code dataset.get(MyDataset::train)}. The handle has the tags
     * and the producer that it had when the builder got it.
     *
     * @param parameter returns a configuration, or a collection of configurations, that is a parameter
     * @param <U> its type
     * @return the handle
     * @throws ConfigException if the function returns something that is not a parameter
     */
    <U> Config<U> get(Function<? super T, ? extends U> parameter);

    /**
     * Creates the plain value, as a task would see it. Calls the constructors of the configuration's classes.
     * Generated paths are absolute when the job's folder is known.
     *
     * @return a new value
     */
    T value();

    /**
     * Returns this configuration with a tag. For example, {@code model.tag("size", "small")} fills the column {@code
     * size} of the report's table.
     *
     * @param name the tag's name
     * @param value a boolean, a number or a text. Anything else is kept as text. NaN, the infinities, and decimal
     *     numbers with more digits than a double has are kept as text, too.
     * @return a new handle with the same identifier
     * @throws IllegalArgumentException if the name is empty
     * @throws ConfigException if the value has no text that describes it
     */
    Config<T> tag(String name, Object value);

    /**
     * Returns this configuration as one whose tags are not inherited: configurations that use it do not get its tags.
     * For example, a task that compares {@code layers=3} and {@code layers=5} would inherit both tags.
     *
     * @return a new handle with the same identifier
     */
    Config<T> stopTags();

    /**
     * Returns this task with one more init task, which runs in the job's process before the task executes, and after
     * the init tasks that were given before. Init tasks and their order count in the identifier, and the job waits for
     * the tasks that make them.
     *
     * @param task the init task: what a builder made, or an output of a submission
     * @return a new handle with another identifier
     * @throws ConfigException if this is not a task, or has been submitted
     */
    Config<T> init(Config<? extends InitTask> task);

    /**
     * Returns this task as one that waits for a job of which it uses nothing, such as one that fills a database. The
     * identifier stays the same, so a job that is done does not run again. A job that is submitted several times waits
     * for what its first submission names.
     *
     * @param output what the submission of the other task returned, or anything that contains it
     * @return a new handle with the same identifier
     * @throws ConfigException if this is not a task, or has been submitted, or if no task makes the output
     */
    Config<T> after(Config<?> output);

    /**
     * Returns this configuration as one that does not count where it is used: neither does the parameter that has it,
     * nor the element of a list, set or map. It is to the identifier as if it were not there. Dependencies and tags stay.
     * For example, {@code learn().cache(onDisk.asMeta())} and {@code learn().cache(inMemory.asMeta())} are one job.
     *
     * @return a new handle with the same identifier of its own
     */
    Config<T> asMeta();

    /**
     * Returns this configuration as one that counts where it is used, also as the value of a {@link Meta} parameter.
     *
     * @return a new handle with the same identifier of its own
     */
    Config<T> asCounted();

    /**
     * Returns the configurations of a list or set.
     *
     * @param collection a handle of a list or set
     * @param <U> the type of the elements
     * @return a handle for each element, possibly none; the elements of a set are in an order that is the same in
     *     each process
     */
    static <U> List<Config<U>> elements(Config<? extends Collection<U>> collection) {
        return ConfigProvider.current().elements(collection);
    }

    /**
     * Returns the configurations of a map.
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
     * Returns the configuration of an optional.
     *
     * @param optional a handle of an optional
     * @param <U> the type of the value
     * @return the handle of the value, or empty if the optional is empty
     */
    static <U> Optional<Config<U>> present(Config<Optional<U>> optional) {
        return ConfigProvider.current().present(optional);
    }

    /**
     * Writes a configuration to a file, with all configurations inside it. A configuration that is shared is shared
     * again after {@link #load}.
     *
     * @param config a configuration; or a handle of a list, set or map, which is written as {@link #save(Collection,
     *     Path)} and {@link #save(Map, Path)} do
     * @param file the file, JSON; replaced as a whole when it exists
     * @throws ConfigException if {@link DataPath data} is not there yet, or has no place elsewhere
     * @throws WorkspaceException if the file cannot be written
     */
    static void save(Config<?> config, Path file) {
        ConfigProvider.current().save(config, file);
    }

    /**
     * Writes configurations to a file. A configuration that two of them share is shared again after {@link
     * #loadList}.
     *
     * @param configs the configurations, written in their order
     * @param file the file, JSON; replaced as a whole when it exists
     * @throws ConfigException if {@link DataPath data} is not there yet, or has no place elsewhere
     * @throws WorkspaceException if the file cannot be written
     */
    static void save(Collection<? extends Config<?>> configs, Path file) {
        ConfigProvider.current().save(configs, file);
    }

    /**
     * Writes configurations to a file, each under a name. A configuration that two of them share is shared again
     * after {@link #loadMap}.
     *
     * @param configs the configurations, written in their order
     * @param file the file, JSON; replaced as a whole when it exists
     * @throws ConfigException if {@link DataPath data} is not there yet, or has no place elsewhere
     * @throws WorkspaceException if the file cannot be written
     */
    static void save(Map<String, ? extends Config<?>> configs, Path file) {
        ConfigProvider.current().save(configs, file);
    }

    /**
     * Reads a configuration that {@link #save(Config, Path)} wrote. Its class is found by the type id, and the jobs that
     * made parts of it in the workspace that the file names, which may have been moved with the file, else in the
     * workspace of the run.
     *
     * @param file the file
     * @param type its class, or an interface that it has; {@code Object} for any class, and for the handle of a list
     *     or map
     * @param <T> the type
     * @return the configuration
     * @throws ConfigException if the file holds something else, if a type or parameter no longer exists, or if the
     *     file's format is newer than this version
     * @throws WorkspaceException if the file cannot be read
     */
    static <T> Config<T> load(Path file, Class<T> type) {
        return ConfigProvider.current().load(file, type);
    }

    /**
     * Reads a list of configurations that {@link #save(Collection, Path)} wrote.
     *
     * @param file the file
     * @param type the class or interface of all of them: see {@link #load}
     * @param <T> the type
     * @return the configurations in the order in which they were written; unmodifiable
     * @throws ConfigException as {@link #load} does, and if a configuration is of another type
     * @throws WorkspaceException if the file cannot be read
     */
    static <T> List<Config<T>> loadList(Path file, Class<T> type) {
        return ConfigProvider.current().loadList(file, type);
    }

    /**
     * Reads configurations by name that {@link #save(Map, Path)} wrote.
     *
     * @param file the file
     * @param type the class or interface of all of them: see {@link #load}
     * @param <T> the type
     * @return the configurations in the order in which they were written; unmodifiable
     * @throws ConfigException as {@link #load} does, and if a configuration is of another type
     * @throws WorkspaceException if the file cannot be read
     */
    static <T> Map<String, Config<T>> loadMap(Path file, Class<T> type) {
        return ConfigProvider.current().loadMap(file, type);
    }

    /** Returns the type id and the first digits of the identifier. */
    @Override
    String toString();
}
