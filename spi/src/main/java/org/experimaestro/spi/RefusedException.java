package org.experimaestro.spi;

/**
 * An answer of a batch system that refuses a request, or is not understood. Repeating the request would bring the
 * same answer.
 */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean unclear;

    /**
     * Creates a refusal.
     *
     * @param problem the refused request, and the system's own message
     */
    public RefusedException(String problem) {
        this(problem, false);
    }

    private RefusedException(String problem, boolean unclear) {
        super(problem);
        this.unclear = unclear;
    }

    /**
     * Creates the exception for an answer that is not understood: the system may have accepted the jobs.
     *
     * @param problem the request, the system's own message, and the user's next step
     * @return the exception
     */
    public static RefusedException unclear(String problem) {
        return new RefusedException(problem, true);
    }

    /**
     * Returns whether the system may have accepted the jobs nevertheless. Then none of them may be submitted again,
     * not even in another way.
     *
     * @return false if the system has none of the jobs
     */
    public boolean isUnclear() {
        return unclear;
    }
}
