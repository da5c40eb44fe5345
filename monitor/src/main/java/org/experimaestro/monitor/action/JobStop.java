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
 * <p>A file in the workspace gives the number of the process, and other users may be able to write there. Therefore a
 * signal is sent only if this user or root wrote the file. The process must belong to this user, work in the job's
 * folder, and have a command line of this attempt. Some milliseconds pass between these checks and the signal. In this
 * time the process may end, and the system may give its number to another process.
 */
public final class JobStop {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final JobFolder job;

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
        JobStatus.Running running = running();
        ProcessIdentity process = running.process();
        Attempt attempt = job.attempt(running.attempt());
        Optional<JobProcess> own = own(process, attempt);
        if (own.isEmpty()) {
            return;
        }
        record(attempt);
        // The system may have given the number to another process since its file was read, so the start time is checked
        // again, last of all.
        if (process.isAlive() && !kill(signal, own.get().target()) && process.isAlive()) {
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
        JobStatus.Running running = running();
        own(running.process(), job.attempt(running.attempt()));
        return running.process();
    }

    /**
     * Returns the process; empty if it has ended.
     *
     * @throws LaunchException if it is not the job's process
     */
    private Optional<JobProcess> own(ProcessIdentity process, Attempt attempt) throws InterruptedException {
        try {
            JobProcess found = JobProcess.of(process.pid());
            Optional<String> objection = found.objection(attempt);
            if (objection.isEmpty()) {
                return Optional.of(found);
            }
            throw LaunchException.of("Cannot stop " + job.name() + ": its files say that it is " + process + ", but "
                            + objection.get() + "; nothing was sent to it")
                    .advice("look who may write in " + job.internalFolder())
                    .build();
        } catch (IOException unseen) {
            if (!process.isAlive()) {
                return Optional.empty();
            }
            throw LaunchException.of("Cannot stop " + job.name() + ": the system does not show whether " + process
                            + " is the job's: " + Failures.reason(unseen) + "; nothing was sent to it")
                    .cause(unseen)
                    .build();
        }
    }

    private JobStatus.Running running() {
        return switch (job.status()) {
            case JobStatus.Running running -> ownAndHere(running);
            // The process is the plan's here, which this command must not end.
            case JobStatus.Starting starting ->
                throw LaunchException.of(
                                "Cannot stop " + job.name() + ": it is just being started by " + starting.claimant())
                        .advice("try again in a moment")
                        .build();
            case JobStatus.Corrupt corrupt ->
                throw LaunchException.of("Cannot stop " + job.name() + ": " + corrupt.message() + "; nothing was sent")
                        .build();
            default ->
                throw LaunchException.of("Cannot stop " + job.name() + ": it is not running")
                        .build();
        };
    }

    private JobStatus.Running ownAndHere(JobStatus.Running running) {
        job.attempt(running.attempt()).requireOwn();
        if (!running.process().isLocal()) {
            throw LaunchException.of("Cannot stop " + job.name() + " from here: it is " + running.process())
                    .advice("run this command on " + running.process().host())
                    .build();
        }
        return running;
    }

    private boolean kill(Signal signal, String target) throws InterruptedException {
        try {
            // The shell has its own kill; the command is not installed everywhere.
            Process kill = new ProcessBuilder("sh", "-c", "kill -s " + signal + " -- " + target)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return kill.waitFor() == 0;
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
