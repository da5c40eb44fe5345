package org.experimaestro.model;

import java.nio.file.Path;
import java.util.ServiceLoader;
import org.experimaestro.ConfigException;

/** A writer and reader of files of configurations. Found by {@link ServiceLoader}. */
public interface Serializer {

    /**
     * Writes configurations.
     *
     * @param configs handles, or lists and maps of them
     * @param file the file
     */
    void save(Object configs, Path file);

    /**
     * Reads configurations.
     *
     * @param file the file
     * @return handles, or lists and maps of them
     */
    Object load(Path file);

    /**
     * Returns the serializer on the class path.
     *
     * @return the serializer
     * @throws ConfigException if experimaestro-core is not on the class path
     */
    static Serializer find() {
        for (Serializer serializer : ServiceLoader.load(Serializer.class, Serializer.class.getClassLoader())) {
            return serializer;
        }
        throw ConfigException.of("Cannot save or load configurations: the module experimaestro-core is missing")
                .advice("put experimaestro-core on the class path")
                .build();
    }
}
