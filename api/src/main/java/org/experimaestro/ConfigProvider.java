package org.experimaestro;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The bridge from the static methods of {@link Config} and {@link Tags} to the module {@code model}, which depends on
 * this module. Plans do not use it.
 */
public abstract class ConfigProvider {
    private static final String MODEL = "org.experimaestro.model.ModelProvider";

    private static volatile @Nullable ConfigProvider provided;

    /** Creates a provider. Only the module {@code model} extends this class. */
    protected ConfigProvider() {}

    /**
     * Registers the provider. The class initializer of the model's provider calls it, so that a job starts without
     * reflection.
     *
     * @param provider the provider of this process
     */
    protected static void provide(ConfigProvider provider) {
        provided = provider;
    }

    /**
     * Returns the provider.
     *
     * @return the same in every call
     * @throws ConfigException if the model is not on the class path
     */
    protected static ConfigProvider current() {
        ConfigProvider known = provided;
        if (known == null) {
            try {
                Class.forName(MODEL, true, ConfigProvider.class.getClassLoader());
            } catch (ClassNotFoundException apart) {
                throw ConfigException.of("Cannot make configurations: their implementation is missing")
                        .advice("put experimaestro-core on the class path")
                        .cause(apart)
                        .build();
            }
            known = java.util.Objects.requireNonNull(provided);
        }
        return known;
    }

    /**
     * Creates a builder: see {@link Config#builder}.
     *
     * @param type a configuration type
     * @param <T> the class
     * @return a new builder
     */
    protected abstract <T> NamedBuilder<T> builder(Class<T> type);

    /**
     * Creates the handle of a plain value: see {@link Config#of}.
     *
     * @param value a plain value
     * @param <T> its class
     * @return a new handle
     */
    protected abstract <T> Config<T> of(T value);

    /**
     * Returns the handles in a collection: see {@link Config#elements}.
     *
     * @param collection a handle of a list or set
     * @param <U> the type of the elements
     * @return a handle for each
     */
    protected abstract <U> List<Config<U>> elements(Config<? extends Collection<U>> collection);

    /**
     * Returns the handles in a map: see {@link Config#entries}.
     *
     * @param map a handle of a map
     * @param <K> the type of the keys
     * @param <U> the type of the values
     * @return a handle for each value
     */
    protected abstract <K, U> Map<K, Config<U>> entries(Config<? extends Map<K, U>> map);

    /**
     * Returns the handle in an optional: see {@link Config#present}.
     *
     * @param optional a handle of an optional
     * @param <U> the type of the value
     * @return its handle, or empty
     */
    protected abstract <U> Optional<Config<U>> present(Config<Optional<U>> optional);

    /**
     * Writes configurations: see {@link Config#save}.
     *
     * @param configs a handle, or a collection or map of them
     * @param file the file
     */
    protected abstract void save(Object configs, Path file);

    /**
     * Reads a configuration: see {@link Config#load}.
     *
     * @param file the file
     * @param type its class
     * @param <T> the type
     * @return the configuration
     */
    protected abstract <T> Config<T> load(Path file, Class<T> type);

    /**
     * Reads a list of configurations: see {@link Config#loadList}.
     *
     * @param file the file
     * @param type their class
     * @param <T> the type
     * @return the configurations
     */
    protected abstract <T> List<Config<T>> loadList(Path file, Class<T> type);

    /**
     * Reads configurations by name: see {@link Config#loadMap}.
     *
     * @param file the file
     * @param type their class
     * @param <T> the type
     * @return the configurations
     */
    protected abstract <T> Map<String, Config<T>> loadMap(Path file, Class<T> type);

    /**
     * Creates a path below a named root: see {@link Roots#path}.
     *
     * @param text the name of the root, a colon, a slash, and the path below the root
     * @return the path
     */
    protected abstract Path rooted(String text);

    /**
     * Collects tags: see {@link Tags#tags}.
     *
     * @param config any configuration
     * @return sorted by name, unmodifiable
     */
    protected abstract SortedMap<String, Object> tags(Config<?> config);
}
