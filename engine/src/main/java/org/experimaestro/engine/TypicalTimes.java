package org.experimaestro.engine;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.experimaestro.workspace.JobStatus;

/**
 * The durations that a run expects of its jobs, by the done jobs of their types: those that it found done, and those that
 * have ended in it. Confined to one thread.
 */
final class TypicalTimes {
    private final Map<String, Mean> types = new HashMap<>();
    private final Mean all = new Mean();

    private static final class Mean {
        private long sum;
        private long count;

        void add(long millis) {
            sum += millis;
            count++;
        }

        /** Returns the mean in milliseconds, at least 1. */
        long value() {
            return Math.max(1, sum / count);
        }
    }

    /** Counts the duration of a job that is done, if it is known. */
    void add(String typeId, JobStatus status) {
        if (status instanceof JobStatus.Done) {
            status.duration()
                    .map(Duration::toMillis)
                    .filter(millis -> millis >= 0)
                    .ifPresent(millis -> {
                        types.computeIfAbsent(typeId, type -> new Mean()).add(millis);
                        all.add(millis);
                    });
        }
    }

    /**
     * Returns the expected duration of a job.
     *
     * @return the mean of the type in milliseconds; without a done job of the type, that of all; without any done job, 1,
     *     so that chains are compared by their numbers of jobs
     */
    long expected(String typeId) {
        Mean known = types.getOrDefault(typeId, all);
        return known.count == 0 ? 1 : known.value();
    }
}
