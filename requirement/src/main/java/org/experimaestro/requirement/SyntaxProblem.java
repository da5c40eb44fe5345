package org.experimaestro.requirement;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A problem at one place of a text. It ends the reading of the part with this place, and never leaves the module. */
final class SyntaxProblem extends Exception {
    private static final long serialVersionUID = 1;

    private final int position;
    private final String problem;
    private final @Nullable String advice;

    /**
     * Creates a problem.
     *
     * @param position the index of the first character at fault; the text's length for its end
     * @param problem the text found and the text expected
     * @param advice the user's next step, or {@code null}
     */
    SyntaxProblem(int position, String problem, @Nullable String advice) {
        // The exception has no stack trace, because the place in the text is enough.
        super(problem, null, false, false);
        this.position = position;
        this.problem = problem;
        this.advice = advice;
    }

    /** Returns the problem of an unknown name, with advice if another name was probably meant. */
    static SyntaxProblem unknown(int position, String found, String expected, Optional<String> advice) {
        return new SyntaxProblem(position, "found " + found + ", expected " + expected, advice.orElse(null));
    }

    /** Returns the problem of a refused value, at its place. */
    static SyntaxProblem refused(int position, IllegalArgumentException refusal) {
        return new SyntaxProblem(position, String.valueOf(refusal.getMessage()), null);
    }

    int position() {
        return position;
    }

    String problem() {
        return problem;
    }

    @Nullable
    String advice() {
        return advice;
    }

    /** Returns problem and advice as one sentence. */
    String sentence() {
        return advice == null ? problem : problem + "; " + advice;
    }
}
