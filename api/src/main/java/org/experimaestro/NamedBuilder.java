package org.experimaestro;

import org.jspecify.annotations.Nullable;

/**
 * A builder that knows its parameters by name.
 *
 * @param <T> the configuration's class
 */
public interface NamedBuilder<T> extends ConfigBuilder<T> {

    /**
     * Sets a parameter.
     *
     * @param parameter its name
     * @param value the value: numbers that fit exactly, {@link Config} handles for configurations, collections of
     *     them, or a {@link Tagged} value; a list is made of collections that have an order
     * @return this builder
     * @throws ConfigException if there is no such parameter, or the value does not fit
     */
    NamedBuilder<T> set(String parameter, @Nullable Object value);
}
