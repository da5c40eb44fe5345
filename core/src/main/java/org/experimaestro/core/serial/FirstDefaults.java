package org.experimaestro.core.serial;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.experimaestro.Config;
import org.experimaestro.core.json.Json;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.generated.ValueType;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.Node;
import org.experimaestro.model.identity.Md5;
import org.experimaestro.model.type.Defaults;
import org.jspecify.annotations.Nullable;

/**
 * The first defaults of some types: the values that their identifiers leave out. A job is stored with those of all
 * types that it reaches, and with their digest. An equal digest shows that no default has changed since. Immutable.
 */
public final class FirstDefaults {
    private final SortedMap<String, SortedMap<String, @Nullable Object>> types = new TreeMap<>();
    private final String digest;

    private FirstDefaults(Collection<TypeDescriptor<?>> descriptors) {
        for (TypeDescriptor<?> type : descriptors) {
            SortedMap<String, @Nullable Object> defaults = new TreeMap<>();
            for (int index : type.countedByName()) {
                if (Defaults.of(type).isFirstLeftOut(index)) {
                    defaults.put(type.parameter(index).name(), stored(type, index));
                }
            }
            if (!defaults.isEmpty()) {
                types.put(key(type), defaults);
            }
        }
        this.digest = digest(Json.writeLine(types));
    }

    /**
     * Returns the first defaults of some types.
     *
     * @param types the types, in any order
     * @return those of all their parameters that have a first default that does not count
     */
    public static FirstDefaults of(Collection<TypeDescriptor<?>> types) {
        return new FirstDefaults(types);
    }

    /**
     * Returns the name of a type and its version, because other versions have other identifiers, and may have other
     * defaults.
     */
    static String key(TypeDescriptor<?> type) {
        return type.typeId() + "@" + type.version();
    }

    /** Returns a first default as JSON; a configuration becomes its type id and identifier. */
    static @Nullable Object stored(TypeDescriptor<?> type, int index) {
        return stored(type.parameter(index).type(), Defaults.of(type).first(index));
    }

    static @Nullable Object stored(ValueType type, @Nullable Object bound) {
        if (bound instanceof Config<?> config && Node.of(config) instanceof ConfigNode<?> node) {
            return node.descriptor().typeId() + "/" + node.id();
        }
        return new ConfigurationWriter(null).value(type, bound);
    }

    private static String digest(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Md5.of(bytes, bytes.length).toString();
    }

    /**
     * Returns a digest of these defaults.
     *
     * @return 32 hexadecimal digits
     */
    public String digest() {
        return digest;
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(Format.DIGEST, digest);
        json.put(Format.TYPES, Collections.unmodifiableMap(types));
        return json;
    }
}
