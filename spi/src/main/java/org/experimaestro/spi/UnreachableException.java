package org.experimaestro.spi;

import org.jspecify.annotations.Nullable;

/**
 * A failure to reach a host or a batch system. It may be temporary: the caller tries again, unless it {@link
 * #isPermanent}.
 */
public final class UnreachableException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean permanent;

    /**
     * Creates a temporary failure.
     *
     * @param problem the host or system that does not answer, and its message
     */
    public UnreachableException(String problem) {
        this(problem, null);
    }

    /**
     * Creates a temporary failure.
     *
     * @param problem the host or system that does not answer, and its message
     * @param cause the underlying failure, or {@code null}
     */
    public UnreachableException(String problem, @Nullable Throwable cause) {
        this(problem, cause, false);
    }

    private UnreachableException(String problem, @Nullable Throwable cause, boolean permanent) {
        super(problem, cause);
        this.permanent = permanent;
    }

    /**
     * Creates a failure that lasts until a person changes something: for example, the login was refused, or the
     * host's key is not the known key.
     *
     * @param problem the host or system that does not answer, its message, and the user's next step
     * @return the exception
     */
    public static UnreachableException permanent(String problem) {
        return new UnreachableException(problem, null, true);
    }

    /**
     * Returns whether trying again is useless, and may do harm.
     *
     * @return true if a person has to do something first
     */
    public boolean isPermanent() {
        return permanent;
    }
}
