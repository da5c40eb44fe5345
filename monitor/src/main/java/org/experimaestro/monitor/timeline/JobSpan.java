package org.experimaestro.monitor.timeline;

import java.time.Instant;
import java.util.Optional;
import org.experimaestro.workspace.JobState;
import org.jspecify.annotations.Nullable;

/**
 * One turn of a job: the time that it waited for a place, and the time that it ran. Immutable.
 *
 * @param job the job's name
 * @param attempt the number of the attempt; 0 if it is not known
 * @param ready the time since which it could have run; {@code null} if that is not known
 * @param from the start
 * @param to the end; {@code null} while it runs
 * @param state the state at the end, which a later turn does not change; {@code null} while it runs, or if no file says it
 */
public record JobSpan(
        String job,
        int attempt,
        @Nullable Instant ready,
        Instant from,
        @Nullable Instant to,
        @Nullable JobState state) {
    /**
     * Returns the end.
     *
     * @return empty while the job runs
     */
    public Optional<Instant> end() {
        return Optional.ofNullable(to);
    }

    /**
     * Returns the begin of the wait.
     *
     * @return empty if it is not known
     */
    public Optional<Instant> queued() {
        return Optional.ofNullable(ready);
    }

    /**
     * Returns the same turn with an end.
     *
     * @param end the time of the end
     * @param then the state then
     * @return a new value
     */
    public JobSpan ended(Instant end, JobState then) {
        return new JobSpan(job, attempt, ready, from, end, then);
    }
}
