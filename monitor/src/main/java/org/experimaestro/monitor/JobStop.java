package org.experimaestro.monitor;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.experimaestro.LaunchException;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.ProcessIdentity;
import org.jspecify.annotations.Nullable;

/**
 * Ends the process of a job, with all that it started. Thread-safe.
 *
 * <p>A job's process leads a session and a process group of its own, and the signal goes to the whole group (kill(2)).
 */
public final class JobStop {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final JobFolder job;

    /** How a job's process is told to end. */
    public enum Signal {
        /** The task may clean up. */
        TERM,
        /** At once. */
        KILL
    }

    /**
     * Ends a job.
     *
     * @param job the job
     */
    public JobStop(JobFolder job) {
        this.job = job;
    }

    /**
     * Tells the job's process to end.
     *
     * @param signal how
     * @throws LaunchException if the job does not run, runs on another host, or this user may not end it
     * @throws InterruptedException if this thread is interrupted
     */
    public void send(Signal signal) throws InterruptedException {
        ProcessIdentity process = running();
        boolean sent = send(signal, "-" + process.pid(), process);
        if (!sent && process.isAlive()) {
            // Where it could not be started in a session of its own, there is no such group.
            sent = send(signal, Long.toString(process.pid()), process);
        }
        if (!sent && process.isAlive()) {
            throw new LaunchException(
                    "Cannot send SIG" + signal + " to " + job.name() + ", " + process,
                    null,
                    "check that the process belongs to you",
                    null);
        }
    }

    private ProcessIdentity running() {
        JobStatus status = job.status();
        @Nullable ProcessIdentity owner = status.owner();
        if (status.state() == JobState.STARTING) {
            // The owner is then the plan's process, which is not ours to end.
            throw new LaunchException(
                    "Cannot stop " + job.name() + ": it is just being started by " + owner,
                    null,
                    "try again in a moment",
                    null);
        }
        if (status.state() != JobState.RUNNING || owner == null) {
            throw new LaunchException("Cannot stop " + job.name() + ": it is not running");
        }
        if (!owner.isLocal()) {
            throw new LaunchException(
                    "Cannot stop " + job.name() + " from here: it is " + owner,
                    null,
                    "run this command on " + owner.host(),
                    null);
        }
        return owner;
    }

    /** Sends a signal if the process id still is that of the job's process. */
    private boolean send(Signal signal, String target, ProcessIdentity process) throws InterruptedException {
        if (!process.isAlive()) {
            return false;
        }
        try {
            // The shell's own kill, since the command is not installed everywhere.
            Process kill = new ProcessBuilder("sh", "-c", "kill -s " + signal + " -- " + target)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return kill.waitFor() == 0;
        } catch (IOException noShell) {
            throw new LaunchException(
                    "Cannot stop " + job.name() + ": there is no shell to send a signal with: " + noShell.getMessage(),
                    null,
                    null,
                    noShell);
        }
    }

    /**
     * Waits until the job has ended.
     *
     * @param limit how long at most
     * @return how it ended, or empty if it has not
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
