package org.experimaestro;

/** An error in a request to a launcher: a job cannot be started in the requested way. */
public final class LaunchException extends ExperimaestroException {
    private static final long serialVersionUID = 1;

    private LaunchException(Builder<LaunchException> parts) {
        super(parts);
    }

    /**
     * Begins an exception.
     *
     * @param problem the action that failed, its object, and the value found
     * @return a builder, to which the other parts may be added
     */
    public static Builder<LaunchException> of(String problem) {
        return new Builder<>(LaunchException::new, problem);
    }
}
