package org.experimaestro;

/** An error in a configuration: a parameter is missing, has a value that is not allowed, or cannot be read back. */
public final class ConfigException extends ExperimaestroException {
    private static final long serialVersionUID = 1;

    private ConfigException(Builder<ConfigException> parts) {
        super(parts);
    }

    /**
     * Begins an exception.
     *
     * @param problem the action that failed, its object, and the value found
     * @return a builder, to which the other parts may be added
     */
    public static Builder<ConfigException> of(String problem) {
        return new Builder<>(ConfigException::new, problem);
    }
}
