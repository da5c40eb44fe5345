package org.experimaestro.internal.type;

import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.internal.identity.Encoder;
import org.jspecify.annotations.Nullable;

/** The defaults of a type's parameters, bound and encoded once. Thread-safe. */
public final class Defaults {
    private static final byte[] NONE = {};

    private final TypeDescriptor<?> type;
    private @Nullable Object @Nullable [] bound;
    private byte @Nullable [] @Nullable [] encoded;
    private boolean making;

    Defaults(TypeDescriptor<?> type) {
        this.type = type;
    }

    /**
     * The default of a parameter in the form that a node holds.
     *
     * @param index of the parameter
     * @return the value; {@code null} for an absent optional, a generated path, and where there is no default
     */
    public synchronized @Nullable Object bound(int index) {
        if (bound == null) {
            bound = new Object[type.size()];
        }
        Object known = bound[index];
        if (known == null) {
            known = make(index);
            bound[index] = known;
        }
        return known;
    }

    /**
     * The encoding of a default: a value with the same encoding does not count.
     *
     * @param index of the parameter
     * @return the bytes; empty where every value counts
     */
    public synchronized byte[] encoded(int index) {
        if (encoded == null) {
            encoded = new byte[type.size()][];
        }
        byte[] known = encoded[index];
        if (known == null) {
            Parameter parameter = type.parameter(index);
            if (parameter.isDefaultCounted() || !parameter.isOptional()) {
                known = NONE;
            } else {
                Encoder encoder = new Encoder();
                encoder.value(parameter, bound(index));
                known = encoder.toBytes();
            }
            encoded[index] = known;
        }
        return known;
    }

    private @Nullable Object make(int index) {
        Parameter parameter = type.parameter(index);
        Object value = parameter.defaultValue();
        if (parameter.isDefaultFromMethod()) {
            value = called(index);
        }
        return value == null ? null : Binder.bind(type, parameter, value);
    }

    private Config<?> called(int index) {
        if (making) {
            throw new ConfigException("The default of " + type.parameter(index).name() + " of " + type
                    + " contains a configuration with that same default, without end");
        }
        making = true;
        try {
            return type.defaultConfig(index);
        } finally {
            making = false;
        }
    }
}
