package org.experimaestro.engine;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.PlanException;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.serial.RunWorkspaces;
import org.experimaestro.engine.batch.BatchExecution;
import org.experimaestro.engine.batch.RunBatchClients;
import org.experimaestro.engine.guard.Guard;
import org.experimaestro.engine.job.Execution;
import org.experimaestro.engine.job.JobAwaiter;
import org.experimaestro.engine.job.JobCode;
import org.experimaestro.engine.job.JobEnvironment;
import org.experimaestro.engine.job.JobRunner;
import org.experimaestro.engine.lease.HostLeases;
import org.experimaestro.engine.local.LocalExecution;
import org.experimaestro.engine.local.StartCache;
import org.experimaestro.engine.local.WorkerChoice;
import org.experimaestro.engine.local.WorkerPool;
import org.experimaestro.engine.provenance.DirtyCheck;
import org.experimaestro.engine.schedule.Scheduler;
import org.experimaestro.engine.time.RunClock;
import org.experimaestro.engine.token.RunTokens;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.ExperimentFolder;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/** The runner of a plan, from its first submission to its report. */
public final class ExperimentRunner {
    private final ExperimentSetup setup;
    private final RunListener listener;
    private final @Nullable Execution inside;
    private final RunClock clock;
    private Predicate<String> trusted = user -> false;

    /**
     * Creates a runner.
     *
     * @param setup the setup of the run
     * @param listener the listener of the run, whose exceptions are logged and change nothing
     */
    public ExperimentRunner(ExperimentSetup setup, RunListener listener) {
        this(setup, listener, null);
    }

    /**
     * Creates a runner whose jobs run inside this process, whatever their launchers. No code is copied for them.
     *
     * @param setup the setup of the run; not detached
     * @param listener the listener of the run, whose exceptions are logged and change nothing
     * @param inside the execution of all jobs; {@code null} if their launchers determine it
     */
    public ExperimentRunner(ExperimentSetup setup, RunListener listener, @Nullable Execution inside) {
        this(setup, listener, inside, RunClock.SYSTEM);
    }

    /**
     * Creates a runner with a clock, by which a test can control the time.
     *
     * @param setup the setup of the run
     * @param listener the listener of the run, whose exceptions are logged and change nothing
     * @param inside the execution of all jobs; {@code null} if their launchers determine it
     * @param clock the clock of the run
     */
    public ExperimentRunner(ExperimentSetup setup, RunListener listener, @Nullable Execution inside, RunClock clock) {
        this.setup = setup;
        this.listener = new GuardedListener(listener);
        this.inside = inside;
        this.clock = clock;
    }

    /**
     * Sets the other users whose requests to the run are accepted. By default, only requests of this user and root are.
     *
     * @param users the test whether this user trusts another one, by the name
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
     * @return the result of the run
     * @throws PlanException if the plan throws, or its code has changes that the run must not have
     * @throws WorkspaceException if the workspace cannot be used
     * @throws InterruptedException if the calling thread is interrupted while it waits, or a request stops the run;
     *     jobs go on
     */
    public <S> RunResult run(ExperimentPlan<S> plan, S settings) throws InterruptedException {
        try (RunWorkspaces.Entry _ = RunWorkspaces.enter(
                setup.workspace().toAbsolutePath().normalize(),
                job -> JobFolder.ofAnyFormat(job).status() instanceof JobStatus.Done)) {
            return switch (setup.mode()) {
                case NORMAL -> execute(plan, settings);
                case GENERATE -> {
                    Workspace workspace = Workspace.open(setup.workspace());
                    JobCode code = new JobCode(workspace, setup.classPath());
                    yield submitOnly(plan, settings, workspace, code, new GenerateHandler(workspace, code));
                }
                case DRY_RUN -> {
                    Workspace workspace = Workspace.view(setup.workspace());
                    JobCode code = new JobCode(workspace, setup.classPath());
                    yield submitOnly(plan, settings, workspace, code, new DryRunHandler());
                }
                case PREPARE -> {
                    Workspace workspace = Workspace.open(setup.workspace());
                    JobCode code = new JobCode(workspace, setup.classPath());
                    try (PrepareHandler handler = new PrepareHandler(listener, clock)) {
                        yield submitOnly(plan, settings, workspace, code, handler);
                    }
                }
            };
        }
    }

