package org.experimaestro.engine;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.Outcome;
import org.experimaestro.PlanException;
import org.experimaestro.WorkspaceException;
import org.experimaestro.engine.batch.BatchExecution;
import org.experimaestro.engine.batch.RunBatchClients;
import org.experimaestro.engine.job.Execution;
import org.experimaestro.engine.job.JobAwaiter;
import org.experimaestro.engine.job.JobCode;
import org.experimaestro.engine.job.JobEnvironment;
import org.experimaestro.engine.job.JobRunner;
import org.experimaestro.engine.lease.HostLeases;
import org.experimaestro.engine.local.LocalExecution;
import org.experimaestro.engine.local.StartCache;
import org.experimaestro.engine.schedule.Scheduler;
import org.experimaestro.engine.time.RunClock;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/** Runs a plan, from its first submission to its report. */
public final class ExperimentRunner {
    private final ExperimentSetup setup;
    private final RunListener listener;
    private final @Nullable Execution inside;
    private final RunClock clock;
    private Predicate<String> trusted = user -> false;

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
        this(setup, listener, inside, RunClock.SYSTEM);
    }

    /**
     * A runner for which a test decides what time it is.
     *
     * @param setup what to run it with
     * @param listener is told what happens; what it throws is logged, and changes nothing
     * @param inside runs all jobs; {@code null}: they run as their launchers say
     * @param clock the time
     */
    public ExperimentRunner(ExperimentSetup setup, RunListener listener, @Nullable Execution inside, RunClock clock) {
        this.setup = setup;
        this.listener = new GuardedListener(listener);
        this.inside = inside;
        this.clock = clock;
    }

    /**
     * Has what other users ask of the run while it goes on count: otherwise only this user and root can ask for something.
     *
     * @param users says whether this user trusts another one, by the name
     * @return this runner
     */
    public ExperimentRunner trusting(Predicate<String> users) {
        trusted = users;
        return this;
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
        return switch (setup.mode()) {
            case NORMAL -> execute(plan, settings);
            case GENERATE -> {
                Workspace workspace = Workspace.open(setup.workspace());
                JobCode code = new JobCode(workspace, setup.classPath());
                yield submitOnly(plan, settings, workspace, new GenerateHandler(workspace, code));
            }
            case DRY_RUN -> submitOnly(plan, settings, Workspace.view(setup.workspace()), new DryRunHandler());
        };
    }

    /** Nothing runs, so nothing is recorded. */
    private <S> RunResult submitOnly(ExperimentPlan<S> plan, S settings, Workspace workspace, ModeHandler handler)
            throws InterruptedException {
        ExperimentRun experiment = new ExperimentRun(
                setup, workspace, new DefaultsCheck(workspace), listener, task -> {}, new Culprits(), handler);
        PlanCalls.run(plan, experiment, settings);
        RunResult result = handler.finish(experiment);
        listener.ended(result);
        return checked(experiment, result);
    }

    private <S> RunResult execute(ExperimentPlan<S> plan, S settings) throws InterruptedException {
        JobEnvironment.requirePassed(setup.environment(), null);
        Workspace workspace = Workspace.open(setup.workspace());
        try (RunBatchClients clients =
                new RunBatchClients(setup.launchers(), Thread.currentThread().getContextClassLoader(), clock)) {
            RunRecord record = RunRecord.begin(
                    workspace.experiment(setup.name()), setup, plan.getClass().getName(), listener, clock);
            DefaultsCheck defaults = new DefaultsCheck(workspace);
            ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
            JobSpecs specs = new JobSpecs(workspace, record, listener);
            RunServices run = new RunServices(record, listener, defaults, specs, new Scheduler(clock, blocking));
            LauncherLimits limits = new LauncherLimits(setup.jobs());
            ModeHandler handler = handler(run, workspace, clients, limits);
            ExperimentRun experiment =
                    new ExperimentRun(setup, workspace, defaults, listener, record::add, record.culprits(), handler);
            // Closed before the clients are, so that each job on its way knows that it was the run that stopped.
            try (RunSession session = new RunSession(experiment, record, listener, blocking, run.scheduler());
                    RequestPoller _ = setup.detached() ? null : requests(run, experiment, limits, session)) {
                session.call(plan, settings);
                RunResult result = handler.finish(experiment);
                session.complete(result);
                if (!setup.detached()) {
                    report(plan, experiment, result);
                }
                return checked(experiment, result);
            }
        }
    }

    private RequestPoller requests(
            RunServices run, ExperimentRun experiment, LauncherLimits limits, RunSession session) {
        RequestHandler handler = new RequestHandler(experiment, run.scheduler(), limits, session::stop);
        return new RequestPoller(run.record().requests(), handler, trusted, listener, clock);
    }

    private ModeHandler handler(RunServices run, Workspace workspace, RunBatchClients clients, LauncherLimits limits) {
        JobCode code = new JobCode(workspace, setup.classPath());
        HostLeases leases = new HostLeases(setup.state(), clock);
        JobPreparation preparation = new JobPreparation(code, leases);
        BatchExecution batch = new BatchExecution(workspace, code, clients, leases);
        if (setup.detached()) {
            return new DetachHandler(run, preparation, batch, clients, clock);
        }
        JobAwaiter awaiter = (folder, jobListener) -> clients.await(workspace, folder, jobListener);
        if (inside != null) {
            JobRunner runner = new JobRunner(run.record().name(), inside, inside, awaiter);
            return new ExecuteHandler(run, task -> {}, runner, limits);
        }
        StartCache cache = new StartCache(setup.cache(), listener::warning, clock);
        LocalExecution local = new LocalExecution(code, cache, leases);
        JobRunner runner = new JobRunner(run.record().name(), local, batch, awaiter);
        return new ExecuteHandler(run, preparation, runner, limits);
    }

    private void report(ExperimentPlan<?> plan, ExperimentRun experiment, RunResult result) {
        boolean complete =
                result.outcome() == Outcome.DONE && experiment.refusal().isEmpty();
        RunReport report = new RunReport(experiment.submissions(), complete, experiment.resultsFolder());
        listener.reported(report);
        PlanCalls.report(plan, report);
    }

    /** A submission that came too late is an error of the plan, also where its thread has kept that for itself. */
    private static RunResult checked(ExperimentRun experiment, RunResult result) {
        experiment.refusal().ifPresent(refused -> {
            throw refused;
        });
        return result;
    }
}
