package org.experimaestro.requirement;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is wrong at one place of a text. It ends the reading of the part that the place is in, and never leaves the room. */
final class SyntaxProblem extends Exception {
    private static final long serialVersionUID = 1;

    private final int position;
    private final String problem;
    private final @Nullable String advice;

    /**
     * A problem.
     *
     * @param position the index of the first character at fault; the text's length for its end
     * @param problem what was found and what was expected
     * @param advice what to do, or {@code null}
     */
    SyntaxProblem(int position, String problem, @Nullable String advice) {
        // Without a stack trace: the place in the text is what counts.
        super(problem, null, false, false);
        this.position = position;
        this.problem = problem;
        this.advice = advice;
    }

    /** A name that is none of those known here; maybe another one was meant. */
    static SyntaxProblem unknown(int position, String found, String expected, Optional<String> advice) {
        return new SyntaxProblem(position, "found " + found + ", expected " + expected, advice.orElse(null));
    }

    /** A value that was refused, at a place. */
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

    /** Problem and advice as one sentence. */
    String sentence() {
        return advice == null ? problem : problem + "; " + advice;
    }
}
