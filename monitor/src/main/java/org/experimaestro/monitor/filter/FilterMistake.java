package org.experimaestro.monitor.filter;

import java.util.List;
import java.util.Optional;
import org.experimaestro.WorkspaceException;
import org.jspecify.annotations.Nullable;

/**
 * A mistake in the text of a filter, with its place. It is the cause of the {@link WorkspaceException} that the mistake
 * leads to, for callers that show the place in their own way. Immutable.
 */
public final class FilterMistake extends Exception {
    private static final long serialVersionUID = 1;

    private final String text;
    private final int at;
    private final int length;
    private final @Nullable String advice;
    private final transient List<String> near;

    /**
     * Creates a mistake.
     *
     * @param problem the action that failed and the reason, in one line
     * @param place the place of the mistake
     * @param advice the action that a person can take; {@code null} if there is none
     * @param near the near names, the nearest first; empty if none is near
     */
    FilterMistake(String problem, FilterText.Place place, @Nullable String advice, List<String> near) {
        super(problem, null, false, false);
        this.text = place.text();
        this.at = place.position();
        this.length = place.length();
        this.advice = advice;
        this.near = List.copyOf(near);
    }

    /**
     * Finds the mistake that an exception is about.
     *
     * @param exception an exception of this package
     * @return the mistake; empty if the exception has another reason, such as an experiment that does not exist
     */
    public static Optional<FilterMistake> find(WorkspaceException exception) {
        return exception.getCause() instanceof FilterMistake mistake ? Optional.of(mistake) : Optional.empty();
    }

    /**
     * Returns the problem without its place.
     *
     * @return the action that failed and the reason, in one line
     */
    public String problem() {
        return String.valueOf(getMessage());
    }

    /**
     * Returns the text with the mistake.
     *
     * @return the text of the user, or that of a named filter
     */
    public String text() {
        return text;
    }

    /**
     * Returns the index of the first wrong character.
     *
     * @return the index in {@link #text}; its length for a mistake at the end
     */
    public int at() {
        return at;
    }

    /**
     * Returns the number of wrong characters.
     *
     * @return the length of the word at the place; 0 at the end
     */
    public int length() {
        return length;
    }

    /**
     * Returns the advice.
     *
     * @return the action that a person can take; empty if there is none
     */
    public Optional<String> advice() {
        return Optional.ofNullable(advice);
    }

    /**
     * Returns the near names.
     *
     * @return the names that were probably meant, the nearest first; empty if none is near
     */
    public List<String> near() {
        return near;
    }
}