    /** Runs a plan in a mode that runs no job, and so records nothing. */
    private <S> RunResult submitOnly(
            ExperimentPlan<S> plan, S settings, Workspace workspace, JobCode code, ModeHandler handler)
            throws InterruptedException {
        ExperimentRun experiment = new ExperimentRun(
                setup,
                workspace,
                new DefaultsCheck(workspace),
                new CodeCheck(code, listener),
                listener,
                task -> {},
                new Culprits(),
                new PlacementFinder(setup, listener),
                new DeclaredTokens(null, listener),
                new PrepareSteps(workspace, listener::prepares, clock, false),
                new PlanCallbacks(setup, null, listener, clock),
                new SideDeclarations(workspace, null, code),
                handler);
        PlanCalls.run(plan, experiment, settings);
        experiment.recordLeftOut(job -> {});
        RunResult result = handler.finish(experiment);
        experiment.throwIfCallbackFailed();
        listener.ended(result);
        return checked(experiment, result);
    }

    private <S> RunResult execute(ExperimentPlan<S> plan, S settings) throws InterruptedException {
        JobEnvironment.requirePassed(setup.environment(), null);
        DirtyCheck.requireCommitted(setup.origin().plan());
        Workspace workspace = Workspace.open(setup.workspace());
        ExperimentFolder folder = workspace.experiment(setup.name());
        ClassLoader classes = Thread.currentThread().getContextClassLoader();
        try (RunTokens tokens = new RunTokens(workspace, setup.state(), clock);
                RunBatchClients clients = new RunBatchClients(setup.launchers(), classes, clock);
                RunRecord record = RunRecord.begin(
                        workspace, folder, setup, plan.getClass().getName(), listener, clock);
                WorkerPool pool = new WorkerPool(workspace.root(), clock)) {
            DefaultsCheck defaults = new DefaultsCheck(workspace);
            ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
            UpcomingJobs upcoming = new UpcomingJobs();
            WorkerChoice workers = new WorkerChoice(inside == null && !setup.detached(), listener::notice);
            JobSpecs specs = new JobSpecs(workspace, record, upcoming, workers, listener, clock);
            RunServices run = new RunServices(
                    record,
                    listener,
                    defaults,
                    specs,
                    upcoming,
                    workers,
                    new Scheduler(clock, blocking, setup.order().failures().most()));
            SharedLimits shared = new SharedLimits(setup.state(), run.scheduler(), listener, clock);
            // Jobs in this process need no launcher, and leave nothing in the user's state.
            LauncherLimits limits =
                    new LauncherLimits(setup.jobs(), inside == null ? shared : LauncherLimits.Source.ALONE);
            JobCode code = new JobCode(workspace, setup.classPath());
            CodeCheck check = new CodeCheck(code, listener);
            PlacementFinder placements = new PlacementFinder(setup, listener);
            DeclaredTokens declared = new DeclaredTokens(setup.detached() ? null : tokens, listener);
            JobTokens jobTokens = new JobTokens(tokens, declared, limits, run);
            OutputRemovals removals = new OutputRemovals(
                    workspace, record.folder(), batchJob -> isShared(clients, batchJob), blocking, listener, clock);
            ModeHandler handler = handler(run, workspace, code, clients, pool, limits, placements, jobTokens, removals);
            ExperimentRun experiment = new ExperimentRun(
                    setup,
                    workspace,
                    defaults,
                    check,
                    listener,
                    record::add,
                    record.culprits(),
                    placements,
                    declared,
                    new PrepareSteps(workspace, prepared(record), clock, setup.detached()),
                    new PlanCallbacks(setup, setup.detached() ? null : run.scheduler(), listener, clock),
                    new SideDeclarations(workspace, record.folder(), code),
                    handler);
            // The session is closed before the clients, so that a job that is being submitted ends because the run was
            // stopped; and before the poller, so that a request in the last moment has an answer.
            try (shared;
                    RunSession session =
                            new RunSession(experiment, record, listener, blocking, run.scheduler(), clock);
                    RequestPoller _ = setup.detached() ? null : requests(run, experiment, limits, session);
                    session) {
                RunResult result = session.run(
                        plan,
                        settings,
                        () -> {
                            experiment.recordLeftOut(record::leftOut);
                            if (!setup.detached()) {
                                removals.begin(experiment.snapshot(), experiment.hasCallbacks());
                            }
                            new Guard("The comparison of the jobs' code")
                                    .run(() -> check.report(experiment.snapshot(), record));
                        },
                        handler);
                if (!setup.detached()) {
                    report(plan, experiment, result);
                }
                return checked(experiment, result);
            }
        }
    }

