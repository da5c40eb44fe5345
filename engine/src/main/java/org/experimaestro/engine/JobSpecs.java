package org.experimaestro.engine;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.experimaestro.Requirement;
import org.experimaestro.engine.job.JobSpec;
import org.experimaestro.engine.local.WorkerChoice;
import org.experimaestro.engine.time.RunClock;
import org.experimaestro.engine.token.HeldTokens;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.Placement;
import org.experimaestro.workspace.AttemptOrigin;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.Workspace;

/** The composer of the specifications by which submitted tasks are run. Thread-safe. */
final class JobSpecs {
    private final Workspace workspace;
    private final RunRecord record;
    private final UpcomingJobs upcoming;
    private final RunListener listener;
    private final WorkerChoice workers;
    private final RunClock clock;

    JobSpecs(
            Workspace workspace,
            RunRecord record,
            UpcomingJobs upcoming,
            WorkerChoice workers,
            RunListener listener,
            RunClock clock) {
        this.workspace = workspace;
        this.record = record;
        this.upcoming = upcoming;
        this.workers = workers;
        this.listener = listener;
        this.clock = clock;
    }

    /** Returns the specification of a job. */
    JobSpec of(TaskJob job) {
        SubmittedTask task = job.task();
        JobSpec spec = new JobSpec(
                task.folder(),
                task.parameters(workspace),
                task.needs(),
                task.announcing(),
                placement(task),
                origin(job),
                count -> upcoming.areMoreThan(count, task),
                listenerOf(job));
        HeldTokens held = job.tokens();
        return held == null ? spec : spec.with(held.environment());
    }

    private AttemptOrigin origin(TaskJob job) {
        TaskJob.Retrial retrial = job.retrial();
        AttemptOrigin origin = new AttemptOrigin(
                placement(job.task()).toString(),
                job.request().requirement().map(Requirement::toString).orElse(""),
                retrial == null ? "" : retrial.decision());
        SubmittedTask task = job.task();
        Optional<String> worker = workers.choose(task.typeId(), task.isolation(), placement(task));
        if (worker.isPresent()) {
            origin = origin.inWorker(worker.get());
        }
        SortedMap<String, Integer> read = read(job);
        origin = read.isEmpty() ? origin : origin.reading(read);
        HeldTokens held = job.tokens();
        return held == null ? origin : origin.holding(held.workspaceLease(), held.machineLease());
    }

    /**
     * Returns the attempts of the jobs whose outputs a job reads, of those whose outputs may be made again, or were: they are
     * transient in this run, or the attempt is not the first. Of all others, it is the first attempt.
     */
    private static SortedMap<String, Integer> read(TaskJob job) {
        Map<String, TaskJob> submitted = new HashMap<>();
        job.dependencies().forEach(each -> submitted.put(each.task().folder().name(), each));
        SortedMap<String, Integer> read = new TreeMap<>();
        for (JobFolder needed : job.task().needs()) {
            TaskJob maker = submitted.get(needed.name());
            JobStatus status =
                    maker == null ? needed.status() : ReportedJob.end(maker).status();
            int attempt = status.lastAttempt().orElse(0);
            if (attempt > 1 || attempt == 1 && maker != null && maker.isTransient()) {
                read.put(needed.name(), attempt);
            }
        }
        return read;
    }

    /** Returns the placement of a task: this machine for a job that was done at its submission and so has none. */
    static Placement placement(SubmittedTask task) {
        return task.placement() == null ? Placement.on(LauncherDefinition.local()) : task.placement();
    }

    private JobSpec.Listener listenerOf(TaskJob job) {
        SubmittedTask task = job.task();
        LauncherWait wait = new LauncherWait(task, record, listener, clock);
        return new JobSpec.Listener() {
            @Override
            public void claimed(int attempt) {
                job.claimed(attempt);
                record.claimed(task, attempt);
            }

            @Override
            public void submitted() {
                upcoming.submitted(task);
            }

            @Override
            public void statusChanged(String state) {
                wait.changed(state, Optional.empty());
            }

            @Override
            public void statusChanged(String state, Optional<Instant> expectedStart) {
                wait.changed(state, expectedStart);
            }

            @Override
            public void warned(String text) {
                listener.warning(text);
            }
        };
    }
}
