package org.experimaestro;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that the user asked for could not be done.
 *
 * <p>The message says what could not be done and to what, which value was found, and what to do. Its parts are also
 * there as data, so that a web page or a terminal can lay them out.
 */
public abstract sealed class ExperimaestroException extends RuntimeException
        permits ConfigException, PlanException, LaunchException, WorkspaceException, JobFailedException {
    private static final long serialVersionUID = 1;

    private final @Nullable String location;
    private final @Nullable String suggestion;

    ExperimaestroException(
            String problem, @Nullable String location, @Nullable String suggestion, @Nullable Throwable cause) {
        super(compose(problem, location, suggestion), cause);
        this.location = location;
        this.suggestion = suggestion;
    }

    /**
     * Where the value at fault comes from: {@code debug.yaml:4}, {@code Plan.java:12}, or a folder.
     *
     * @return the place, empty where none is known
     */
    public Optional<String> location() {
        return Optional.ofNullable(location);
    }

    /**
     * What the user can do about it.
     *
     * @return one sentence, empty where there is no advice
     */
    public Optional<String> suggestion() {
        return Optional.ofNullable(suggestion);
    }

    private static String compose(String problem, @Nullable String location, @Nullable String suggestion) {
        var text = new StringBuilder();
        if (location != null) {
            text.append(location).append(": ");
        }
        text.append(problem);
        if (suggestion != null) {
            text.append(endsSentence(problem) ? " " : "; ").append(suggestion);
        }
        return text.toString();
    }

    private static boolean endsSentence(String text) {
        return text.endsWith(".") || text.endsWith("?") || text.endsWith("!") || text.endsWith("\n");
    }
}
