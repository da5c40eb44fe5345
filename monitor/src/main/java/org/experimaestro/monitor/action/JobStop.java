package org.experimaestro.monitor.action;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.experimaestro.LaunchException;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.ProcessIdentity;

/**
 * Ends the process of a job, with all that it started. Thread-safe.
 *
 * <p>A job's process leads a session and a process group of its own, and the signal goes to the whole group (kill(2)).
 *
 * <p>Which process that is stands in a file, and others may be able to write files in the workspace. So a signal is sent only
 * if this user, or root, has written the file, and the process of that number is this user's, works in the job's folder, and was
 * started for this attempt, as its command line shows.
 * Between that look and the signal are some milliseconds, in which the process may end, and its number be given to another.
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
     * @throws LaunchException if the job does not run, runs on another host or is another user's, or its file names a process
     *     that is not the job's: nothing is sent then
     * @throws InterruptedException if this thread is interrupted
     */
    public void send(Signal signal) throws InterruptedException {
        JobStatus.Running running = running();
        ProcessIdentity process = running.process();
        Optional<JobProcess> own = own(process, job.attempt(running.attempt()));
        // The number may have been given to another process since its file was read: last, its start is looked at
        // again.
        if (own.isPresent() && process.isAlive() && !kill(signal, own.get().target()) && process.isAlive()) {
            throw LaunchException.of("Cannot send SIG" + signal + " to " + job.name() + ", " + process)
                    .build();
        }
    }

    /**
     * Looks whether the job's process could be told to end now. Nothing is sent.
     *
     * @return the process
     * @throws LaunchException as {@link #send} would
     * @throws InterruptedException if this thread is interrupted
     */
    public ProcessIdentity check() throws InterruptedException {
        JobStatus.Running running = running();
        own(running.process(), job.attempt(running.attempt()));
        return running.process();
    }

    /** The process, if it is the job's; empty if it has ended. */
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
            // The plan's process is not ours to end.
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
            // The shell's own kill, since the command is not installed everywhere.
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
