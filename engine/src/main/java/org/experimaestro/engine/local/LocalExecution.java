package org.experimaestro.engine.local;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.experimaestro.engine.job.Execution;
import org.experimaestro.engine.job.JobCode;
import org.experimaestro.engine.job.JobSpec;
import org.experimaestro.engine.lease.HostLeases;
import org.experimaestro.engine.time.RunClock;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.AttemptOrigin;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.WorkerMessage;

/**
 * The execution of jobs on this machine: each as a process in a session of its own, or in a warm worker, as its origin
 * says. Thread-safe.
 */
public final class LocalExecution implements Execution {
    private static final String OTHER_WAY =
            "in a process of its own, because a library in its worker did not see a class of the plan";

    private final LocalCommand commands;
    private final HostLeases leases;
    private final WorkerPool workers;
    private final WorkerChoice choice;
    private final RunClock clock;
    /** The folders of jobs whose last attempt has failed for its worker. */
    private final Set<Path> unfit = ConcurrentHashMap.newKeySet();

    /**
     * Creates an execution for the jobs of one run.
     *
     * @param code the code of the jobs
     * @param cache the cache that makes their start faster
     * @param leases the shares of this machine that the jobs of this user hold
     * @param workers the workers of the run
     * @param choice the choice of workers, which gets the times of jobs in processes
     * @param clock the clock of these times
     */
    public LocalExecution(
            JobCode code,
            StartCache cache,
            HostLeases leases,
            WorkerPool workers,
            WorkerChoice choice,
            RunClock clock) {
        this.commands = new LocalCommand(code, cache);
        this.leases = leases;
        this.workers = workers;
        this.choice = choice;
        this.clock = clock;
    }

    @Override
    public JobStatus execute(Attempt attempt, JobSpec spec) throws InterruptedException {
        try (HostLeases.Lease lease = acquire(attempt, spec)) {
            JobSpec granted = spec.with(lease.environment());
            return spec.origin().isInWorker()
                    ? workers.execute(attempt, granted, commands, over -> note(attempt, over))
                    : start(attempt, granted);
        } catch (RefusedException refused) {
            return LocalEnd.failed(attempt, FailureCause.REFUSED, String.valueOf(refused.getMessage()), null);
        } catch (IOException failed) {
            return LocalEnd.failed(
                    attempt,
                    FailureCause.NOT_STARTED,
                    "cannot be given its share of this machine: " + Failures.reason(failed),
                    null);
        }
    }

    private void note(Attempt attempt, WorkerMessage.Over over) {
        if (over.loadsNative()) {
            choice.isNative(attempt.job().typeId());
        }
        if (over.missesPlan()) {
            choice.missesPlan(attempt.job().typeId());
            unfit.add(attempt.job().path());
        }
    }

    @Override
    public Optional<AttemptOrigin> findOtherWay(Attempt attempt, JobSpec spec) {
        return unfit.remove(attempt.job().path()) && attempt.isMarkedAsFailed()
                ? Optional.of(spec.origin().inProcess(OTHER_WAY))
                : Optional.empty();
    }

    private HostLeases.Lease acquire(Attempt attempt, JobSpec spec)
            throws RefusedException, IOException, InterruptedException {
        try {
            return leases.acquire(attempt.job(), spec.placement(), spec.listener());
        } catch (InterruptedException stopped) {
            throw LocalEnd.givenUp(attempt, stopped);
        }
    }

    private JobStatus start(Attempt attempt, JobSpec spec) throws InterruptedException {
        long begin = clock.nanoTime();
        Process process;
        try {
            attempt.write(spec.parameters(), commands.code().textFor(attempt.job()));
            ProcessBuilder builder = commands.ofJob(attempt, spec.placement());
            if (Thread.currentThread().isInterrupted()) {
                throw new ClosedByInterruptException(); // as the files above throw, had it come a moment earlier
            }
            process = builder.start();
        } catch (ClosedByInterruptException stopped) {
            Thread.interrupted(); // else nothing could be written
            throw LocalEnd.givenUp(attempt, new InterruptedException("Interrupted before the process was started"));
        } catch (IOException failed) {
            return LocalEnd.failed(attempt, FailureCause.NOT_STARTED, Failures.reason(failed), null);
        }
        JobStatus status = LocalEnd.ofProcess(attempt, process.waitFor(), attempt.standardError());
        choice.ran(attempt.job().typeId(), status, Duration.ofNanos(clock.nanoTime() - begin));
        return status;
    }
}
