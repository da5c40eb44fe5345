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
import org.experimaestro.engine.job.JobResult;
import org.experimaestro.engine.schedule.Job;

/** The report of a run whose jobs have all ended. Immutable. */
final class RunReport implements Report {
    private final List<Job<SubmittedTask, JobResult>> jobs;
    private final Map<ConfigId, Job<SubmittedTask, JobResult>> byId = new HashMap<>();
    private final Culprits culprits = new Culprits();
    private final boolean complete;
    private final Path results;

    /**
     * Creates a report.
     *
     * @param jobs the jobs, which have ended
     * @param complete whether they are all done, and all that the plan wanted to submit
     * @param results the plan's own folder
     */
    RunReport(List<Job<SubmittedTask, JobResult>> jobs, boolean complete, Path results) {
        this.jobs = jobs;
        jobs.forEach(job -> byId.putIfAbsent(job.content().id(), job));
        this.complete = complete;
        this.results = results;
    }

    @Override
    public boolean isComplete() {
        return complete;
    }

    @Override
    public List<JobReport> jobs() {
        return reports(jobs);
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
        return Table.of(ReportRows.of(reports(jobs.stream()
                .filter(job ->
                        task.isAssignableFrom(job.content().task().descriptor().javaClass()))
                .toList())));
    }

    @Override
    public Path resultsFolder() {
        return results;
    }

    private List<JobReport> reports(List<Job<SubmittedTask, JobResult>> jobs) {
        return jobs.stream()
                .<JobReport>map(job -> ReportedJob.ended(job, culprits))
                .toList();
    }
}
