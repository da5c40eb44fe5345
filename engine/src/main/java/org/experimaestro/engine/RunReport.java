package org.experimaestro.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.experimaestro.Config;
import org.experimaestro.ConfigId;
import org.experimaestro.JobReport;
import org.experimaestro.Report;
import org.experimaestro.Table;
import org.experimaestro.Task;
import org.experimaestro.core.task.Dependencies;
import org.experimaestro.engine.job.Ended;
import org.experimaestro.engine.schedule.Job;
import org.experimaestro.workspace.JobStatus;

/** The report of a run whose jobs are all done. Immutable. */
final class RunReport implements Report {
    private final List<Job<SubmittedTask, Ended>> done;
    private final Path results;

    RunReport(List<Job<SubmittedTask, Ended>> done, Path results) {
        this.done = done;
        this.results = results;
    }

    @Override
    public List<JobReport> jobs() {
        return done.stream().map(RunReport::report).toList();
    }

    @Override
    public Optional<JobReport> job(Config<?> output) {
        List<ConfigId> makers = Dependencies.producersOf(output);
        return done.stream()
                .filter(job -> makers.contains(job.content().id()))
                .map(RunReport::report)
                .findFirst();
    }

    @Override
    public Table table() {
        return Table.of(withMetrics(jobs()));
    }

    @Override
    public Table table(Class<? extends Task<?>> task) {
        return Table.of(withMetrics(done.stream()
                .filter(job -> task.isAssignableFrom(job.content().task().type().javaClass()))
                .map(RunReport::report)
                .toList()));
    }

    @Override
    public Path resultsFolder() {
        return results;
    }

    private static List<JobReport> withMetrics(List<JobReport> jobs) {
        return jobs.stream().filter(job -> !job.metrics().isEmpty()).toList();
    }

    private static JobReport report(Job<SubmittedTask, Ended> job) {
        SubmittedTask task = job.content();
        Ended ended = job.result();
        JobStatus status = ended == null ? task.found() : ended.status();
        return new JobReport(
                task.typeId(),
                task.id(),
                task.tags(),
                status.metrics(),
                task.folder().path());
    }
}
