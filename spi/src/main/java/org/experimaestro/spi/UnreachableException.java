package org.experimaestro.spi;

import org.jspecify.annotations.Nullable;

/** A host or a batch system does not answer now. It may later: whoever asked asks again. */
public final class UnreachableException extends Exception {
    private static final long serialVersionUID = 1;

    /**
     * Not reachable.
     *
     * @param problem what does not answer, and what it said
     */
    public UnreachableException(String problem) {
        this(problem, null);
    }

    /**
     * Not reachable.
     *
     * @param problem what does not answer, and what it said
     * @param cause the underlying failure, or {@code null}
     */
    public UnreachableException(String problem, @Nullable Throwable cause) {
        super(problem, cause);
    }
}
