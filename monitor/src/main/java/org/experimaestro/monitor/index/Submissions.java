package org.experimaestro.monitor.index;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.monitor.view.RunSubmission;

/**
 * The submissions of all runs by job, and the jobs that runs have before them. The runs of an experiment mostly give a job the same tags, which are stored once.
 * Confined to the holder of the index's lock.
 */
final class Submissions {
    /** The order of the runs, whose names begin with their start time. The tags of the last run count. */
    private static final Comparator<RunSubmission> BY_RUN =
            Comparator.comparing(RunSubmission::run).thenComparing(RunSubmission::experiment);

    private final SharedNames names = new SharedNames();
    /** Lists that never change, which views share. */
    private final Map<String, List<RunSubmission>> byJob = new HashMap<>();
    /** For each job that runs that go on have before them, their number. */
    private final Map<String, Integer> awaiting = new HashMap<>();

    RunSubmission shared(
            String experiment, String run, String job, Map<String, Object> tags, List<String> dependencies) {
        List<RunSubmission> known = byJob.getOrDefault(job, List.of());
        if (known.isEmpty()) {
            return new RunSubmission(experiment, run, job, names.values(tags), sharedNames(dependencies));
        }
        RunSubmission last = known.get(known.size() - 1);
        return new RunSubmission(
                experiment,
                run,
                last.job(),
                last.tags().equals(tags) ? last.tags() : names.values(tags),
                last.dependencies().equals(dependencies) ? last.dependencies() : sharedNames(dependencies));
    }

    /** Returns an equal list, of the names that the submissions of these jobs have: they come before those that need them. */
    private List<String> sharedNames(List<String> jobs) {
        return jobs.stream()
                .map(job -> {
                    List<RunSubmission> known = byJob.get(job);
                    return known == null ? job : known.get(0).job();
                })
                .toList();
    }

    void add(RunSubmission submission) {
        byJob.merge(submission.job(), List.of(submission), Submissions::added);
    }

    private static List<RunSubmission> added(List<RunSubmission> known, List<RunSubmission> added) {
        List<RunSubmission> all = new ArrayList<>(known);
        all.addAll(added);
        all.sort(BY_RUN);
        return List.copyOf(all);
    }

    void remove(RunSubmission submission) {
        byJob.computeIfPresent(submission.job(), (job, known) -> {
            List<RunSubmission> left = new ArrayList<>(known);
            left.remove(submission);
            return left.isEmpty() ? null : List.copyOf(left);
        });
    }

    /** Adds a run that goes on and has a job before it. */
    void await(String job) {
        awaiting.merge(job, 1, Integer::sum);
    }

    /** Removes such a run. */
    void release(String job) {
        awaiting.computeIfPresent(job, (name, runs) -> runs == 1 ? null : runs - 1);
    }

    boolean isAwaited(String job) {
        return awaiting.containsKey(job);
    }

    /** Returns the submissions of a job, in the order of the runs. */
    List<RunSubmission> of(String job) {
        return byJob.getOrDefault(job, List.of());
    }
}
