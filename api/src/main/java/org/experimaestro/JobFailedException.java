package org.experimaestro;

import org.jspecify.annotations.Nullable;

/** Jobs of the experiment failed. */
public final class JobFailedException extends ExperimaestroException {
    private static final long serialVersionUID = 1;

    /**
     * An error without a place or advice.
     *
     * @param problem what could not be done, to what, and the value found
     */
    public JobFailedException(String problem) {
        this(problem, null, null, null);
    }

    /**
     * An error with all its parts.
     *
     * @param problem what could not be done, to what, and the value found
     * @param location where the value at fault comes from, as {@code file:line}, or {@code null}
     * @param suggestion what to do, or {@code null}
     * @param cause the underlying failure, or {@code null}
     */
    public JobFailedException(
            String problem, @Nullable String location, @Nullable String suggestion, @Nullable Throwable cause) {
        super(problem, location, suggestion, cause);
    }
}
