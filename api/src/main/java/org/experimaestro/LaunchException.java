package org.experimaestro;

/** A job cannot be started the way it was asked for. */
public final class LaunchException extends ExperimaestroException {
    private static final long serialVersionUID = 1;

    private LaunchException(Builder<LaunchException> parts) {
        super(parts);
    }

    /**
     * Begins an exception.
     *
     * @param problem what could not be done, to what, and the value found
     * @return its parts, of which the others may be added
     */
    public static Builder<LaunchException> of(String problem) {
        return new Builder<>(LaunchException::new, problem);
    }
}
