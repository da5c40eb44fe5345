package org.experimaestro.engine.batch;

import java.util.Optional;
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.workspace.BatchReport;
import org.experimaestro.workspace.FailureCause;
import org.jspecify.annotations.Nullable;

/** The meaning of a batch system's status for the job. */
final class EndCause {
    private EndCause() {}

    /**
     * Returns the status in the terms of a workspace.
     *
     * @param told the status from the batch system; {@code null} if the system does not know the job
     */
    static BatchReport report(@Nullable BatchStatus told) {
        if (told == null) {
            return new BatchReport.Unknown();
        }
        if (told.stuck()) {
            return new BatchReport.Stuck();
        }
        return told.end().isEmpty()
                ? new BatchReport.Present()
                : new BatchReport.Finished(of(told.end().get()), told.exitCode());
    }

    /** Returns the cause for which the batch system ended a job; empty if the job's process ended by itself. */
    private static Optional<FailureCause> of(BatchStatus.End end) {
        return switch (end) {
            case COMPLETED, FAILED -> Optional.empty();
            case TIME_LIMIT -> Optional.of(FailureCause.TIME_LIMIT);
            case MEMORY_LIMIT -> Optional.of(FailureCause.MEMORY_LIMIT);
            case NODE_FAILURE -> Optional.of(FailureCause.NODE_FAILURE);
            case PREEMPTED -> Optional.of(FailureCause.PREEMPTED);
            case CANCELLED -> Optional.of(FailureCause.CANCELLED);
            case REFUSED -> Optional.of(FailureCause.REFUSED);
        };
    }
}
