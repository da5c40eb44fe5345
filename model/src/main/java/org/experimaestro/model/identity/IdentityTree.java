package org.experimaestro.model.identity;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.experimaestro.ConfigId;
import org.jspecify.annotations.Nullable;

/**
 * The content of an identifier, as {@link Decoder} reads it. Two configurations have the same bytes exactly when
 * their trees are equal. Immutable.
 *
 * @param typeId the type id
 * @param version the type's version, at least 1
 * @param parameters the parameters that count, sorted by name; parameters with their first default are left out
 * @param inits the identifiers of the init tasks, in their order
 * @param producer the identifier of the task that makes the configuration, or {@code null}
 */
public record IdentityTree(
        String typeId,
        int version,
        SortedMap<String, Value> parameters,
        List<ConfigId> inits,
        @Nullable ConfigId producer) {

    /** Copies the collections. */
    public IdentityTree {
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
        inits = List.copyOf(inits);
    }

    /** A value that entered an identifier. */
    public sealed interface Value {}

    /** An optional without a value. */
    public record Absent() implements Value {}

    /**
     * A {@code boolean}.
     *
     * @param value true or false
     */
    public record BooleanValue(boolean value) implements Value {}

    /**
     * A {@code byte}, {@code short}, {@code int} or {@code long}.
     *
     * @param value the number
     */
    public record IntegerValue(long value) implements Value {}

    /**
     * A {@code float} or {@code double}.
     *
     * @param value the number; never −0.0
     */
    public record FloatingValue(double value) implements Value {}

    /**
     * A {@code char}.
     *
     * @param value the character
     */
    public record CharacterValue(char value) implements Value {}

    /**
     * A {@code String}.
     *
     * @param value the text
     */
    public record StringValue(String value) implements Value {}

    /**
     * An enum constant.
     *
     * @param name the constant's name
     */
    public record EnumValue(String name) implements Value {}

    /**
     * A {@code Duration}.
     *
     * @param value the duration
     */
    public record DurationValue(Duration value) implements Value {}

    /**
     * A path outside all job folders and without a named root.
     *
     * @param path absolute, normalized, with slashes
     */
    public record PathValue(String path) implements Value {}

    /**
     * A path inside a job's folder.
     *
     * @param typeId the job's type id
     * @param id the job's identifier
     * @param rest the path below the job's folder, with slashes; empty for the folder itself
     */
    public record JobPathValue(String typeId, ConfigId id, String rest) implements Value {}

    /**
     * A path below a named root.
     *
     * @param root the name of the root
     * @param rest the normalized path below it, with slashes; empty for the root itself
     */
    public record RootedPathValue(String root, String rest) implements Value {}

    /**
     * A file or folder identified by its content.
     *
     * @param digest 32 hexadecimal digits
     */
    public record ContentValue(String digest) implements Value {}

    /**
     * Another configuration.
     *
     * @param id its identifier
     */
    public record IdentifierValue(ConfigId id) implements Value {}

    /**
     * A list.
     *
     * @param elements in their order
     */
    public record ListValue(List<Value> elements) implements Value {
        /** Copies the list. */
        public ListValue {
            elements = List.copyOf(elements);
        }
    }

    /**
     * A set.
     *
     * @param elements in the order of their bytes, which does not count
     */
    public record SetValue(Set<Value> elements) implements Value {
        /** Copies the set, keeping its order. */
        public SetValue {
            elements = Collections.unmodifiableSet(new LinkedHashSet<>(elements));
        }
    }

    /**
     * A map.
     *
     * @param entries in the order of their keys' bytes, which does not count
     */
    public record MapValue(Map<Value, Value> entries) implements Value {
        /** Copies the map, keeping its order. */
        public MapValue {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }
    }
}
