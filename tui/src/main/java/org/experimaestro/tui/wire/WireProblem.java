package org.experimaestro.tui.wire;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A question that was not answered.
 *
 * @param error what could not be done, and why
 * @param advice the action that a person can take
 * @param at the place of a mistake in a filter
 * @param length its length
 * @param near near names
 */
public record WireProblem(
        String error, Optional<String> advice, OptionalInt at, OptionalInt length, List<String> near) {
    /**
     * Creates a problem without advice.
     *
     * @param error what could not be done, and why
     * @return the problem
     */
    public static WireProblem of(String error) {
        return new WireProblem(error, Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), List.of());
    }

    /** Returns the problem with its advice, as one sentence. */
    public String text() {
        return error + advice.map(words -> "; " + words).orElse("");
    }
}