    /** Returns whether the host of a batch job has no copy of the workspace: a launcher with a connector may have one. */
    private static boolean isShared(RunBatchClients clients, BatchJobReference batchJob) {
        return clients.findLauncher(batchJob)
                .filter(launcher -> launcher.connector().isEmpty())
                .isPresent();
    }

    private Consumer<PrepareNews> prepared(RunRecord record) {
        return news -> {
            record.prepares(news);
            listener.prepares(news);
        };
    }

    private RequestPoller requests(
            RunServices run, ExperimentRun experiment, LauncherLimits limits, RunSession session) {
        RequestHandler handler = new RequestHandler(experiment, run.scheduler(), limits, session::stop, run.record());
        return new RequestPoller(run.record().requests(), handler, trusted, listener, clock);
    }

    private ModeHandler handler(
            RunServices run,
            Workspace workspace,
            JobCode code,
            RunBatchClients clients,
            WorkerPool pool,
            LauncherLimits limits,
            PlacementFinder placements,
            JobTokens tokens,
            OutputRemovals removals) {
        HostLeases leases = new HostLeases(setup.state(), clock);
        JobPreparation preparation = new JobPreparation(code, leases);
        BatchExecution batch = new BatchExecution(workspace, code, clients, leases);
        if (setup.detached()) {
            return new DetachHandler(run, preparation, batch, clients, clock);
        }
        String failureOption = setup.order().failures().option();
        JobAwaiter awaiter = (folder, jobListener) -> clients.await(workspace, folder, jobListener);
        if (inside != null) {
            JobRunner runner = new JobRunner(run.record().name(), inside, inside, awaiter);
            JobRetries retries = new JobRetries(placements, task -> {}, run.upcoming(), tokens, clock);
            return new ExecuteHandler(run, task -> {}, runner, limits, tokens, retries, removals, failureOption);
        }
        StartCache cache = new StartCache(setup.cache(), listener::warning, clock);
        LocalExecution local = new LocalExecution(code, cache, leases, pool, run.workers(), clock);
        JobRunner runner = new JobRunner(run.record().name(), local, batch, awaiter);
        JobRetries retries = new JobRetries(placements, preparation, run.upcoming(), tokens, clock);
        return new ExecuteHandler(run, preparation, runner, limits, tokens, retries, removals, failureOption);
    }

    private void report(ExperimentPlan<?> plan, ExperimentRun experiment, RunResult result) {
        boolean complete = result.account().isComplete() && experiment.refusal().isEmpty();
        RunReport report = new RunReport(experiment.submissions(), complete, experiment.resultsFolder());
        listener.reported(report);
        PlanCalls.report(plan, report);
    }

    /**
     * Returns the result. Throws the error of a submission that came too late, even if a thread of the plan has
     * swallowed it.
     */
    private static RunResult checked(ExperimentRun experiment, RunResult result) {
        experiment.refusal().ifPresent(refused -> {
            throw refused;
        });
        return result;
    }
}
