package org.experimaestro.engine;

/**
 * The number of failed jobs after which a run starts no more jobs. A job that is tried again has not failed yet.
 *
 * @param most the number, at least 1
 * @param option the option by which the user has given it, for messages, such as {@code --fail-fast}
 */
public record FailureLimit(long most, String option) {
    /** The limit that no run reaches: all jobs are started that can be. */
    public static final FailureLimit NONE = new FailureLimit(Long.MAX_VALUE, "");

    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public FailureLimit {
        if (most < 1) {
            throw new IllegalArgumentException("A run ends after 1 failed job or more, not " + most);
        }
    }
}
