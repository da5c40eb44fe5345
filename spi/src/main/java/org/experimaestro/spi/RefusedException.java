package org.experimaestro.spi;

/** A batch system has said no, or something that is not understood. To ask again would bring the same answer. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean unclear;

    /**
     * Refused.
     *
     * @param problem what was refused, and the system's own words
     */
    public RefusedException(String problem) {
        this(problem, false);
    }

    private RefusedException(String problem, boolean unclear) {
        super(problem);
        this.unclear = unclear;
    }

    /**
     * An answer that is not understood: the system may have taken the jobs.
     *
     * @param problem what was asked for, the system's own words, and what to do
     * @return the exception
     */
    public static RefusedException unclear(String problem) {
        return new RefusedException(problem, true);
    }

    /**
     * Whether the system may have taken the jobs all the same, so that none of them may be submitted again, not even in
     * another way.
     *
     * @return false if the system has none of the jobs
     */
    public boolean isUnclear() {
        return unclear;
    }
}
