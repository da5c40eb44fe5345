package org.experimaestro.generated;

import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.Tagged;
import org.jspecify.annotations.Nullable;

/**
 * The state of a generated builder: the values that were set, and the way to make a configuration from them. Confined
 * to one thread.
 *
 * @param <T> the configuration's class
 */
public interface BuilderState<T> {

    /**
     * Creates a state in which nothing is set.
     *
     * @param type the type to build
     * @param <T> the configuration's class
     * @return a new state
     */
    static <T> BuilderState<T> of(TypeDescriptor<T> type) {
        return BuilderProvider.ofTheModel().state(type);
    }

    /**
     * Creates a state with the parameters and tags of a configuration.
     *
     * @param config the configuration
     * @param <T> its class
     * @return a new state
     * @throws ConfigException if a task makes the configuration, or it is a collection
     */
    static <T> BuilderState<T> from(Config<T> config) {
        return BuilderProvider.ofTheModel().stateFrom(config);
    }

    /**
     * Sets a parameter.
     *
     * @param index of the parameter, in the order of its descriptor
     * @param value the value, or a {@link Tagged} value
     * @throws ConfigException if the value does not fit
     */
    void set(int index, @Nullable Object value);

    /**
     * Creates the configuration.
     *
     * @return a new handle
     * @throws ConfigException if parameters are missing, or values are not allowed
     */
    Config<T> build();
}
