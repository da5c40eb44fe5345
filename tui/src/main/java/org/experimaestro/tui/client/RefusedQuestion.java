package org.experimaestro.tui.client;

import org.experimaestro.tui.wire.WireProblem;

/** A question that the workspace does not answer. */
public final class RefusedQuestion extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient WireProblem problem;

    /**
     * Creates an exception.
     *
     * @param problem what could not be done, and why
     */
    public RefusedQuestion(WireProblem problem) {
        super(problem.text(), null, false, false);
        this.problem = problem;
    }

    /** Returns what could not be done, and why. */
    public WireProblem problem() {
        return problem;
    }
}
