package org.experimaestro.requirement;

import org.jspecify.annotations.Nullable;

/** An error in the text of a requirement. The message shows all problems with their places in the text. */
public final class RequirementSyntaxException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final @Nullable String advice;

    RequirementSyntaxException(String problems, @Nullable String advice) {
        super(problems);
        this.advice = advice;
    }

    /**
     * Returns the advice for the last problem.
     *
     * @return one sentence, or {@code null} if there is no advice
     */
    public @Nullable String advice() {
        return advice;
    }
}
