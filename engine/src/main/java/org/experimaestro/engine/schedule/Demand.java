package org.experimaestro.engine.schedule;

/**
 * The amount of a limit that a job needs while it runs.
 *
 * @param limit the limit
 * @param amount the amount, at least 1; a job that needs more than the limit's size waits until all of it is free
 */
public record Demand(Limit limit, long amount) {
    /**
     * Checks the amount.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Demand {
        if (amount < 1) {
            throw new IllegalArgumentException("A job needs at least 1 of " + limit + ", not " + amount);
        }
    }
}
