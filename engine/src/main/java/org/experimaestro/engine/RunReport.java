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
    private final List<TaskJob> jobs;
    private final Map<ConfigId, TaskJob> byId = new HashMap<>();
    private final Culprits culprits = new Culprits();
    private final boolean complete;
    private final Path results;

    /**
     * Creates a report.
     *
     * @param jobs the jobs, which have ended
     * @param complete whether all jobs are done, and no submission of the plan came too late
     * @param results the plan's own folder
     */
    RunReport(List<TaskJob> jobs, boolean complete, Path results) {
        this.jobs = jobs;
        jobs.forEach(job -> byId.putIfAbsent(job.task().id(), job));
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
                        task.isAssignableFrom(job.task().task().descriptor().javaClass()))
                .toList())));
    }

    @Override
    public Path resultsFolder() {
        return results;
    }

    private List<JobReport> reports(List<TaskJob> jobs) {
        return jobs.stream()
                .<JobReport>map(job -> ReportedJob.ended(job, culprits))
                .toList();
    }
}
