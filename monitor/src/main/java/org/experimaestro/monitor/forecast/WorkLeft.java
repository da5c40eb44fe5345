package org.experimaestro.monitor.forecast;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The rule for the time that a run still takes, for each view of a run. No schedule is shorter than the longest chain of
 * jobs, nor than the sum of all jobs divided by the places; one that leaves no place empty is not longer than both
 * together (R. L. Graham, Bounds on multiprocessing timing anomalies, 1969). The larger of the two is the estimate.
 *
 * <p>A running job takes the time that its progress promises, otherwise the rest of its type's typical duration; a job
 * that takes longer than usual counts as about to end. Jobs behind a failed job take no time, because the run skips them.
 */
public final class WorkLeft {
    private WorkLeft() {}

    /**
     * Estimates the time.
     *
     * @param jobs the jobs that are not done, each after those that it waits for
     * @param failed the names of the jobs that have failed, and are not tried again
     * @param typical finds the typical duration of a type
     * @param places the number of jobs that run at once, at least 1
     * @return the time left; withheld if a type has no typical duration yet, or if the jobs take longer than usual, so that
     *     nothing should be left
     */
    public static Forecast forecast(
            Iterable<JobLeft> jobs, Set<String> failed, Function<String, Optional<Duration>> typical, int places) {
        Map<String, Duration> ends = new HashMap<>(); // by the chains that lead to the jobs
        Duration sum = Duration.ZERO;
        Duration chain = Duration.ZERO;
        for (JobLeft job : withoutSkipped(jobs, failed)) {
            Optional<Duration> time = job.promised()
                    .or(() -> typical.apply(job.typeId()).map(usual -> max(usual.minus(job.elapsed()), Duration.ZERO)));
            if (time.isEmpty()) {
                return Forecast.withheld(fewDone(job.typeId()));
            }
            Duration before = Duration.ZERO;
            for (String dependency : job.dependencies()) {
                before = max(before, ends.getOrDefault(dependency, Duration.ZERO));
            }
            Duration end = before.plus(time.get());
            ends.put(job.name(), end);
            sum = sum.plus(time.get());
            chain = max(chain, end);
        }
        if (ends.isEmpty()) {
            return Forecast.of(Duration.ZERO, "all of its jobs have ended");
        }
        Duration left = max(chain, sum.dividedBy(places));
        return left.isPositive()
                ? Forecast.of(
                        left,
                        ends.size()
                                + (ends.size() == 1 ? " job left at " : " jobs left at ")
                                + places
                                + (places == 1 ? " place" : " places"))
                : Forecast.withheld("its jobs take longer than the median of those that are done");
    }

    /** Returns the jobs that do not wait for a failed one, in their order. */
    static List<JobLeft> withoutSkipped(Iterable<JobLeft> jobs, Set<String> failed) {
        Set<String> skipped = new HashSet<>(failed);
        List<JobLeft> kept = new ArrayList<>();
        for (JobLeft job : jobs) {
            if (job.dependencies().stream().anyMatch(skipped::contains)) {
                skipped.add(job.name());
            } else {
                kept.add(job);
            }
        }
        return kept;
    }

    static String fewDone(String typeId) {
        return "fewer than " + TypicalDurations.LEAST_DONE + " jobs of " + typeId + " are done";
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
