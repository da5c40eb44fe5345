package org.experimaestro.spi;

import org.jspecify.annotations.Nullable;

/** A host or a batch system does not answer now. It may later: the caller asks again, unless it {@link #isPermanent}. */
public final class UnreachableException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean permanent;

    /**
     * Not reachable now.
     *
     * @param problem what does not answer, and what it said
     */
    public UnreachableException(String problem) {
        this(problem, null);
    }

    /**
     * Not reachable now.
     *
     * @param problem what does not answer, and what it said
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
     * Not reachable until somebody changes something: the login was refused, or the host is not the one that is known.
     *
     * @param problem what does not answer, what it said, and what to do
     * @return the exception
     */
    public static UnreachableException permanent(String problem) {
        return new UnreachableException(problem, null, true);
    }

    /**
     * Whether to ask again is useless, and may do harm.
     *
     * @return true if a person has to do something first
     */
    public boolean isPermanent() {
        return permanent;
    }
}
