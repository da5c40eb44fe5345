package org.experimaestro.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.experimaestro.ExperimaestroException;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.Outcome;
import org.experimaestro.PlanException;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.serial.ConfigurationWriter;
import org.experimaestro.engine.batch.BatchDesks;
import org.experimaestro.engine.batch.BatchExecution;
import org.experimaestro.engine.job.Ended;
import org.experimaestro.engine.job.JobCode;
import org.experimaestro.engine.job.JobOrder;
import org.experimaestro.engine.job.JobRunner;
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
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/** Runs a plan, from its first submission to its report. */
public final class ExperimentRunner {
    private static final long STOP_SECONDS = 10;

    private final ExperimentSetup setup;
    private final RunListener listener;

    /**
     * A runner.
     *
     * @param setup what to run it with
     * @param listener is told what happens; what it throws is logged, and changes nothing
     */
    public ExperimentRunner(ExperimentSetup setup, RunListener listener) {
        this.setup = setup;
        this.listener = new GuardedListener(listener);
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
            case NORMAL -> setup.detached() ? runDetached(plan, settings) : runNormally(plan, settings);
            case GENERATE -> generate(plan, settings);
            case DRY_RUN -> runDry(plan, settings);
        };
    }

    private <S> RunResult runNormally(ExperimentPlan<S> plan, S settings) throws InterruptedException {
        Workspace workspace = Workspace.open(setup.workspace());
        JobCode code = new JobCode(workspace, setup.classPath());
        try (BatchDesks desks =
                new BatchDesks(setup.launchers(), Thread.currentThread().getContextClassLoader())) {
            return runNormally(plan, settings, workspace, code, desks);
        }
    }

    private <S> RunResult runNormally(
            ExperimentPlan<S> plan, S settings, Workspace workspace, JobCode code, BatchDesks desks)
            throws InterruptedException {
        ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
        try (RunRecord record = RunRecord.begin(
                        workspace.experiment(setup.name()),
                        setup,
                        plan.getClass().getName(),
                        listener);
                Scheduler<SubmittedTask, Ended> scheduler =
                        scheduler(workspace, runner(record.name(), workspace, code, desks), blocking)) {
            ExperimentRun experiment = new ExperimentRun(setup, workspace, listener, job -> {
                record.add(job.content());
                Scheduler.Found found = ExperimentRun.found(job.content().found());
                if (found == Scheduler.Found.ENDED) {
                    scheduler.submit(job, found, new Ended(job.content().found(), false));
                } else {
                    // Now, not when the job starts: it may wait for long, and the project be built meanwhile.
                    takeCopy(code);
                    scheduler.submit(job, found, null);
                }
            });
            callPlan(plan, experiment, settings);
            Outcome outcome = experiment.await();
            RunResult result = result(outcome, experiment);
            record.end(result);
            if (outcome == Outcome.DONE) {
                callReport(plan, experiment);
            }
            return result;
        } finally {
            // Before the desks are closed, so that each job that is on its way knows that it was the run that stopped.
            stop(blocking);
        }
    }

    private <S> RunResult runDetached(ExperimentPlan<S> plan, S settings) throws InterruptedException {
        Workspace workspace = Workspace.open(setup.workspace());
        JobCode code = new JobCode(workspace, setup.classPath());
        HostLeases leases = new HostLeases(setup.state().resolve("leases"));
        try (BatchDesks desks =
                        new BatchDesks(setup.launchers(), Thread.currentThread().getContextClassLoader());
                RunRecord record = RunRecord.begin(
                        workspace.experiment(setup.name()),
                        setup,
                        plan.getClass().getName(),
                        listener)) {
            ExperimentRun experiment = new ExperimentRun(setup, workspace, listener, job -> {
                record.add(job.content());
                takeCopy(code);
            });
            callPlan(plan, experiment, settings);
            DetachedRun detached = new DetachedRun(
                    record.name(),
                    new BatchExecution(workspace, code, desks, leases),
                    desks,
                    task -> order(task, workspace));
            detached.hand(experiment.snapshot());
            RunResult result = left(experiment, detached);
            record.end(result);
            return result;
        }
    }

    private static RunResult left(ExperimentRun experiment, DetachedRun detached) {
        List<RunResult.Failure> failures = new ArrayList<>();
        detached.failed().forEach((task, status) -> failures.add(new RunResult.Failure(task, status)));
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

    /** Leaves the jobs' processes alone, and ends what waits for them: nothing is written after the run. */
    private static void stop(ExecutorService blocking) {
        blocking.shutdownNow();
        try {
            if (!blocking.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                System.getLogger(ExperimentRunner.class.getName())
                        .log(System.Logger.Level.WARNING, "Some threads of the run do not end");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void takeCopy(JobCode code) {
        try {
            code.classPath();
        } catch (IOException failed) {
            throw new WorkspaceException(
                    "Cannot copy the plan's class path into the workspace: " + Failures.reason(failed),
                    null,
                    null,
                    failed);
        }
    }

    private JobRunner runner(String run, Workspace workspace, JobCode code, BatchDesks desks) {
        StartCache cache = new StartCache(setup.cache().resolve("aot"));
        HostLeases leases = new HostLeases(setup.state().resolve("leases"));
        return new JobRunner(
                run,
                new LocalExecution(code, cache, leases),
                new BatchExecution(workspace, code, desks, leases),
                (folder, voice) -> desks.await(workspace, folder, voice));
    }

    private Scheduler<SubmittedTask, Ended> scheduler(Workspace workspace, JobRunner runner, ExecutorService blocking) {
        Map<String, LauncherCapacity> capacities = new HashMap<>();
        return new Scheduler<>(
                task -> {
                    LauncherDefinition launcher = placement(task).launcher();
                    return capacities.computeIfAbsent(
                            launcher.name(), name -> new LauncherCapacity(launcher, setup.jobs()));
                },
                job -> runJob(job.content(), workspace, runner),
                ended -> ended.status().state() == JobState.DONE,
                job -> listener.changed(job.content(), job.phase()),
                blocking);
    }

    private static Placement placement(SubmittedTask task) {
        return task.placement() == null ? Placement.on(LauncherDefinition.local()) : task.placement();
    }

    private Ended runJob(SubmittedTask task, Workspace workspace, JobRunner runner) {
        try {
            return runner.run(order(task, workspace));
        } catch (ExperimaestroException wrong) {
            JobStatus status = JobStatus.failed(0, null, FailureCause.NOT_STARTED, String.valueOf(wrong.getMessage()));
            return new Ended(status, false);
        }
    }

    private JobOrder order(SubmittedTask task, Workspace workspace) {
        return new JobOrder(
                task.folder(),
                parameters(task, workspace),
                task.needs(),
                placement(task),
                task.environment(),
                voice(task));
    }

    private JobOrder.Voice voice(SubmittedTask task) {
        return new JobOrder.Voice() {
            @Override
            public void says(String state) {
                listener.says(task, state);
            }

            @Override
            public void warns(String text) {
                listener.warning(text);
            }
        };
    }

    private <S> RunResult generate(ExperimentPlan<S> plan, S settings) {
        Workspace workspace = Workspace.open(setup.workspace());
        JobCode code = new JobCode(workspace, setup.classPath());
        ExperimentRun experiment = new ExperimentRun(setup, workspace, listener, job -> {
            SubmittedTask task = job.content();
            // What failed or cannot be read stays as it is, for those who want to know why.
            if (task.found().state() == JobState.NEW) {
                try {
                    task.folder().write(parameters(task, workspace), code.textFor(task.folder()));
                } catch (IOException failed) {
                    throw new WorkspaceException(
                            "Cannot write the folder of " + task.folder() + ": " + Failures.reason(failed),
                            null,
                            null,
                            failed);
                }
            }
        });
        callPlan(plan, experiment, settings);
        return result(Outcome.NOT_RUN, experiment);
    }

    private <S> RunResult runDry(ExperimentPlan<S> plan, S settings) {
        Workspace workspace = Workspace.view(setup.workspace());
        ExperimentRun experiment = new ExperimentRun(setup, workspace, listener, job -> {});
        callPlan(plan, experiment, settings);
        return result(Outcome.NOT_RUN, experiment);
    }

    private static String parameters(SubmittedTask task, Workspace workspace) {
        String toWorkspace = task.folder()
                .path()
                .resolve(JobFolder.INTERNAL)
                .relativize(workspace.root())
                .toString();
        return ConfigurationWriter.write(task.task().handle(), workspace.root(), toWorkspace);
    }

    private static <S> void callPlan(ExperimentPlan<S> plan, ExperimentRun experiment, S settings) {
        try {
            plan.run(experiment, settings);
        } catch (ExperimaestroException ours) {
            throw ours;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new PlanException("The plan was interrupted", null, null, stopped);
        } catch (Exception thrown) {
            throw new PlanException(
                    "The plan " + plan.getClass().getName() + " failed: " + thrown, place(plan, thrown), null, thrown);
        }
    }

    private static <S> void callReport(ExperimentPlan<S> plan, ExperimentRun experiment) {
        try {
            plan.report(new RunReport(experiment.snapshot(), experiment.resultsFolder()));
        } catch (ExperimaestroException ours) {
            throw ours;
        } catch (Exception thrown) {
            throw new PlanException(
                    "The jobs are done, but the report of " + plan.getClass().getName() + " failed: " + thrown,
                    place(plan, thrown),
                    null,
                    thrown);
        }
    }

    /** The line of the plan that an exception passed through; of a plan that is a lambda, that of its code. */
    private static @Nullable String place(ExperimentPlan<?> plan, Exception thrown) {
        StackTraceElement outermost = null;
        for (StackTraceElement frame : thrown.getStackTrace()) {
            if (frame.getClassName().equals(plan.getClass().getName())) {
                return place(frame);
            }
            if (frame.getClassName().equals(ExperimentRunner.class.getName())) {
                break;
            }
            outermost = frame;
        }
        return outermost == null ? null : place(outermost);
    }

    private static String place(StackTraceElement frame) {
        return frame.getFileName() + ":" + frame.getLineNumber();
    }

    private RunResult result(Outcome outcome, ExperimentRun experiment) {
        int executed = 0;
        int doneBefore = 0;
        List<RunResult.Failure> failures = new ArrayList<>();
        List<SubmittedTask> skipped = new ArrayList<>();
        List<Job<SubmittedTask, Ended>> jobs = experiment.snapshot();
        for (Job<SubmittedTask, Ended> job : jobs) {
            Ended ended = job.result();
            if (ended != null && ended.executed()) {
                executed++;
            } else if (job.phase() == Phase.DONE || job.content().found().state() == JobState.DONE) {
                doneBefore++;
            }
            if (job.phase() == Phase.FAILED) {
                failures.add(new RunResult.Failure(job.content(), ended == null ? unknown(job) : ended.status()));
            } else if (job.phase() == Phase.SKIPPED) {
                skipped.add(job.content());
            }
        }
        return new RunResult(
                outcome, jobs.size(), 0, executed, doneBefore, failures, skipped, experiment.resultsFolder());
    }

    /** The state of a job that a mistake in this program has ended. */
    private static JobStatus unknown(Job<SubmittedTask, Ended> job) {
        return JobStatus.failed(
                0, null, FailureCause.NOT_STARTED, "the code that was to run it has failed: " + job.problem());
    }
}
