package org.experimaestro.model.type;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.generated.Parameter;
import org.experimaestro.generated.TypeDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * The defaults of a type's parameters, bound and encoded once. Defaults with a relative path are bound once for each
 * plan's folder. Thread-safe.
 */
public final class Defaults {
    private static final byte[] NONE = {};
    private static final Map<TypeDescriptor<?>, Defaults> KNOWN = new ConcurrentHashMap<>();

    /**
     * The defaults of types that another loader than ours has defined, by their descriptors. They are kept by the type alone,
     * which can be thrown away with its loader. In a job's process all classes have one loader, and this is not loaded.
     */
    private static final class OfOtherLoaders {
        static final ClassValue<Map<TypeDescriptor<?>, Defaults>> KNOWN = new ClassValue<>() {
            @Override
            protected Map<TypeDescriptor<?>, Defaults> computeValue(Class<?> javaClass) {
                return new ConcurrentHashMap<>(2);
            }
        };

        private OfOtherLoaders() {}
    }

    private final TypeDescriptor<?> type;
    private final @Nullable Known[] todays;
    private final @Nullable Known[] firsts;
    private final AtomicReferenceArray<byte[]> encoded;
    private boolean making;

    private Defaults(TypeDescriptor<?> type) {
        int size = type.size();
        this.type = type;
        this.todays = new Known[size];
        this.firsts = new Known[size];
        this.encoded = new AtomicReferenceArray<>(size);
    }

    /**
     * Returns the defaults of a type.
     *
     * @param type the type
     * @return always the same for one descriptor
     */
    public static Defaults of(TypeDescriptor<?> type) {
        Class<?> javaClass = type.javaClass();
        Map<TypeDescriptor<?>, Defaults> ofLoader =
                Objects.equals(javaClass.getClassLoader(), Defaults.class.getClassLoader())
                        ? KNOWN
                        : OfOtherLoaders.KNOWN.get(javaClass);
        Defaults known = ofLoader.get(type);
        if (known == null) {
            Defaults made = new Defaults(type);
            known = ofLoader.putIfAbsent(type, made);
            known = known == null ? made : known;
        }
        return known;
    }

    /** A bound default, with the folder that its paths start from if it has relative paths. */
    private static final class Known {
        private final @Nullable Object value;
        private final @Nullable Path folder;

        Known(@Nullable Object value, @Nullable Path folder) {
            this.value = value;
            this.folder = folder;
        }

        boolean holds() {
            return folder == null || folder.equals(PlanFolder.current());
        }
    }

    /**
     * Returns the default of a parameter as a bound value.
     *
     * @param index of the parameter
     * @return the value; {@code null} for an absent optional, a generated path, and a parameter without a default
     */
    public @Nullable Object bound(int index) {
        return quickToday(index).value;
    }

    /**
     * Returns whether the default of a parameter contains a relative path, at any depth.
     *
     * @param index of the parameter
     * @return true if the value differs in another plan's folder
     */
    public boolean startsFromPlanFolder(int index) {
        return quickToday(index).folder != null;
    }

    /**
     * Returns the first default of a parameter as a bound value.
     *
     * @param index of the parameter
     * @return the value; {@code null} for an absent optional
     */
    public synchronized @Nullable Object first(int index) {
        return knownFirst(index).value;
    }

    /**
     * Returns whether a value of a parameter, its first default, does not count in the identifier.
     *
     * @return false if there is no first default, or all values count
     */
    public boolean isFirstLeftOut(int index) {
        return type.parameter(index).isCounted() && encoded(index).length > 0;
    }

    /**
     * Returns the encoding of a first default: a value with the same encoding does not count.
     *
     * @param index of the parameter
     * @return the bytes; empty if every value counts
     */
    public byte[] encoded(int index) {
        byte[] known = encoded.get(index);
        return known == null ? makeEncoded(index) : known;
    }

    private synchronized byte[] makeEncoded(int index) {
        byte[] made = encode(index);
        encoded.set(index, made);
        return made;
    }

    private byte[] encode(int index) {
        Parameter parameter = type.parameter(index);
        if (parameter.isDefaultCounted() || !parameter.isOptional()) {
            return NONE;
        }
        // A value that differs for each plan cannot be left out, because a job has no plan's folder to find its files
        // in.
        Known first;
        try {
            first = knownFirst(index);
        } catch (ConfigException failed) {
            if (PlanFolder.isMarked(failed)) {
                return NONE;
            }
            throw failed;
        }
        if (first.folder != null) {
            return NONE;
        }
        Encoder encoder = new Encoder();
        encoder.value(parameter, first.value);
        return encoder.toBytes();
    }

    /** Returns today's default without the lock, if it is known: all fields of what is known are final. */
    private Known quickToday(int index) {
        Known known = todays[index];
        return known != null && known.holds() ? known : lockedToday(index);
    }

    private synchronized Known lockedToday(int index) {
        return today(index);
    }

    private Known today(int index) {
        Known known = todays[index];
        if (known == null || !known.holds()) {
            Parameter parameter = type.parameter(index);
            known = bind(parameter, parameter.isDefaultFromMethod() ? called(index, false) : parameter.defaultValue());
            todays[index] = known;
        }
        return known;
    }

    private Known knownFirst(int index) {
        Parameter parameter = type.parameter(index);
        if (!parameter.hasFirstDefault()) {
            return today(index);
        }
        Known known = firsts[index];
        if (known == null || !known.holds()) {
            known = bind(
                    parameter, parameter.isFirstDefaultFromMethod() ? called(index, true) : parameter.firstDefault());
            firsts[index] = known;
        }
        return known;
    }

    private Known bind(Parameter parameter, @Nullable Object value) {
        Path folder = PlanFolder.isStartOf(value) ? PlanFolder.current() : null;
        return new Known(value == null ? null : Binder.bind(type, parameter, value), folder);
    }

    private Config<?> called(int index, boolean first) {
        if (making) {
            throw ConfigException.of("The default of " + type.parameter(index).name() + " of " + type
                            + " contains a configuration with that same default, without end")
                    .build();
        }
        making = true;
        try {
            return first ? type.firstDefaultConfig(index) : type.defaultConfig(index);
        } finally {
            making = false;
        }
    }
}
