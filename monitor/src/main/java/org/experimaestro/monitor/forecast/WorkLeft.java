package org.experimaestro.monitor.forecast;

import java.time.Duration;
import java.util.Optional;

/**
 * The rule for the time that some work takes at a number of places. No schedule is shorter than the longest chain of
 * jobs, nor than the sum of all jobs divided by the places; one that leaves no place empty is not longer than both
 * together (R. L. Graham, Bounds on multiprocessing timing anomalies, 1969). The larger of the two is the estimate.
 */
public final class WorkLeft {
    private WorkLeft() {}

    /**
     * Estimates the time.
     *
     * @param sumNanos the time of all jobs that are left, one after the other
     * @param chainNanos the time of the longest chain of jobs that wait for each other
     * @param places the number of jobs that run at once, at least 1
     * @return empty if the jobs take longer than expected, so that nothing should be left
     */
    public static Optional<Duration> estimate(long sumNanos, long chainNanos, int places) {
        long left = Math.max(chainNanos, sumNanos / places);
        return left > 0 ? Optional.of(Duration.ofNanos(left)) : Optional.empty();
    }
}
