package org.experimaestro.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.experimaestro.ExperimaestroException;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.Outcome;
import org.experimaestro.PlanException;
import org.experimaestro.RunMode;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.serial.ChangedDefault;
import org.experimaestro.engine.batch.BatchExecution;
import org.experimaestro.engine.batch.RunBatchClients;
import org.experimaestro.engine.job.Execution;
import org.experimaestro.engine.job.JobAwaiter;
import org.experimaestro.engine.job.JobCode;
import org.experimaestro.engine.job.JobEnvironment;
import org.experimaestro.engine.job.JobResult;
import org.experimaestro.engine.job.JobRunner;
import org.experimaestro.engine.job.JobSpec;
import org.experimaestro.engine.lease.HostLeases;
import org.experimaestro.engine.local.LocalExecution;
import org.experimaestro.engine.local.StartCache;
import org.experimaestro.engine.schedule.Job;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.engine.schedule.Scheduler;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.Placement;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/** Runs a plan, from its first submission to its report. */
public final class ExperimentRunner {
    private final ExperimentSetup setup;
    private final RunListener listener;
    private final @Nullable Execution inside;

    /**
     * A runner.
     *
     * @param setup what to run it with
     * @param listener is told what happens; what it throws is logged, and changes nothing
     */
    public ExperimentRunner(ExperimentSetup setup, RunListener listener) {
        this(setup, listener, null);
    }

    /**
     * A runner whose jobs run inside of this process, whatever their launchers: no code is copied for them.
     *
     * @param setup what to run it with; not detached
     * @param listener is told what happens; what it throws is logged, and changes nothing
     * @param inside runs all jobs; {@code null}: they run as their launchers say
     */
    public ExperimentRunner(ExperimentSetup setup, RunListener listener, @Nullable Execution inside) {
        this.setup = setup;
        this.listener = new GuardedListener(listener);
        this.inside = inside;
    }

    /**
     * Runs a plan.
     *
     * @param plan the plan
     * @param settings its settings
     * @param <S> the settings' type
     * @return how the run ended
     * @throws PlanException if the plan throws
     * @throws WorkspaceException if the workspace cannot be used
     * @throws InterruptedException if the calling thread is interrupted while it waits; jobs go on
     */
    public <S> RunResult run(ExperimentPlan<S> plan, S settings) throws InterruptedException {
        if (setup.mode() == RunMode.NORMAL) {
            JobEnvironment.requirePassed(setup.environment(), null);
        }
        return switch (setup.mode()) {
            case NORMAL -> setup.detached() ? runDetached(plan, settings) : runNormally(plan, settings);
            case GENERATE -> generate(plan, settings);
            case DRY_RUN -> runDry(plan, settings);
        };
    }

    private <S> RunResult runNormally(ExperimentPlan<S> plan, S settings) throws InterruptedException {
        Workspace workspace = Workspace.open(setup.workspace());
        JobCode code = new JobCode(workspace, setup.classPath());
        try (RunBatchClients clients =
                new RunBatchClients(setup.launchers(), Thread.currentThread().getContextClassLoader())) {
            return runNormally(plan, settings, workspace, code, clients);
        }
    }

    private <S> RunResult runNormally(
            ExperimentPlan<S> plan, S settings, Workspace workspace, JobCode code, RunBatchClients clients)
            throws InterruptedException {
        DefaultsCheck defaults = new DefaultsCheck(workspace);
        ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
        RunRecord record = record(workspace, plan);
        HostLeases leases = new HostLeases(setup.state());
        Scheduler<SubmittedTask, JobResult> scheduler = scheduler(
                record, workspace, runner(record.name(), workspace, code, clients, leases), defaults, blocking);
        ExperimentRun experiment = new ExperimentRun(setup, workspace, defaults, listener, job -> {
            record.add(job.content());
            Scheduler.Found found = ExperimentRun.found(job.content().found());
            if (found == Scheduler.Found.ENDED) {
                scheduler.submit(job, found, new JobResult(job.content().found(), false));
            } else {
                if (inside == null) {
                    prepare(job.content(), code, leases);
                }
                scheduler.submit(job, found, null);
            }
        });
        // Closed before the clients are, so that each job that is on its way knows that it was the run that stopped.
        try (RunSession session = new RunSession(experiment, record, listener, blocking, scheduler)) {
            session.call(plan, settings);
            Outcome outcome = experiment.await();
            RunResult result = result(outcome, experiment);
            session.complete(result);
            boolean complete = outcome == Outcome.DONE && experiment.refusal().isEmpty();
            RunReport report = new RunReport(experiment.snapshot(), complete, experiment.resultsFolder());
            listener.reported(report);
            PlanCalls.report(plan, report);
            return checked(experiment, result);
        }
    }

