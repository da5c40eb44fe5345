package org.experimaestro.engine;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.Config;
import org.experimaestro.ConfigId;
import org.experimaestro.JobReport;
import org.experimaestro.Report;
import org.experimaestro.Table;
import org.experimaestro.Task;
import org.experimaestro.core.task.ReportRows;

/** The report of a run whose jobs have all ended. Immutable. */
final class RunReport implements Report {
    private final List<TaskSubmissions.Submission> submissions;
    private final Map<ConfigId, TaskJob> byId = new HashMap<>();
    private final Culprits culprits = new Culprits();
    private final boolean complete;
    private final Path results;

    /**
     * Creates a report.
     *
     * @param submissions the submissions of jobs, which have ended
     * @param complete whether all jobs are done, and no submission of the plan came too late
     * @param results the plan's own folder
     */
    RunReport(List<TaskSubmissions.Submission> submissions, boolean complete, Path results) {
        this.submissions = submissions;
        submissions.forEach(submission -> byId.putIfAbsent(submission.task().id(), submission.job()));
        this.complete = complete;
        this.results = results;
    }

    @Override
    public boolean isComplete() {
        return complete;
    }

    @Override
    public List<JobReport> jobs() {
        return reports(submissions);
    }

    @Override
    public Optional<JobReport> job(Config<?> output) {
        return ProducerLookup.find(output).map(byId::get).map(job -> ReportedJob.ended(job, culprits));
    }

    @Override
    public Table table() {
        return Table.of(ReportRows.of(jobs()));
    }

    @Override
    public Table table(Class<? extends Task<?>> task) {
        return Table.of(ReportRows.of(reports(submissions.stream()
                .filter(submission -> task.isAssignableFrom(
                        submission.task().task().descriptor().javaClass()))
                .toList())));
    }

    @Override
    public Path resultsFolder() {
        return results;
    }

    private List<JobReport> reports(List<TaskSubmissions.Submission> submissions) {
        return submissions.stream()
                .<JobReport>map(submission -> ReportedJob.ended(submission.job(), submission.task(), culprits))
                .toList();
    }
}
