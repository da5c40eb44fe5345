package org.experimaestro.cli.experiment;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.monitor.forecast.WorkLeft;

/**
 * An estimate of the time that a run still takes, from the mean time of the jobs of each type that have ended in it. It
 * is known only if a job of each remaining type has ended. Not thread-safe.
 */
final class TimeLeft {
    private final Map<String, Integer> open = new HashMap<>();
    private final Map<String, Mean> means = new HashMap<>();

    private record Mean(int count, long sumNanos) {
        Mean plus(long nanos) {
            return new Mean(count + 1, sumNanos + nanos);
        }

        long nanos() {
            return sumNanos / count;
        }
    }

    /** A job that runs. */
    record Elapsed(String typeId, long elapsedNanos) {}

    /** Adds a job that has not ended, also one that ended and is tried again. */
    void opened(String typeId) {
        open.merge(typeId, 1, Integer::sum);
    }

    /** Removes a job that has ended. */
    void ended(String typeId) {
        open.computeIfPresent(typeId, (type, count) -> count > 1 ? count - 1 : null);
    }

    /** Adds the time of a job that this run has started, and that is done. */
    void took(String typeId, long nanos) {
        means.merge(typeId, new Mean(1, nanos), (mean, first) -> mean.plus(nanos));
    }

    /**
     * Estimates the time, if as many jobs go on running as now.
     *
     * @param running the jobs that run now
     * @return empty if no job runs, if the time of a type is not known yet, or if the jobs take longer than their mean
     */
    Optional<Duration> estimate(Collection<Elapsed> running) {
        if (running.isEmpty()) {
            return Optional.empty();
        }
        long work = 0;
        for (Map.Entry<String, Integer> type : open.entrySet()) {
            Mean mean = means.get(type.getKey());
            if (mean == null) {
                return Optional.empty();
            }
            work += type.getValue() * mean.nanos();
        }
        long longest = 0;
        for (Elapsed job : running) {
            Mean mean = means.get(job.typeId());
            if (mean == null) {
                return Optional.empty();
            }
            work -= Math.min(mean.nanos(), job.elapsedNanos());
            longest = Math.max(longest, mean.nanos() - job.elapsedNanos());
        }
        return WorkLeft.estimate(work, longest, running.size());
    }
}
