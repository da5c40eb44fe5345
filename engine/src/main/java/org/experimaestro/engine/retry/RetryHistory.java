package org.experimaestro.engine.retry;

import java.util.Collections;
import java.util.List;
import org.experimaestro.RetryCause;

/**
 * The attempts at a job that have failed and count for its retries. Immutable.
 *
 * @param attempt the number of the last attempt, from 1
 * @param before the causes of the counted attempts before the last one, in their order; others are left out
 * @param last the cause of the last attempt
 */
public record RetryHistory(int attempt, List<RetryCause> before, RetryCause last) {

    /** Copies the list. */
    public RetryHistory {
        before = List.copyOf(before);
    }

    /** Returns how many attempts before the last one failed for the same cause, so that each led to a retry. */
    int retriesForCause() {
        return Collections.frequency(before, last);
    }

    /** Returns how many attempts before the last one were executions. */
    int executionsBefore() {
        return (int) before.stream().filter(RetryCause::isExecution).count();
    }
}
