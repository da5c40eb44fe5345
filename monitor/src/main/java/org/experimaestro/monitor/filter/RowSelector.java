package org.experimaestro.monitor.filter;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.experimaestro.monitor.view.JobRow;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunRow;
import org.experimaestro.monitor.view.RunSubmission;
import org.experimaestro.monitor.view.RunView;

/** A selector of the rows that a predicate accepts. */
final class RowSelector {
    private final Predicate<FilteredRow> accepts;
    private final boolean isOfLatest;
    private final Instant now;

    /**
     * Creates a selector.
     *
     * @param accepts the predicate
     * @param isOfLatest whether only the latest run of an experiment that submitted a job counts
     * @param now the time from which ages are counted
     */
    RowSelector(Predicate<FilteredRow> accepts, boolean isOfLatest, Instant now) {
        this.accepts = accepts;
        this.isOfLatest = isOfLatest;
        this.now = now;
    }

    /** Returns the rows of a job: of the accepted submissions of each experiment, those of the latest run. */
    List<JobRow> rows(JobView job) {
        if (job.submissions().isEmpty()) {
            return accepts.test(FilteredRow.withoutSubmission(job, now))
                    ? List.of(new JobRow(job, job.tags(), List.of()))
                    : List.of();
        }
        if (job.submissions().size() == 1) {
            RunSubmission only = job.submissions().getFirst();
            return accepts.test(FilteredRow.of(job, only, now))
                    ? List.of(new JobRow(job, only.tags(), List.of(only.qualifiedRun())))
                    : List.of();
        }
        List<RunSubmission> candidates = isOfLatest ? latest(job.submissions()) : job.submissions();
        Map<Map<String, Object>, SortedSet<String>> rows = new LinkedHashMap<>();
        latest(candidates.stream()
                        .filter(submission -> accepts.test(FilteredRow.of(job, submission, now)))
                        .toList())
                .forEach(submission -> rows.computeIfAbsent(submission.tags(), tags -> new TreeSet<>())
                        .add(submission.qualifiedRun()));
        return rows.entrySet().stream()
                .map(row -> new JobRow(job, row.getKey(), List.copyOf(row.getValue())))
                .toList();
    }

    /** Returns the submissions of each experiment's last run in a list, which is in the order of the runs. */
    static List<RunSubmission> latest(List<RunSubmission> submissions) {
        Map<String, String> runs = new HashMap<>();
        submissions.forEach(submission -> runs.put(submission.experiment(), submission.run()));
        return submissions.stream()
                .filter(submission -> submission.run().equals(runs.get(submission.experiment())))
                .toList();
    }

    /** Returns the runs with an accepted submission, and the runs without jobs that are accepted as such. */
    List<RunRow> runs(JobsView view) {
        Map<String, JobView> jobs = new HashMap<>();
        view.jobs().forEach(job -> jobs.put(job.name(), job));
        return view.runs().stream().flatMap(run -> row(run, jobs).stream()).toList();
    }

    private Optional<RunRow> row(RunView run, Map<String, JobView> jobs) {
        List<RunSubmission> selected = run.submissions().stream()
                .filter(submission -> accepts.test(FilteredRow.of(jobs.get(submission.job()), submission, now)))
                .toList();
        boolean isSelected = run.submissions().isEmpty()
                ? accepts.test(FilteredRow.withoutJobs(
                        run.folder().experiment(), run.folder().name(), now))
                : !selected.isEmpty();
        List<JobView> found = selected.stream()
                .map(submission -> jobs.get(submission.job()))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        return isSelected ? Optional.of(new RunRow(run, selected, found)) : Optional.empty();
    }
}
