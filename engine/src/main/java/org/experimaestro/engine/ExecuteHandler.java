package org.experimaestro.engine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.experimaestro.ExperimaestroException;
import org.experimaestro.Outcome;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.serial.ChangedDefault;
import org.experimaestro.engine.job.JobResult;
import org.experimaestro.engine.job.JobRunner;
import org.experimaestro.engine.job.JobSpec;
import org.experimaestro.engine.schedule.Demand;
import org.experimaestro.engine.schedule.Ending;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.engine.schedule.Work;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobStatus;

/**
 * The handler of a normal run, which runs each job when its dependencies are done and its limits have room, and waits
 * for all jobs.
 */
final class ExecuteHandler implements ModeHandler, JobHandler {
    private final RunServices run;
    private final Consumer<SubmittedTask> preparation;
    private final JobRunner runner;
    private final LauncherLimits limits;
    private final JobTokens tokens;
    private final JobRetries retries;
    private final String failureOption;
    private final OutputRemovals removals;
    private final TypicalTimes times = new TypicalTimes();

    /**
     * Creates a handler for the jobs of one run.
     *
     * @param run the services of the run
     * @param preparation the preparation of jobs at their submission
     * @param runner the runner of the jobs
     * @param limits the limits of the jobs that run at once
     * @param tokens the tokens that the jobs hold
     * @param retries the retries of failed jobs
     * @param removals the removals of outputs that no job needs any more
     * @param failureOption the option by which no more jobs are started after failures, for messages
     */
    ExecuteHandler(
            RunServices run,
            Consumer<SubmittedTask> preparation,
            JobRunner runner,
            LauncherLimits limits,
            JobTokens tokens,
            JobRetries retries,
            OutputRemovals removals,
            String failureOption) {
        this.failureOption = failureOption;
        this.removals = removals;
        this.run = run;
        this.preparation = preparation;
        this.runner = runner;
        this.limits = limits;
        this.tokens = tokens;
        this.retries = retries;
    }

    @Override
    public void take(TaskJob job) {
        // A job that cannot be read may be repaired and tried again.
        if (!(job.task().found() instanceof JobStatus.Done)) {
            preparation.accept(job.task());
        }
        job.submitTo(run.scheduler());
    }

    @Override
    public JobHandler jobs() {
        return this;
    }

    @Override
    public RunResult finish(ExperimentRun experiment) throws InterruptedException {
        run.awaitEnd();
        run.workers().hint().ifPresent(run.listener()::notice);
        removals.finish(experiment.snapshot());
        RunAccount account = RunAccount.of(experiment.snapshot(), false);
        return new RunResult(account.isDone() ? Outcome.DONE : Outcome.FAILED, account, experiment.resultsFolder());
    }

    @Override
    public List<Demand> demands(TaskJob job) {
        List<Demand> demands = limits.demands(JobSpecs.placement(job.task()));
        demands.addAll(tokens.demands(job));
        return demands;
    }

    @Override
    public Optional<Work.Admission> admit(TaskJob job) throws InterruptedException {
        return tokens.admit(job);
    }

    @Override
    public long expected(SubmittedTask task) {
        return times.expected(task.typeId());
    }

    @Override
    public Turn run(TaskJob job) {
        if (job.isGivenUp()) {
            return retries.giveUp(job);
        }
        Optional<JobResult> refusal = retries.findRefusal(job);
        if (refusal.isPresent()) {
            // Its failure is that of an attempt about which is decided already.
            return new Turn(refusal.get(), new Ending.Failed());
        }
        Optional<JobStatus.Failed> other = retries.findOtherFailure(job);
        if (other.isPresent()) {
            return retries.decide(job, other.get());
        }
        boolean lacksTokens = JobTokens.areLacking(job);
        JobResult end = runToEnd(job, lacksTokens);
        if (lacksTokens && JobRunner.isToRun(end.status())) {
            return new Turn(end, new Ending.Again(Duration.ZERO)); // its next turn begins with its tokens
        }
        return end.status() instanceof JobStatus.Failed failed
                ? retries.decide(job, failed)
                : new Turn(end, Ending.of(isDone(end)));
    }

    private JobResult runToEnd(TaskJob job, boolean lacksTokens) {
        try {
            JobSpec spec = run.specs().of(job);
            return checked(job, lacksTokens ? runner.await(spec) : runner.run(spec));
        } catch (ExperimaestroException wrong) {
            JobStatus status = new JobStatus.Failed(FailureCause.NOT_STARTED, String.valueOf(wrong.getMessage()));
            return new JobResult(status);
        }
    }

    /**
     * Returns the end of a job; a failure if another run has executed the job with other defaults, after its submission
     * here.
     */
    private JobResult checked(TaskJob job, JobResult ended) {
        if (job.isOwn(ended.status()) || !isDone(ended)) {
            return ended;
        }
        SubmittedTask task = job.task();
        Set<ChangedDefault> changes;
        try {
            changes = run.defaults().changes(task.task(), task.folder(), ended.status());
        } catch (WorkspaceException unreadable) {
            return new JobResult(new JobStatus.Corrupt(String.valueOf(unreadable.getMessage())));
        }
        if (changes.isEmpty()) {
            return ended;
        }
        String reason = ChangedJobs.reason(ended.status(), changes);
        return new JobResult(new JobStatus.Failed(FailureCause.WRONG_PARAMETERS, reason));
    }

    private static boolean isDone(JobResult end) {
        return end.status() instanceof JobStatus.Done;
    }

    @Override
    public void changed(TaskJob job, Phase phase) {
        run.upcoming().changed(job, phase);
        limits.changed(job, phase);
        boolean waits = phase == Phase.WAITING || phase == Phase.READY;
        if (job.isWaitingNow(waits)) {
            run.workers().waits(job.task().typeId(), waits ? 1 : -1);
        }
        if (phase == Phase.DONE) {
            times.add(job.task().typeId(), ReportedJob.end(job).status());
        }
        boolean isWithheld = job.node().isWithheld();
        if (isWithheld) {
            job.withhold(run.withheldBecause(failureOption));
        }
        // Its limits are written once, when its turn begins: the holders of a limit follow from the jobs that run.
        boolean isTurn = phase == Phase.READY
                || phase == Phase.RUNNING && job.task().found().isActive();
        run.record().changed(job, isTurn ? demands(job) : List.of());
        if (isWithheld) {
            run.listener().withheld(job.task(), job.withheldBecause());
            JobResult failed = job.result();
            if (failed != null) {
                run.listener().failed(job.task(), failed); // it waited for its next attempt
            }
        } else {
            run.listener().changed(job.task(), phase);
        }
        if (phase == Phase.DONE) {
            removals.ended(job);
        }
        if (phase == Phase.FAILED) {
            run.listener().failed(job.task(), ReportedJob.end(job));
        }
        TaskJob.Retrial retrial = job.retrial();
        if (phase == Phase.WAITING && retrial != null) {
            run.listener().triedAgain(job.task(), retrial.toString());
        }
    }
}
