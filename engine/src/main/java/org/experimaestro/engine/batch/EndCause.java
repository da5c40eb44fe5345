package org.experimaestro.engine.batch;

import org.experimaestro.spi.BatchStatus;
import org.experimaestro.workspace.FailureCause;

/** What the end of a job in a batch system means for an attempt that has not told its own. */
final class EndCause {
    private EndCause() {}

    /**
     * The cause.
     *
     * @param end how the job ended there
     * @param begun whether its process has begun
     */
    static FailureCause of(BatchStatus.End end, boolean begun) {
        return switch (end) {
            case COMPLETED, FAILED -> begun ? FailureCause.VANISHED : FailureCause.NOT_STARTED;
            case TIME_LIMIT -> FailureCause.TIME_LIMIT;
            case MEMORY_LIMIT -> FailureCause.MEMORY_LIMIT;
            case NODE_FAILURE -> FailureCause.NODE_FAILURE;
            case PREEMPTED -> FailureCause.PREEMPTED;
            case CANCELLED -> FailureCause.CANCELLED;
            case REFUSED -> FailureCause.REFUSED;
        };
    }
}
