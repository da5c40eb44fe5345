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

/**
 * A reader of the parameters of old jobs, which were stored under former names, or in a former shape. Confined to one
 * thread.
 */
public final class FormerNames {
    private final ClassLoader classes;
    private final Map<String, TypeDescriptor<?>> types = new HashMap<>();
    private final FormerShapes conversions = new FormerShapes();
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
     * @return whether they have conversions that were unknown before, so that jobs which were read are other ones now
     * @throws ConfigException if a conversion of a type cannot be used, or two have one former shape
     */
    public boolean add(Collection<TypeDescriptor<?>> today) {
        boolean isNew = false;
        for (TypeDescriptor<?> type : today) {
            isNew |= conversions.add(type);
            types.put(type.typeId(), type);
            for (String former : type.formerTypeIds()) {
                types.put(former, type);
            }
        }
        return isNew;
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
            Map<String, TypeDescriptor<?>> byLabel = new HashMap<>();
            Map<TypeDescriptor<?>, StoredNames.TypeName> names = new LinkedHashMap<>();
            boolean isConverted = false;
            JsonObject configurations = top.object(Format.CONFIGURATIONS);
            for (String label : configurations.keys()) {
                JsonObject stored = configurations.object(label);
                String typeId = stored.string(Format.TYPE);
                TypeDescriptor<?> type = conversions.shape(typeId, stored);
                isConverted |= type != null;
                if (type == null) {
                    type = lookup.find(label, typeId, stored.string(Format.CLASS));
                }
                byLabel.put(label, type);
                names.put(type, names(type, typeId, stored.object(Format.PARAMETERS)));
            }
            StoredNames ofFile = known.get(names);
            if (ofFile == null) {
                ofFile = new StoredNames(names, isConverted);
                known.put(names, ofFile);
            }
            return new FormerParameters(file, top, byLabel, ofFile, conversions);
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
