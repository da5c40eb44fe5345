package org.experimaestro.core.serial;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import org.experimaestro.ConfigException;
import org.experimaestro.ConfigType;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.model.identity.JobPath;
import org.experimaestro.model.type.TypeDescriptors;
import org.jspecify.annotations.Nullable;

/**
 * A search for the classes of type ids. A class may have been renamed or moved since a file was written, so its name in
 * the file is only the first place to look.
 *
 * <p>On the start path of a job, as far as the class has the name that it had: without lambdas, streams and reflection.
 */
final class TypeLookup {
    private final Path file;
    private final ClassLoader classes;
    private final Map<String, TypeDescriptor<?>> known;

    /**
     * Creates a search.
     *
     * @param file the file that has the type ids, for messages
     * @param classes finds the classes
     */
    TypeLookup(Path file, ClassLoader classes) {
        this(file, classes, Map.of());
    }

    /**
     * Creates a search with types that are known.
     *
     * @param file the file that has the type ids, for messages
     * @param classes finds the classes
     * @param known types by their type ids of today and before, which are found first
     */
    TypeLookup(Path file, ClassLoader classes, Map<String, TypeDescriptor<?>> known) {
        this.file = file;
        this.classes = classes;
        this.known = known;
    }

    /**
     * Returns the type of a configuration.
     *
     * @param label the configuration's name in the file, for messages
     * @param typeId the type id
     * @param className the binary name that its class had
     * @return the type with that id, today or before
     * @throws ConfigException if no class has the type id, or several have
     */
    TypeDescriptor<?> find(String label, String typeId, String className) {
        TypeDescriptor<?> renamed = known.get(typeId);
        if (renamed != null) {
            return renamed;
        }
        Class<?> named = load(className);
        TypeDescriptor<?> type = named == null ? null : describe(named);
        if (type != null && isOf(type, typeId)) {
            return type;
        }
        Class<?> noted = JobPath.isTypeId(typeId) ? findNoted(typeId) : null;
        TypeDescriptor<?> other = noted == null ? null : describe(noted);
        if (other != null && isOf(other, typeId)) {
            return other;
        }
        if (type != null) {
            throw ConfigException.of("The file says that " + className + " has the type id " + typeId
                            + ", but the class has " + type.typeId())
                    .at(file.toString())
                    .advice("if it had that type id before, write @FormerType(\"" + typeId + "\") at the class")
                    .build();
        }
        String which = "The class " + className + " of configuration " + label + " (" + typeId + ") is ";
        if (named != null) {
            throw problem(which + "no configuration type any longer");
        }
        throw ConfigException.of(which + "not on the class path")
                .at(file.toString())
                .cause(new ClassNotFoundException(className)) // by which callers tell missing code from a damaged file
                .build();
    }

    private static boolean isOf(TypeDescriptor<?> type, String typeId) {
        if (type.typeId().equals(typeId)) {
            return true;
        }
        for (String former : type.formerTypeIds()) {
            if (former.equals(typeId)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Class<?> load(String className) {
        try {
            return Class.forName(className, false, classes);
        } catch (ClassNotFoundException moved) {
            return null;
        }
    }

    private static @Nullable TypeDescriptor<?> describe(Class<?> type) {
        try {
            return TypeDescriptors.of(type);
        } catch (ConfigException wrong) {
            if (type.isAnnotationPresent(ConfigType.class)) {
                throw wrong;
            }
            return null;
        }
    }

    private @Nullable Class<?> findNoted(String typeId) {
        Map<String, String> noted;
        try {
            noted = TypeResources.find(typeId, classes);
            if (noted.isEmpty()) {
                noted = TypeResources.findFormer(typeId, classes);
            }
        } catch (JsonException damaged) {
            throw problem("The type id " + typeId + " cannot be looked up: " + damaged.getMessage());
        }
        TreeSet<String> names = new TreeSet<>(noted.values());
        if (names.size() > 1) {
            throw problem("The type id " + typeId + " belongs to several classes of the class path: "
                    + String.join(", ", names) + " (" + String.join(", ", noted.keySet()) + ")");
        }
        return names.isEmpty() ? null : load(names.first());
    }

    private ConfigException problem(String text) {
        return ConfigException.of(text).at(file.toString()).build();
    }
}
