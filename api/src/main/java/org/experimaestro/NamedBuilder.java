package org.experimaestro;

import org.experimaestro.internal.Assembly;
import org.jspecify.annotations.Nullable;

/**
 * A builder that knows its parameters by name.
 *
 * @param <T> the configuration's class
 */
public final class NamedBuilder<T> implements ConfigBuilder<T> {
    private final Assembly<T> assembly;

    NamedBuilder(Assembly<T> assembly) {
        this.assembly = assembly;
    }

    /**
     * Sets a parameter.
     *
     * @param parameter its name
     * @param value the value: numbers that fit exactly, {@link Config} handles for configurations, collections of
     *     them, or a {@link Tagged} value; a list is made of collections that have an order
     * @return this builder
     * @throws ConfigException if there is no such parameter, or the value does not fit
     */
    public NamedBuilder<T> set(String parameter, @Nullable Object value) {
        assembly.set(assembly.index(parameter), value);
        return this;
    }

    @Override
    public Config<T> build() {
        return assembly.build();
    }
}