    /** A submission that came too late is an error of the plan, also where its thread has kept that for itself. */
    private static RunResult checked(ExperimentRun experiment, RunResult result) {
        experiment.refusal().ifPresent(refused -> {
            throw refused;
        });
        return result;
    }

    private RunRecord record(Workspace workspace, ExperimentPlan<?> plan) {
        return RunRecord.begin(
                workspace.experiment(setup.name()), setup, plan.getClass().getName(), listener);
    }

    private <S> RunResult runDetached(ExperimentPlan<S> plan, S settings) throws InterruptedException {
        Workspace workspace = Workspace.open(setup.workspace());
        JobCode code = new JobCode(workspace, setup.classPath());
        HostLeases leases = new HostLeases(setup.state());
        ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
        try (RunBatchClients clients =
                new RunBatchClients(setup.launchers(), Thread.currentThread().getContextClassLoader())) {
            RunRecord record = record(workspace, plan);
            DefaultsCheck defaults = new DefaultsCheck(workspace);
            ExperimentRun experiment = new ExperimentRun(setup, workspace, defaults, listener, job -> {
                record.add(job.content());
                prepare(job.content(), code, leases);
            });
            try (RunSession session = new RunSession(experiment, record, listener, blocking, null)) {
                session.call(plan, settings);
                DetachedRun detached = new DetachedRun(
                        record.name(),
                        new BatchExecution(workspace, code, clients, leases),
                        clients,
                        task -> order(record, task, workspace),
                        blocking);
                detached.hand(experiment.snapshot());
                RunResult result = left(experiment, detached);
                session.complete(result);
                return checked(experiment, result);
            }
        }
    }

    private static RunResult left(ExperimentRun experiment, DetachedRun detached) {
        List<RunResult.Failure> failures = new ArrayList<>();
        detached.failed()
                .forEach((task, status) -> failures.add(new RunResult.Failure(task, new JobResult(status, false))));
        int total = experiment.snapshot().size();
        int handed = detached.left();
        return new RunResult(
                failures.isEmpty() ? Outcome.NOT_RUN : Outcome.FAILED,
                total,
                handed,
                0,
                total - handed - failures.size(),
                failures,
                List.of(),
                experiment.resultsFolder());
    }

    /** Now, not when the job starts: it may wait for long, and the project be built meanwhile. */
    private static void prepare(SubmittedTask task, JobCode code, HostLeases leases) {
        leases.require(placement(task));
        try {
            code.classPath();
        } catch (IOException failed) {
            throw WorkspaceException.of(
                            "Cannot copy the plan's class path into the workspace: " + Failures.reason(failed))
                    .cause(failed)
                    .build();
        }
    }

    private JobRunner runner(
            String run, Workspace workspace, JobCode code, RunBatchClients clients, HostLeases leases) {
        JobAwaiter watch = (folder, listener) -> clients.await(workspace, folder, listener);
        if (inside != null) {
            return new JobRunner(run, inside, inside, watch);
        }
        StartCache cache = new StartCache(setup.cache(), listener::warning);
        return new JobRunner(
                run,
                new LocalExecution(code, cache, leases),
                new BatchExecution(workspace, code, clients, leases),
                watch);
    }

    private Scheduler<SubmittedTask, JobResult> scheduler(
            RunRecord record, Workspace workspace, JobRunner runner, DefaultsCheck defaults, ExecutorService blocking) {
        Map<String, LauncherCapacity> capacities = new HashMap<>();
        return new Scheduler<>(
                task -> {
                    LauncherDefinition launcher = placement(task).launcher();
                    return capacities.computeIfAbsent(
                            launcher.name(), name -> new LauncherCapacity(launcher, setup.jobs()));
                },
                job -> checked(job.content(), runJob(record, job.content(), workspace, runner), defaults),
                ended -> ended.status() instanceof JobStatus.Done,
                job -> {
                    record.changed(job);
                    listener.changed(job.content(), job.phase());
                },
                blocking);
    }

    private static Placement placement(SubmittedTask task) {
        return task.placement() == null ? Placement.on(LauncherDefinition.local()) : task.placement();
    }

