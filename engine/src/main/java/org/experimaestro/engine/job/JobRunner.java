package org.experimaestro.engine.job;

import java.io.IOException;
import java.util.Optional;
import org.experimaestro.ExperimaestroException;
import org.experimaestro.engine.guard.Guard;
import org.experimaestro.engine.time.RunClock;
import org.experimaestro.spi.UnreachableException;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.AttemptOrigin;
import org.experimaestro.workspace.Claim;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.ProcessIdentity;

/**
 * The runner of a run's jobs, which runs a job to its end or waits for the end of a job that another run has.
 * Thread-safe.
 */
public final class JobRunner {
    private final ProcessIdentity self = ProcessIdentity.current();
    private final String run;
    private final Execution here;
    private final Execution elsewhere;
    private final JobAwaiter watch;
    private final Guard guard = new Guard("The code that is to run a job");

    /**
     * Creates a runner for the jobs of one run.
     *
     * @param run the run's name, for people who read the files
     * @param here the execution of jobs as processes of this machine
     * @param elsewhere the execution of jobs by batch systems
     * @param watch the wait for jobs that others have started
     */
    public JobRunner(String run, Execution here, Execution elsewhere, JobAwaiter watch) {
        this.run = run;
        this.here = here;
        this.elsewhere = elsewhere;
        this.watch = watch;
    }

    /**
     * Runs a job, or waits for its end if another run has it. Blocks.
     *
     * @param spec all that it takes to run the job
     * @return the job's end; its state is active if the job goes on and its end cannot be observed
     */
    public JobResult run(JobSpec spec) {
        return guarded(spec, this::runToEnd);
    }

    /**
     * Waits for the end of a job that another run may have, and starts nothing. Blocks.
     *
     * @param spec the job, which this run must not start because it lacks the job's tokens
     * @return the job's end, which {@link #isToRun} may hold for; active as for {@link #run}
     */
    public JobResult await(JobSpec spec) {
        return guarded(
                spec,
                waiting -> new JobResult(awaitOther(waiting, waiting.folder().status())));
    }

    /**
     * Returns whether a job that another run had is to be run by this one.
     *
     * @param ended the job's state
     * @return true for an attempt that ran nothing, for a job that a cleaning has moved to the trash, so that it is new, and
     *     for one whose outputs were removed
     */
    public static boolean isToRun(JobStatus ended) {
        return ended.isGivenUp() || ended instanceof JobStatus.New || ended instanceof JobStatus.Removed;
    }

    private JobResult runToEnd(JobSpec first) throws IOException, UnreachableException, InterruptedException {
        Execution execution = first.placement().launcher().isHere() ? here : elsewhere;
        JobSpec spec = first;
        while (true) {
            switch (spec.folder().claim(self, run, spec.origin())) {
                case Claim.Granted(var attempt) -> {
                    spec.listener().claimed(attempt.number());
                    JobStatus status = execute(execution, attempt, spec);
                    Optional<AttemptOrigin> otherWay = execution.findOtherWay(attempt, spec);
                    if (otherWay.isPresent()) {
                        spec = spec.with(otherWay.get());
                    } else if (!status.isActive()) {
                        return new JobResult(status);
                    }
                }
                case Claim.Refused(JobStatus status) -> {
                    JobStatus ended = awaitOther(spec, status);
                    if (!isToRun(ended)) {
                        return new JobResult(ended);
                    }
                }
            }
        }
    }

    /** Waits for the end of a job that another run has, if it is active. */
    private JobStatus awaitOther(JobSpec spec, JobStatus status) throws UnreachableException, InterruptedException {
        JobStatus ended = status.isActive() ? watch.await(spec.folder(), spec.listener()) : status;
        // The run that had it, or another one, may be about to remove the outputs.
        ended = RemovalWait.settled(spec.folder(), ended, RunClock.SYSTEM, spec.listener()::warned);
        if (ended instanceof JobStatus.Done && ended.lastAttempt().orElse(1) > 1) {
            deleteFormerFiles(spec);
        }
        return ended;
    }

    private interface Step {
        JobResult of(JobSpec spec) throws IOException, UnreachableException, InterruptedException;
    }

    /** Takes a step, and returns the job's end also if the step fails. */
    private JobResult guarded(JobSpec spec, Step step) {
        try {
            return step.of(spec);
        } catch (UnreachableException lost) {
            return new JobResult(spec.folder().status(), String.valueOf(lost.getMessage()));
        } catch (IOException failed) {
            return new JobResult(new JobStatus.Failed(FailureCause.NOT_STARTED, Failures.reason(failed)));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new JobResult(new JobStatus.Failed(FailureCause.NOT_STARTED, "the run was interrupted"));
        } catch (ExperimaestroException told) {
            throw told;
        } catch (RuntimeException | Error mistake) {
            guard.log(mistake);
            return broken(spec.folder(), mistake);
        }
    }

    /**
     * Executes an attempt. If the code that starts the job fails, the attempt is given up, because others would wait
     * for the end of the claim.
     */
    private JobStatus execute(Execution execution, Attempt attempt, JobSpec spec)
            throws UnreachableException, InterruptedException {
        try {
            JobStatus status = execution.execute(attempt, spec);
            if (status instanceof JobStatus.Done && attempt.number() > 1) {
                deleteFormerFiles(spec);
            }
            return status;
        } catch (RuntimeException | Error mistake) {
            try {
                attempt.giveUp(self, "the code that was to start it has failed: " + mistake);
            } catch (IOException unwritten) {
                mistake.addSuppressed(unwritten);
            }
            throw mistake;
        }
    }

    /**
     * Deletes the files of earlier attempts at a job that is done. The job's process does so itself, unless it was
     * killed meanwhile, and does not reach this copy of the workspace.
     */
    private static void deleteFormerFiles(JobSpec spec) {
        try {
            spec.folder().deleteFormerFiles();
        } catch (IOException left) {
            spec.listener()
                    .warned("The files of earlier attempts at " + spec.folder() + " cannot be deleted: "
                            + Failures.reason(left) + "; the job is done all the same");
        }
    }

    /** Returns the end by the job's files, after a mistake in this program: the job may still run, or even be done. */
    private static JobResult broken(JobFolder folder, Throwable mistake) {
        return switch (folder.status()) {
            case JobStatus.Active active -> new JobResult(active, "the code that waits for it has failed: " + mistake);
            case JobStatus.Done done -> new JobResult(done);
            case JobStatus.Corrupt corrupt -> new JobResult(corrupt);
            case JobStatus status ->
                new JobResult(new JobStatus.Failed(
                        status.lastAttempt(),
                        null,
                        null,
                        FailureCause.NOT_STARTED,
                        "the code that was to run it has failed: " + mistake));
        };
    }
}
