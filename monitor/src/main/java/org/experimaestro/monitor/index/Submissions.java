package org.experimaestro.monitor.index;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.monitor.view.RunSubmission;

/**
 * The submissions of all runs by job. The runs of an experiment mostly give a job the same tags, which are stored once.
 * Confined to the holder of the index's lock.
 */
final class Submissions {
    /** The order of the runs, whose names begin with their start time. The tags of the last run count. */
    private static final Comparator<RunSubmission> BY_RUN =
            Comparator.comparing(RunSubmission::run).thenComparing(RunSubmission::experiment);

    private final Map<String, List<RunSubmission>> byJob = new HashMap<>();

    RunSubmission shared(
            String experiment, String run, String job, Map<String, Object> tags, List<String> dependencies) {
        List<RunSubmission> known = byJob.getOrDefault(job, List.of());
        if (known.isEmpty()) {
            return new RunSubmission(experiment, run, job, tags, dependencies);
        }
        RunSubmission last = known.get(known.size() - 1);
        return new RunSubmission(
                experiment,
                run,
                last.job(),
                last.tags().equals(tags) ? last.tags() : tags,
                last.dependencies().equals(dependencies) ? last.dependencies() : dependencies);
    }

    void add(RunSubmission submission) {
        List<RunSubmission> known = byJob.computeIfAbsent(submission.job(), name -> new ArrayList<>(1));
        int place = known.size();
        while (place > 0 && BY_RUN.compare(known.get(place - 1), submission) > 0) {
            place--;
        }
        known.add(place, submission);
    }

    void remove(RunSubmission submission) {
        List<RunSubmission> known = byJob.get(submission.job());
        if (known != null) {
            known.remove(submission);
            if (known.isEmpty()) {
                byJob.remove(submission.job());
            }
        }
    }

    /** Returns the submissions of a job, in the order of the runs. */
    List<RunSubmission> of(String job) {
        return byJob.getOrDefault(job, List.of());
    }
}
