package org.experimaestro.engine;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.experimaestro.engine.schedule.Job;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.engine.schedule.RetryAnswer;
import org.experimaestro.engine.schedule.Scheduler;
import org.experimaestro.workspace.RunRequest;
import org.experimaestro.workspace.RunRequests;

/** The handler of requests to a run while it goes on. Thread-safe. */
final class RequestHandler implements Function<RunRequest, RunRequests.Answer> {
    private static final String ENDED = "the run has ended";

    private final ExperimentRun experiment;
    private final Scheduler scheduler;
    private final LauncherLimits limits;
    private final BooleanSupplier stop;
    private final RunRecord record;
    private final Culprits culprits;

    /**
     * Creates a handler for one run.
     *
     * @param experiment the run's experiment, which has its jobs
     * @param scheduler the scheduler of the jobs
     * @param limits the limits of the jobs that run at once
     * @param stop the action that stops the run and leaves its jobs alone; it returns false if all jobs have ended
     * @param record the record of the run
     */
    RequestHandler(
            ExperimentRun experiment,
            Scheduler scheduler,
            LauncherLimits limits,
            BooleanSupplier stop,
            RunRecord record) {
        this.experiment = experiment;
        this.scheduler = scheduler;
        this.limits = limits;
        this.stop = stop;
        this.record = record;
        this.culprits = record.culprits();
    }

    @Override
    public RunRequests.Answer apply(RunRequest request) {
        return switch (request) {
            case RunRequest.Stop() ->
                stop.getAsBoolean()
                        ? accepted("the run stops; its jobs go on, unless it was begun with --on-stop kill")
                        : refused(ENDED);
            case RunRequest.Jobs(int value) -> resize(value);
            case RunRequest.Pause() -> pause(true);
            case RunRequest.Resume() -> pause(false);
            case RunRequest.Retry(String job) ->
                experiment.find(job).map(this::retry).orElseGet(() -> refused("the run has not submitted it"));
            case RunRequest.GiveUp(String job) ->
                experiment.find(job).map(this::giveUp).orElseGet(() -> refused("the run has not submitted it"));
        };
    }

    private RunRequests.Answer pause(boolean paused) {
        return answer(scheduler.pause(paused), counts -> {
            if (!counts) {
                return refused(ENDED);
            }
            record.paused(paused);
            return accepted(
                    paused
                            ? "no more jobs are started; those that run go on, and the run waits until it is resumed"
                            : "jobs are started again");
        });
    }

    private RunRequests.Answer resize(int jobs) {
        return answer(scheduler.resize(limits.jobsHere(), jobs), counts -> {
            if (!counts) {
                return refused(ENDED);
            }
            record.jobsHere(jobs);
            return accepted("at most " + jobs + (jobs == 1 ? " job runs" : " jobs run")
                    + " on this machine at once from now on");
        });
    }

    private RunRequests.Answer retry(TaskJob job) {
        if (job.isLeftOut()) {
            return refused("the run does not run the job: it was " + job.leftOutBecause());
        }
        List<PrepareStep> unprepared = job.phase() != Phase.SKIPPED
                ? List.of()
                : job.steps().stream()
                        .filter(step -> step.node().phase() == Phase.FAILED)
                        .toList();
        if (unprepared.isEmpty()) {
            return retry(
                    job,
                    job.node(),
                    "the job is tried again, with the code that the plan had when the run began;"
                            + " those that were skipped for it wait for it");
        }
        RunRequests.Answer answer = refused(ENDED);
        for (PrepareStep step : unprepared) {
            answer = retry(
                    job,
                    step.node(),
                    "its preparation is tried again, with the code that the plan had when the run began;"
                            + " the jobs that were skipped for it wait for it");
        }
        return answer;
    }

    private RunRequests.Answer retry(TaskJob job, Job node, String granted) {
        return answer(scheduler.retry(node), retry -> switch (retry) {
            case GRANTED -> accepted(granted);
            case WITHHELD -> refused("so many jobs have failed that the run starts no more; run its plan again");
            case NOT_FAILED -> refused("the job has not failed: it is " + word(job));
            case OVER -> refused(ENDED);
        });
    }

    /** Lets a job that waits for its next attempt have its turn at once, in which it fails. */
    private RunRequests.Answer giveUp(TaskJob job) {
        if (job.retrial() == null) {
            return refused("the job does not wait for another attempt: it is " + word(job));
        }
        return answer(
                scheduler.endWait(job.node(), job::giveUp),
                retry -> retry == RetryAnswer.GRANTED
                        ? accepted("the job is not tried again"
                                + (job.phase() == Phase.READY ? ", once the run goes on" : ""))
                        : refused("the job does not wait for another attempt any longer: it is " + word(job)));
    }

    private static <T> RunRequests.Answer answer(Future<T> told, Function<T, RunRequests.Answer> words) {
        try {
            return words.apply(told.get());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return refused(ENDED);
        } catch (ExecutionException impossible) {
            throw new AssertionError("The scheduler always answers", impossible);
        }
    }

    private String word(TaskJob job) {
        return switch (job.phase()) {
            case WAITING, READY -> "waiting";
            case RUNNING -> "running";
            case DONE -> "done";
            case FAILED -> "failed"; // since then
            case SKIPPED ->
                job.node().isWithheld()
                        ? "not started, " + culprits.reason(job)
                        : "skipped, " + culprits.reason(job)
                                + "; a job that failed, or whose own preparation did, can be tried again,"
                                + " and the skipped ones with it";
        };
    }

    private static RunRequests.Answer accepted(String message) {
        return new RunRequests.Answer(true, message);
    }

    private static RunRequests.Answer refused(String message) {
        return new RunRequests.Answer(false, message);
    }
}
