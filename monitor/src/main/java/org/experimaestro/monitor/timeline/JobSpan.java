package org.experimaestro.monitor.timeline;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One turn of a job: the time that it waited for a place, and the time that it ran. Immutable.
 *
 * @param job the job's name
 * @param ready the time since which it could have run; {@code null} if that is not known
 * @param from the start
 * @param to the end; {@code null} while it runs
 */
public record JobSpan(
        String job,
        @Nullable Instant ready,
        Instant from,
        @Nullable Instant to) {
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
}
