package org.experimaestro;

/** A configuration is wrong: a parameter is missing, has a value that is not allowed, or cannot be read back. */
public final class ConfigException extends ExperimaestroException {
    private static final long serialVersionUID = 1;

    private ConfigException(Builder<ConfigException> parts) {
        super(parts);
    }

    /**
     * Begins an exception.
     *
     * @param problem what could not be done, to what, and the value found
     * @return its parts, of which the others may be added
     */
    public static Builder<ConfigException> of(String problem) {
        return new Builder<>(ConfigException::new, problem);
    }
}
