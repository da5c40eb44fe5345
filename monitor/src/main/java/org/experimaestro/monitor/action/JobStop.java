package org.experimaestro.monitor.action;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.experimaestro.LaunchException;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.ProcessIdentity;

/**
 * A way to end a job's process and its child processes. Thread-safe.
 *
 * <p>A job's process leads a session and a process group of its own, and the signal is sent to the whole group
 * (kill(2)).
 *
 * <p>The process of a worker is ended only while it executes the job: the end of the worker is then the end of this job alone.
 * The request is recorded before the last look at the worker's task. A worker looks for a record after each task, and takes no
 * other one if there is one, so that the signal never reaches another job.
 *
 * <p>{@link OwnJob} has the conditions. Some milliseconds pass between these checks and the signal. In this time the
 * process may end, and the system may give its number to another process.
 */
public final class JobStop {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final JobFolder job;
    private final OwnJob own;

    /** The signal that ends a job's process. */
    public enum Signal {
        /** SIGTERM, after which the task may clean up. */
        TERM,
        /** SIGKILL, which ends the process at once. */
        KILL
    }

    /**
     * Creates a stop for one job.
     *
     * @param job the job
     */
    public JobStop(JobFolder job) {
        this.job = job;
        this.own = new OwnJob(job, "stop");
    }

    /**
     * Sends a signal to the job's process. Nothing is sent if the process has ended.
     *
     * @param signal the signal
     * @throws LaunchException if the job does not run, if it runs on another host or for another user, if its file
     *     names a process that is not the job's, or if the signal cannot be sent
     * @throws InterruptedException if this thread is interrupted
     */
    public void send(Signal signal) throws InterruptedException {
        JobStatus.Running running = own.running();
        ProcessIdentity process = running.process();
        Attempt attempt = job.attempt(running.attempt());
        Optional<JobProcess> found = own.process(running);
        if (found.isEmpty()) {
            return;
        }
        record(attempt);
        if (own.isOver(running)) {
            attempt.stop().withdraw(); // its worker has gone on, and must not be ended for it
            return;
        }
        // The system may have given the number to another process since its file was read, so the start time is checked
        // again, last of all.
        if (process.isAlive() && !kill(signal, found.get()) && process.isAlive()) {
            attempt.stop().withdraw();
            throw LaunchException.of("Cannot send SIG" + signal + " to " + job.name() + ", " + process)
                    .build();
        }
    }

    /** Records the request first: the process cannot see who has sent it a signal, and is gone after SIGKILL. */
    private void record(Attempt attempt) {
        try {
            attempt.stop().write(FailureCause.CANCELLED);
        } catch (IOException unwritten) {
            throw LaunchException.of("Cannot stop " + job.name() + ": the request cannot be recorded: "
                            + Failures.reason(unwritten) + "; nothing was sent")
                    .cause(unwritten)
                    .build();
        }
    }

    /**
     * Checks whether a signal could be sent to the job's process. Nothing is sent.
     *
     * @return the process
     * @throws LaunchException if {@link #send} would refuse the signal
     * @throws InterruptedException if this thread is interrupted
     */
    public ProcessIdentity check() throws InterruptedException {
        JobStatus.Running running = own.running();
        own.process(running);
        return running.process();
    }

    private boolean kill(Signal signal, JobProcess found) throws InterruptedException {
        try {
            return found.send(signal);
        } catch (IOException noShell) {
            throw LaunchException.of("Cannot stop " + job.name() + ": there is no shell to send a signal with: "
                            + noShell.getMessage())
                    .cause(noShell)
                    .build();
        }
    }

    /**
     * Waits until the job has ended.
     *
     * @param limit the longest time to wait
     * @return the job's final state; empty if it is still active
     * @throws InterruptedException if this thread is interrupted
     */
    public Optional<JobStatus> awaitEnd(Duration limit) throws InterruptedException {
        long start = System.nanoTime();
        while (true) {
            JobStatus status = job.status();
            if (!status.isActive()) {
                return Optional.of(status);
            }
            if (System.nanoTime() - start >= limit.toNanos()) {
                return Optional.empty();
            }
            Thread.sleep(PAUSE);
        }
    }
}
