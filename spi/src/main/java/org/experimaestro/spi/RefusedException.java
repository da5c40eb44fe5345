package org.experimaestro.spi;

/** A batch system has said no. To ask again would bring the same answer. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    /**
     * Refused.
     *
     * @param problem what was refused, and the system's own words
     */
    public RefusedException(String problem) {
        super(problem);
    }
}
