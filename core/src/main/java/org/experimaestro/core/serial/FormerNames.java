package org.experimaestro.core.serial;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.ConfigException;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonFile;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.generated.Parameter;
import org.experimaestro.generated.TypeDescriptor;

/** A reader of the parameters of old jobs, which were stored under former names. Confined to one thread. */
public final class FormerNames {
    private final ClassLoader classes;
    private final Map<String, TypeDescriptor<?>> types = new HashMap<>();
    private final Map<Map<TypeDescriptor<?>, StoredNames.TypeName>, StoredNames> known = new HashMap<>();

    /**
     * Creates a reader.
     *
     * @param classes finds the classes of configurations
     */
    public FormerNames(ClassLoader classes) {
        this.classes = classes;
    }

    /**
     * Adds types of today. They are known by their type ids and the former ones, also if the annotation processor has not
     * noted them.
     *
     * @param today the types
     */
    public void add(Collection<TypeDescriptor<?>> today) {
        for (TypeDescriptor<?> type : today) {
            types.put(type.typeId(), type);
            for (String former : type.formerTypeIds()) {
                types.put(former, type);
            }
        }
    }

    /**
     * Reads the parameters of a job.
     *
     * @param file the file of its parameters
     * @return the parameters
     * @throws IOException if the file cannot be read
     * @throws ConfigException if it is not such a file, or a type in it is unknown
     */
    public FormerParameters read(Path file) throws IOException {
        try {
            JsonObject top = JsonFile.read(file, JsonFile.LARGE_BYTES);
            Format.requireKnown(top);
            TypeLookup lookup = new TypeLookup(file.toAbsolutePath().normalize(), classes, this.types);
            Map<TypeDescriptor<?>, StoredNames.TypeName> names = new LinkedHashMap<>();
            JsonObject configurations = top.object(Format.CONFIGURATIONS);
            for (String label : configurations.keys()) {
                JsonObject stored = configurations.object(label);
                String typeId = stored.string(Format.TYPE);
                TypeDescriptor<?> type = lookup.find(label, typeId, stored.string(Format.CLASS));
                names.put(type, names(type, typeId, stored.object(Format.PARAMETERS)));
            }
            return new FormerParameters(file, top, lookup, known.computeIfAbsent(names, StoredNames::new));
        } catch (JsonException corrupt) {
            throw ConfigException.of("Cannot read configurations: " + corrupt.getMessage())
                    .at(file.toString())
                    .cause(corrupt)
                    .build();
        }
    }

    private static StoredNames.TypeName names(TypeDescriptor<?> type, String typeId, JsonObject parameters) {
        String[] names = new String[type.size()];
        for (int i = 0; i < names.length; i++) {
            Parameter parameter = type.parameter(i);
            String stored = ConfigurationReader.storedName(parameter, parameters);
            names[i] = stored == null ? parameter.name() : stored;
        }
        return new StoredNames.TypeName(typeId, List.of(names));
    }
}
