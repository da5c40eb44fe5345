package org.experimaestro;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An error in the user's request: an action could not be completed.
 *
 * <p>The message has the action and its object, the value found, and advice. Its parts are also available as data,
 * so that a web page or a terminal can lay them out.
 */
public abstract sealed class ExperimaestroException extends RuntimeException
        permits ConfigException, PlanException, LaunchException, WorkspaceException {
    private static final long serialVersionUID = 1;

    private final @Nullable String location;
    private final @Nullable String advice;

    ExperimaestroException(Builder<?> parts) {
        super(parts.message(), parts.cause);
        this.location = parts.location;
        this.advice = parts.advice;
    }

    /**
     * A builder of exceptions. All exceptions of Experimaestro are made with it:
     * <pre>{@code
     * throw PlanException.of("Cannot read the metric \"loss\" of " + job + ": it has none")
     *         .at("Plan.java:12")
     *         .advice("measure it in the task")
     *         .build();
     * }</pre>
     *
     * <p>Confined to one thread.
     *
     * @param <E> the exception
     */
    public static final class Builder<E extends ExperimaestroException> {
        private final Function<Builder<E>, E> constructor;
        private final String problem;
        private @Nullable String location;
        private @Nullable String advice;
        private @Nullable Throwable cause;

        Builder(Function<Builder<E>, E> constructor, String problem) {
            this.constructor = constructor;
            this.problem = problem;
        }

        /**
         * Sets the place that the value at fault comes from.
         *
         * @param place such as {@code file:line}, or a folder; {@code null} if unknown
         * @return this
         */
        public Builder<E> at(@Nullable String place) {
            location = place;
            return this;
        }

        /**
         * Sets the advice: the user's next step.
         *
         * @param text one sentence, or {@code null}
         * @return this
         */
        public Builder<E> advice(@Nullable String text) {
            advice = text;
            return this;
        }

        /**
         * Sets the cause.
         *
         * @param failure the failure, or {@code null}
         * @return this
         */
        public Builder<E> cause(@Nullable Throwable failure) {
            cause = failure;
            return this;
        }

        /**
         * Creates the exception, with the stack of this call.
         *
         * @return a new exception
         */
        public E build() {
            return constructor.apply(this);
        }

        private String message() {
            var text = new StringBuilder();
            if (location != null) {
                text.append(location).append(": ");
            }
            text.append(problem);
            if (advice != null) {
                text.append(endsSentence(problem) ? " " : "; ").append(advice);
            }
            return text.toString();
        }

        private static boolean endsSentence(String text) {
            return text.endsWith(".") || text.endsWith("?") || text.endsWith("!") || text.endsWith("\n");
        }
    }

    /**
     * Returns the place that the value at fault comes from: {@code debug.yaml:4}, {@code Plan.java:12}, or a folder.
     *
     * @return the place, empty if unknown
     */
    public Optional<String> location() {
        return Optional.ofNullable(location);
    }

    /**
     * Returns the advice: the user's next step.
     *
     * @return one sentence, empty if there is no advice
     */
    public Optional<String> advice() {
        return Optional.ofNullable(advice);
    }
}
