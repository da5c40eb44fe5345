package org.experimaestro.engine.retry;

import java.util.Optional;
import org.experimaestro.RetryCause;
import org.experimaestro.workspace.FailureCause;

/** The table from the causes of failures to those of retry policies. */
public final class FailureKinds {
    private FailureKinds() {}

    /**
     * Returns the cause for which a policy may have a rule.
     *
     * @param cause the cause of a failure
     * @return empty for a failure after which no job is tried again by itself: somebody has cancelled the job, or the next
     *     attempt would fail in the same way
     */
    public static Optional<RetryCause> find(FailureCause cause) {
        return switch (cause) {
            case TIME_LIMIT -> Optional.of(RetryCause.TIME_LIMIT);
            case MEMORY_LIMIT, OUT_OF_NATIVE_MEMORY -> Optional.of(RetryCause.MEMORY_LIMIT);
            case OUT_OF_MEMORY, GC_OVERHEAD, OUT_OF_DIRECT_MEMORY -> Optional.of(RetryCause.HEAP);
            case NODE_FAILURE -> Optional.of(RetryCause.LOST_NODE);
            case PREEMPTED -> Optional.of(RetryCause.PREEMPTED);
            case VANISHED, TOKENS_LOST -> Optional.of(RetryCause.VANISHED);
            case NOT_STARTED -> Optional.of(RetryCause.NOT_STARTED);
            // More memory gives neither threads nor room for classes.
            case EXCEPTION, EXIT, MISSING_PATHS, OUT_OF_THREADS, OUT_OF_METASPACE -> Optional.of(RetryCause.EXCEPTION);
            case CANCELLED, REFUSED, REQUEUED, DEPENDENCY, WRONG_PARAMETERS, WRONG_CODE, CONTINUED -> Optional.empty();
        };
    }
}