    private JobResult runJob(RunRecord record, SubmittedTask task, Workspace workspace, JobRunner runner) {
        try {
            return runner.run(order(record, task, workspace));
        } catch (ExperimaestroException wrong) {
            JobStatus status = new JobStatus.Failed(FailureCause.NOT_STARTED, String.valueOf(wrong.getMessage()));
            return new JobResult(status, false);
        }
    }

    /** A job may have been taken, after it was submitted here, by a run whose code has other defaults. */
    private static JobResult checked(SubmittedTask task, JobResult ended, DefaultsCheck defaults) {
        if (ended.executed() || !(ended.status() instanceof JobStatus.Done)) {
            return ended;
        }
        Set<ChangedDefault> changes;
        try {
            changes = defaults.changes(task.task(), task.folder(), ended.status());
        } catch (WorkspaceException unreadable) {
            return new JobResult(new JobStatus.Corrupt(String.valueOf(unreadable.getMessage())), false);
        }
        if (changes.isEmpty()) {
            return ended;
        }
        String reason = ChangedJobs.reason(ended.status(), changes);
        return new JobResult(new JobStatus.Failed(FailureCause.WRONG_PARAMETERS, reason), false);
    }

    private JobSpec order(RunRecord record, SubmittedTask task, Workspace workspace) {
        return new JobSpec(
                task.folder(), task.parameters(workspace), task.needs(), placement(task), jobListener(record, task));
    }

    private JobSpec.Listener jobListener(RunRecord record, SubmittedTask task) {
        return new JobSpec.Listener() {
            @Override
            public void claimed(int attempt) {
                record.claimed(task, attempt);
            }

            @Override
            public void statusChanged(String state) {
                listener.statusChanged(task, state);
            }

            @Override
            public void warned(String text) {
                listener.warning(text);
            }
        };
    }

    private <S> RunResult generate(ExperimentPlan<S> plan, S settings) throws InterruptedException {
        Workspace workspace = Workspace.open(setup.workspace());
        JobCode code = new JobCode(workspace, setup.classPath());
        DefaultsCheck defaults = new DefaultsCheck(workspace);
        ExperimentRun experiment = new ExperimentRun(setup, workspace, defaults, listener, job -> {
            SubmittedTask task = job.content();
            // What failed or cannot be read stays as it is, for those who want to know why.
            if (task.found() instanceof JobStatus.New) {
                try {
                    task.folder().write(task.parameters(workspace), code.textFor(task.folder()));
                } catch (IOException failed) {
                    throw WorkspaceException.of(
                                    "Cannot write the folder of " + task.folder() + ": " + Failures.reason(failed))
                            .cause(failed)
                            .build();
                }
            }
        });
        return submitOnly(plan, experiment, settings);
    }

    private <S> RunResult runDry(ExperimentPlan<S> plan, S settings) throws InterruptedException {
        Workspace workspace = Workspace.view(setup.workspace());
        DefaultsCheck defaults = new DefaultsCheck(workspace);
        ExperimentRun experiment = new ExperimentRun(setup, workspace, defaults, listener, job -> {});
        return submitOnly(plan, experiment, settings);
    }

    private <S> RunResult submitOnly(ExperimentPlan<S> plan, ExperimentRun experiment, S settings)
            throws InterruptedException {
        PlanCalls.run(plan, experiment, settings);
        experiment.throwIfDefaultsChanged();
        RunResult result = result(Outcome.NOT_RUN, experiment);
        listener.ended(result);
        return checked(experiment, result);
    }

    private RunResult result(Outcome outcome, ExperimentRun experiment) {
        int executed = 0;
        int doneBefore = 0;
        List<RunResult.Failure> failures = new ArrayList<>();
        List<SubmittedTask> skipped = new ArrayList<>();
        List<Job<SubmittedTask, JobResult>> jobs = experiment.snapshot();
        for (Job<SubmittedTask, JobResult> job : jobs) {
            JobResult ended = job.result();
            if (ended != null && ended.executed()) {
                executed++;
            } else if (job.phase() == Phase.DONE || job.content().found() instanceof JobStatus.Done) {
                doneBefore++;
            }
            if (job.phase() == Phase.FAILED) {
                failures.add(new RunResult.Failure(job.content(), ReportedJob.end(job)));
            } else if (job.phase() == Phase.SKIPPED) {
                skipped.add(job.content());
            }
        }
        return new RunResult(
                outcome, jobs.size(), 0, executed, doneBefore, failures, skipped, experiment.resultsFolder());
    }
}
