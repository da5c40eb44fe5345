package org.experimaestro.engine.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.LogTail;
import org.experimaestro.workspace.ProcessIdentity;
import org.jspecify.annotations.Nullable;

/** The record of the end of an attempt on this machine, from what its process has left. */
final class LocalEnd {
    private static final int SIGNALED = 128;
    private static final int TAIL_LINES = 5;

    private LocalEnd() {}

    /**
     * Gives an attempt up that was not started, because the run is stopped. If that cannot be written, the attempt is
     * over as soon as this process ends.
     *
     * @return the exception to throw
     */
    static InterruptedException givenUp(Attempt attempt, InterruptedException stopped) {
        try {
            attempt.giveUp(ProcessIdentity.current(), "the run was stopped before the job was started");
        } catch (IOException notWritten) {
            stopped.addSuppressed(notWritten);
        }
        return stopped;
    }

    /**
     * Returns the state of a job whose process has ended; a failure is recorded if the process has recorded nothing.
     *
     * @param attempt the attempt
     * @param exitCode the exit code of the process
     * @param log the file of its errors, whose end says why it did not begin
     */
    static JobStatus ofProcess(Attempt attempt, int exitCode, Path log) {
        JobStatus status = attempt.job().status();
        if (exitCode == Attempt.SUPERSEDED_EXIT_CODE
                || status instanceof JobStatus.Done
                || status instanceof JobStatus.Corrupt) {
            return status;
        }
        // Without a marker of its own, the exit code is all that the process left, and the record of who has ended it.
        FailureCause cause = attempt.stop().find().orElse(FailureCause.ofSilence(attempt.hasBegun()));
        return failed(
                attempt, cause, exit(exitCode, cause == FailureCause.NOT_STARTED ? tail(log) : List.of()), exitCode);
    }

    /**
     * Returns the state of a job whose task is over in a worker that lives; a failure is recorded if the worker has
     * recorded nothing.
     *
     * @param attempt the attempt
     * @param log the log of the worker
     */
    static JobStatus ofTask(Attempt attempt, Path log) {
        JobStatus status = attempt.job().status();
        boolean isOwn = status.lastAttempt().orElse(0) == attempt.number();
        if (isOwn && status instanceof JobStatus.Starting) {
            String message = "its worker could not begin it" + (tail(log).isEmpty() ? "" : ": " + joined(tail(log)));
            return failed(attempt, FailureCause.NOT_STARTED, message, null);
        }
        if (isOwn && status instanceof JobStatus.Failed failed && !attempt.isMarkedAsFailed()) {
            return failed(attempt, failed.cause(), "its worker has not recorded how it ended", null);
        }
        return status;
    }

    /** Records a failure, unless the attempt has an end; returns the state of the job. */
    static JobStatus failed(Attempt attempt, FailureCause cause, String message, @Nullable Integer exitCode) {
        try {
            attempt.failed(cause, message, exitCode);
        } catch (IOException notWritten) {
            return new JobStatus.Failed(
                    attempt.number(),
                    cause,
                    message + " (and the failure cannot be stored: " + Failures.reason(notWritten) + ")");
        }
        JobStatus status = attempt.job().status();
        return status.isActive() ? new JobStatus.Failed(attempt.number(), cause, message) : status;
    }

    /** Returns the end of a process as a part of a sentence, with the last lines of its log. */
    static String exit(int code, List<String> log) {
        String end = code > SIGNALED
                ? "its process was killed by signal " + (code - SIGNALED)
                : "its process ended with exit code " + code;
        return log.isEmpty() ? end : end + ": " + joined(log);
    }

    /** Returns the last lines of a log. */
    static List<String> tail(Path log) {
        return LogTail.of(log, TAIL_LINES);
    }

    private static String joined(List<String> log) {
        return String.join(" | ", log);
    }
}
