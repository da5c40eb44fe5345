package org.experimaestro.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.experimaestro.ExperimaestroException;
import org.experimaestro.LaunchException;
import org.experimaestro.Outcome;
import org.experimaestro.engine.batch.BatchExecution;
import org.experimaestro.engine.batch.RunBatchClients;
import org.experimaestro.engine.batch.SubmissionResult;
import org.experimaestro.engine.guard.Guard;
import org.experimaestro.engine.job.JobResult;
import org.experimaestro.engine.job.JobSpec;
import org.experimaestro.engine.job.RemovalWait;
import org.experimaestro.engine.schedule.Demand;
import org.experimaestro.engine.schedule.Ending;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.engine.time.RunClock;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.Claim;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.JobCount;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.ProcessIdentity;

/**
 * The handler of a detached run, which submits the jobs of a plan to batch systems. These start each job when its
 * dependencies have ended well, so the plan's process need not stay. In the graph, a job has ended when a batch system
 * has it, so that its dependents can name its batch job.
 */
final class DetachHandler implements ModeHandler, JobHandler {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LAST_PAUSE = Duration.ofSeconds(2);

    private final RunServices run;
    private final Consumer<SubmittedTask> preparation;
    private final BatchExecution execution;
    private final RunBatchClients clients;
    private final RunClock clock;
    private final ProcessIdentity self = ProcessIdentity.current();
    private final Guard guard = new Guard("The code that is to submit a job");

    /**
     * Creates a handler for the jobs of one run.
     *
     * @param run the services of the run
     * @param preparation the preparation of jobs at their submission
     * @param execution the execution that submits jobs to batch systems
     * @param clients the clients of batch systems
     * @param clock the clock of pauses
     */
    DetachHandler(
            RunServices run,
            Consumer<SubmittedTask> preparation,
            BatchExecution execution,
            RunBatchClients clients,
            RunClock clock) {
        this.run = run;
        this.preparation = preparation;
        this.execution = execution;
        this.clients = clients;
        this.clock = clock;
    }

    /** Prepares a job. Its turn comes after the plan has returned, so that all jobs are submitted, or none. */
    @Override
    public void take(TaskJob job) {
        preparation.accept(job.task());
    }

    @Override
    public JobHandler jobs() {
        return this;
    }

    @Override
    public RunResult finish(ExperimentRun experiment) throws InterruptedException {
        List<TaskJob> jobs =
                experiment.snapshot().stream().filter(TaskJob::isTaken).toList();
        new DetachedCheck(clients).check(jobs);
        jobs.forEach(job -> job.submitTo(run.scheduler()));
        run.awaitEnd();
        return result(experiment.snapshot(), experiment);
    }

    private RunResult result(List<TaskJob> jobs, ExperimentRun experiment) {
        RunAccount account = RunAccount.of(jobs, false);
        boolean isLost = account.count(JobCount.FAILED) + account.count(JobCount.SKIPPED) > 0;
        return new RunResult(isLost ? Outcome.FAILED : Outcome.SUBMITTED, account, experiment.resultsFolder());
    }

    // ---- the turn of a job ----

    @Override
    public List<Demand> demands(TaskJob job) {
        return List.of(); // batch systems have limits of their own
    }

    @Override
    public void changed(TaskJob job, Phase phase) {}

    /** Submits a job. A mistake with one job does not affect the others. */
    @Override
    public Turn run(TaskJob job) {
        JobResult end = runToEnd(job);
        boolean isSubmitted = end.status().isActive() || end.status() instanceof JobStatus.Done;
        return new Turn(end, Ending.of(isSubmitted));
    }

    private JobResult runToEnd(TaskJob job) {
        try {
            return submit(job);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return failed(FailureCause.NOT_STARTED, "the run was interrupted");
        } catch (IOException unwritten) {
            return failed(FailureCause.NOT_STARTED, Failures.reason(unwritten));
        } catch (ExperimaestroException wrong) {
            return failed(FailureCause.NOT_STARTED, String.valueOf(wrong.getMessage()));
        } catch (RuntimeException | Error mistake) {
            guard.log(mistake);
            return failed(FailureCause.NOT_STARTED, "the code that was to submit it has failed: " + mistake);
        }
    }

    private JobResult submit(TaskJob job) throws IOException, InterruptedException {
        JobStatus status = settled(job.task().folder(), job.task().folder().status());
        if (status instanceof JobStatus.Queued queued) {
            awaitDependencies(job);
            status = isOutdated(job) ? withdraw(job, queued.batchJob()) : status;
        }
        Optional<JobResult> known = findEnd(status);
        if (known.isPresent()) {
            return known.get();
        }
        awaitDependencies(job);
        List<String> obstacles = obstacles(job);
        return obstacles.isEmpty()
                ? submit(run.specs().of(job), batchJobs(job))
                : failed(FailureCause.NOT_STARTED, String.join("; ", obstacles));
    }

