package org.experimaestro.workspace;

import org.experimaestro.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** The rules that choose the cause of an attempt's failure among its markers and the request to end its process. */
final class AttemptEnd {
    private AttemptEnd() {}

    /**
     * Returns the marker that has the cause. The process knows best, except that one that is asked to end may not know
     * why: then the batch system's cause is better.
     *
     * @param failure the marker of the process; {@code null} if there is none
     * @param end the marker of the batch system's word; {@code null} if there is none
     * @return one of the two; {@code null} if there is none
     */
    static @Nullable JsonObject told(@Nullable JsonObject failure, @Nullable JsonObject end) {
        if (failure == null || end == null) {
            return failure == null ? end : failure;
        }
        boolean knowsBetter = failure.string("cause").equals(FailureCause.CANCELLED.name())
                && !end.string("cause").equals(FailureCause.VANISHED.name());
        return knowsBetter ? end : failure;
    }

    /**
     * Returns the cause of the end of a process that has left no marker.
     *
     * @param stop the record of the request to end it; {@code null} if there is none
     */
    static FailureCause silent(@Nullable JsonObject stop) {
        return stop == null ? FailureCause.VANISHED : FailureCause.of(stop);
    }
}
