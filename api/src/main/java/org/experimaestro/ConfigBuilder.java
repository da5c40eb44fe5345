package org.experimaestro;

/**
 * Gathers the parameters of a configuration. The annotation processor writes one for each type, with a method for each
 * parameter. Confined to one thread.
 *
 * @param <T> the configuration's class
 */
public interface ConfigBuilder<T> {

    /**
     * The configuration.
     *
     * @return a new handle
     * @throws ConfigException naming all required parameters that are missing, or the values that are not allowed, with
     *     the line of the plan
     */
    Config<T> build();
}