    /**
     * Returns whether a batch system has a job that could never begin: it waits for former batch jobs of dependencies
     * that are submitted anew, because they have failed since.
     */
    private static boolean isOutdated(TaskJob job) {
        for (TaskJob dependency : job.dependencies()) {
            JobStatus end = ReportedJob.end(dependency).status();
            if (!(end instanceof JobStatus.Done)
                    && !end.findBatchJob().equals(dependency.task().found().findBatchJob())) {
                return true;
            }
        }
        return false;
    }

    /** Takes a job back from its batch system, and returns the job's state then. */
    private JobStatus withdraw(TaskJob job, BatchJobReference batchJob) throws InterruptedException {
        run.listener()
                .warning(job.task().folder().name() + " is submitted again, because the job " + batchJob
                        + " waits for a former batch job of what it depends on");
        JobStatus status = execution.withdraw(job.task().folder(), batchJob);
        if (status instanceof JobStatus.Queued) {
            throw LaunchException.of("The job " + batchJob + " was cancelled, and has not ended yet")
                    .advice("run the same command again in a while")
                    .build();
        }
        return status;
    }

    private JobResult submit(JobSpec spec, List<String> after) throws IOException, InterruptedException {
        Duration pause = FIRST_PAUSE;
        while (true) {
            switch (spec.folder().claim(self, run.record().name(), spec.origin())) {
                case Claim.Granted(Attempt attempt) -> {
                    spec.listener().claimed(attempt.number());
                    return switch (execution.submit(attempt, spec, after)) {
                        case SubmissionResult.Accepted(BatchJobReference batchJob) ->
                            new JobResult(new JobStatus.Queued(attempt.number(), batchJob));
                        case SubmissionResult.Rejected(JobStatus status) -> new JobResult(status);
                    };
                }
                case Claim.Refused(JobStatus status) -> {
                    Optional<JobResult> end = findEnd(settled(spec.folder(), status));
                    if (end.isPresent()) {
                        return end.get();
                    }
                }
            }
            spec.listener().statusChanged("another run is starting it");
            clock.sleep(pause);
            pause = pause.compareTo(LAST_PAUSE) < 0 ? pause.multipliedBy(2) : LAST_PAUSE;
        }
    }

    /** Returns the state of a job after the removal of its outputs, if another run is about to remove them. */
    private JobStatus settled(JobFolder job, JobStatus found) throws InterruptedException {
        return RemovalWait.settled(job, found, clock, run.listener()::warning);
    }

    /**
     * Returns the end of a job by its files; empty if the job is to be submitted, or another run is about to do that.
     */
    private static Optional<JobResult> findEnd(JobStatus status) {
        return switch (status) {
            case JobStatus.Done _, JobStatus.Corrupt _, JobStatus.Queued _, JobStatus.Running _ ->
                Optional.of(new JobResult(status));
            case JobStatus.New _, JobStatus.Starting _, JobStatus.Failed _, JobStatus.Removed _ -> Optional.empty();
        };
    }

    private static JobResult failed(FailureCause cause, String message) {
        return new JobResult(new JobStatus.Failed(cause, message));
    }

    // ---- what it depends on ----

    /**
     * Waits until all dependencies have had their turns. The scheduler does not order a job after its dependencies if a
     * batch system had it at its submission; the batch system may have lost it since.
     */
    private static void awaitDependencies(TaskJob job) throws InterruptedException {
        for (TaskJob dependency : job.dependencies()) {
            try {
                dependency.end().get();
            } catch (CancellationException stopped) {
                throw new InterruptedException("The run was stopped");
            } catch (ExecutionException impossible) {
                throw new AssertionError("The end of a job is always told", impossible);
            }
        }
    }

    /** Returns the job ids of the batch jobs that have to end well before a job begins. */
    private static List<String> batchJobs(TaskJob job) {
        List<String> after = new ArrayList<>();
        for (TaskJob dependency : job.dependencies()) {
            ReportedJob.end(dependency).status().findBatchJob().ifPresent(batchJob -> after.add(batchJob.jobId()));
        }
        return after;
    }

    /** Returns the reasons why a job cannot wait for its dependencies. */
    private List<String> obstacles(TaskJob job) {
        LauncherDefinition launcher = JobSpecs.placement(job.task()).launcher();
        List<String> obstacles = new ArrayList<>();
        for (TaskJob dependency : job.dependencies()) {
            String name = dependency.task().folder().name() + ", which it depends on, ";
            JobStatus end = ReportedJob.end(dependency).status();
            Optional<BatchJobReference> batchJob = end.findBatchJob();
            if (batchJob.isPresent()) {
                if (!isReachable(batchJob.get(), launcher)) {
                    obstacles.add(name + "is the job " + batchJob.get() + ": the launcher " + launcher.name()
                            + " cannot wait for that system's jobs");
                }
            } else if (end instanceof JobStatus.Running running) {
                obstacles.add(name + "is run by " + running.process()
                        + ", which no launcher can wait for; run the same command again when it has ended");
            } else if (!(end instanceof JobStatus.Done)) {
                obstacles.add(name + "could not be submitted");
            }
        }
        return obstacles;
    }

    private boolean isReachable(BatchJobReference batchJob, LauncherDefinition launcher) {
        return clients.findLauncher(batchJob)
                .filter(found -> clients.isSameSystem(found, launcher))
                .isPresent();
    }
}
