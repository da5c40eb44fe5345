package org.experimaestro.notify;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.workspace.JobCount;

/**
 * A picture of a run at one time, as its files show it. Immutable.
 *
 * @param outcome the outcome in lower case if the run has ended, {@code died} if its process has, else {@code running}
 * @param isOver whether the run has ended or died
 * @param began the time at which the run began; empty if it is not known
 * @param host the name of the run's host; empty if it is not known
 * @param counts the counts of the ended run; empty before
 * @param phases the number of jobs in each phase
 * @param running the names of the jobs that run
 * @param failures the failures of jobs so far, in the order of time; a job that was tried again may have several
 * @param lastSign the time of the last sign of progress
 */
record RunPicture(
        String outcome,
        boolean isOver,
        Optional<Instant> began,
        String host,
        Map<JobCount, Integer> counts,
        Map<String, Integer> phases,
        Set<String> running,
        List<Failure> failures,
        Instant lastSign) {

    /**
     * A failure of a job.
     *
     * @param job the job's name
     * @param message the first line of the message
     */
    record Failure(String job, String message) {}

    /** Returns the number of jobs that the run has submitted. */
    int jobs() {
        return counts.isEmpty() ? sum(phases) : sum(counts);
    }

    /** Returns the number of jobs that are done. */
    int done() {
        return counts.isEmpty()
                ? phases.getOrDefault(RunWatch.DONE, 0)
                : counts.keySet().stream()
                        .filter(JobCount::isDone)
                        .mapToInt(counts::get)
                        .sum();
    }

    /** Returns the number of jobs whose last attempt has failed. */
    int failed() {
        return counts.isEmpty() ? phases.getOrDefault(RunWatch.FAILED, 0) : counts.getOrDefault(JobCount.FAILED, 0);
    }

    /** Returns the number of jobs that were skipped. */
    int skipped() {
        return counts.isEmpty() ? phases.getOrDefault(RunWatch.SKIPPED, 0) : counts.getOrDefault(JobCount.SKIPPED, 0);
    }

    private static int sum(Map<?, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
