package org.experimaestro;

/** An error in a plan or its settings: an unknown key, a class that is missing or does not compile. */
public final class PlanException extends ExperimaestroException {
    private static final long serialVersionUID = 1;

    private PlanException(Builder<PlanException> parts) {
        super(parts);
    }

    /**
     * Begins an exception.
     *
     * @param problem the action that failed, its object, and the value found
     * @return a builder, to which the other parts may be added
     */
    public static Builder<PlanException> of(String problem) {
        return new Builder<>(PlanException::new, problem);
    }
}
