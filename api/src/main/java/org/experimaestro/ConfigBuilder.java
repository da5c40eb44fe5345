package org.experimaestro;

/**
 * A builder of configurations of one type. The annotation processor writes a builder for each type, with a method for
 * each parameter. Confined to one thread.
 *
 * <p>{@snippet :
 * Config<Adam> optimizer = adam().lr(1e-4).build();
 * }
 *
 * @param <T> the configuration's class
 */
public interface ConfigBuilder<T> {

    /**
     * Creates the configuration. Calls the constructor of its class, which may check the values.
     *
     * @return a new handle
     * @throws ConfigException if required parameters are missing or values are not allowed; the message names all of
     *     them, and the line of the plan
     */
    Config<T> build();
}
