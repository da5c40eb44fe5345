package org.experimaestro;

import org.jspecify.annotations.Nullable;

/**
 * A builder that takes parameters by name.
 *
 * <p>{@snippet :
 * Config<Adam> optimizer = Config.builder(Adam.class).set("lr", 1e-4).build();
 * }
 *
 * @param <T> the configuration's class
 */
public interface NamedBuilder<T> extends ConfigBuilder<T> {

    /**
     * Sets a parameter.
     *
     * @param parameter its name
     * @param value the value. A number must fit exactly. A configuration is given by its {@link Config} handle, a
     *     collection of configurations by a collection of handles. Any value may be {@link Tagged}. A list is made
     *     only from a collection that has an order.
     * @return this builder
     * @throws ConfigException if there is no such parameter, or the value does not fit
     */
    NamedBuilder<T> set(String parameter, @Nullable Object value);
}
