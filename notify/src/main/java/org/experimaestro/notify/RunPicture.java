package org.experimaestro.notify;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.workspace.JobCount;

/**
 * A picture of a run at one time, as its files show it. Immutable.
 *
 * @param outcome the outcome in lower case if the run has ended, {@code died} if its process disappeared, else {@code
 *     running}
 * @param isOver whether the run has ended, or its process disappeared
 * @param began the time at which the run began; empty if it is not known
 * @param ended the time at which the run ended; empty if it has not, or that is not known
 * @param host the name of the run's host; empty if it is not known
 * @param counts the counts of the ended run; empty before
 * @param phases the number of jobs in each phase
 * @param running the names of the jobs that run
 * @param failing the names of the jobs whose last attempt in this run has failed
 * @param failures the failures of jobs so far, in the order of time; a job that was tried again may have several
 * @param lastEvent the time of the last change in the journal
 */
record RunPicture(
        String outcome,
        boolean isOver,
        Optional<Instant> began,
        Optional<Instant> ended,
        String host,
        Map<JobCount, Integer> counts,
        Map<String, Integer> phases,
        Set<String> running,
        Set<String> failing,
        List<Failure> failures,
        Instant lastEvent) {
    /** The outcome of a run whose process disappeared. */
    static final String DIED = "died";

    /**
     * A failure of a job.
     *
     * @param job the job's name
     * @param message the first line of the message, cut
     */
    record Failure(String job, String message) {}

    /** Returns the last failure of each job that has failed for good so far, without the first ones, which were told. */
    List<Failure> failuresAfter(int told) {
        Map<String, Failure> last = new LinkedHashMap<>();
        for (Failure failure : failures.subList(Math.min(told, failures.size()), failures.size())) {
            if (failing.contains(failure.job())) {
                last.put(failure.job(), failure);
            }
        }
        return List.copyOf(last.values());
    }

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
        return counts.isEmpty() ? failing.size() : counts.getOrDefault(JobCount.FAILED, 0);
    }

    /** Returns the number of jobs that were skipped. */
    int skipped() {
        return counts.isEmpty() ? phases.getOrDefault(RunWatch.SKIPPED, 0) : counts.getOrDefault(JobCount.SKIPPED, 0);
    }

    /** Returns the number of jobs that an ended run has left to go on without it. */
    int left() {
        return counts.getOrDefault(JobCount.LEFT, 0);
    }

    private static int sum(Map<?, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
