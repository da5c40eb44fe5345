package org.experimaestro;

/** A plan or its settings cannot be used: a key that is not known, a class that is not there or does not compile. */
public final class PlanException extends ExperimaestroException {
    private static final long serialVersionUID = 1;

    private PlanException(Builder<PlanException> parts) {
        super(parts);
    }

    /**
     * Begins an exception.
     *
     * @param problem what could not be done, to what, and the value found
     * @return its parts, of which the others may be added
     */
    public static Builder<PlanException> of(String problem) {
        return new Builder<>(PlanException::new, problem);
    }
}
