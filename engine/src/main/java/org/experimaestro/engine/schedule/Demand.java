package org.experimaestro.engine.schedule;

/**
 * How much of a limit a job needs while it runs.
 *
 * @param limit the limit
 * @param amount how much of it, at least 1; who needs more than all runs alone
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
