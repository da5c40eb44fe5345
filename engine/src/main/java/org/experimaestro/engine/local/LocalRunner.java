package org.experimaestro.engine.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.Claim;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.ProcessIdentity;
import org.jspecify.annotations.Nullable;

/** Runs a job on this machine to its end, or waits for the end of a job that somebody else runs. Thread-safe. */
public final class LocalRunner {
    /** The exit code of a process whose attempt was taken from it. */
    private static final int SUPERSEDED = 3;

    private static final int SIGNALED = 128;
    private static final long FIRST_POLL_MILLIS = 50;
    private static final long LAST_POLL_MILLIS = 2_000;
    private static final int TAIL_LINES = 5;

    private final ProcessIdentity self = ProcessIdentity.current();
    private final String run;
    private final JobCode code;
    private final StartCache cache;

    /**
     * A runner for the jobs of one run.
     *
     * @param run the run's name, for people who read the files
     * @param code what the jobs run
     * @param cache makes their start faster
     */
    public LocalRunner(String run, JobCode code, StartCache cache) {
        this.run = run;
        this.code = code;
        this.cache = cache;
    }

    /**
     * How a job ended, and whether this runner had it run.
     *
     * @param status its state: done, failed, or corrupt
     * @param executed whether a process was started for it
     */
    public record Ended(JobStatus status, boolean executed) {}

    /**
     * Runs a job.
     *
     * @param folder its folder
     * @param parameters the text of its parameters
     * @return how it ended
     */
    public Ended run(JobFolder folder, String parameters) {
        try {
            while (true) {
                switch (folder.claim(self, run)) {
                    case Claim.Granted(Attempt attempt) -> {
                        JobStatus status = execute(attempt, parameters);
                        if (!status.isActive()) {
                            return new Ended(status, true);
                        }
                    }
                    case Claim.Refused(JobStatus status) -> {
                        JobStatus ended = status.isActive() ? waitForEnd(folder) : status;
                        if (ended.cause() != FailureCause.NOT_STARTED) {
                            return new Ended(ended, false);
                        }
                    }
                }
            }
        } catch (IOException failed) {
            return new Ended(JobStatus.failed(0, null, FailureCause.NOT_STARTED, Failures.reason(failed)), false);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Ended(JobStatus.failed(0, null, FailureCause.NOT_STARTED, "the run was interrupted"), false);
        }
    }

    private JobStatus execute(Attempt attempt, String parameters) throws InterruptedException {
        Process process;
        try {
            JobFolder folder = attempt.job();
            folder.write(parameters, code.textFor(folder));
            process = new ProcessBuilder(SessionCommand.of(command(attempt)))
                    .directory(folder.path().toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(attempt.standardOutput().toFile())
                    .redirectError(attempt.standardError().toFile())
                    .start();
        } catch (IOException failed) {
            return tellFailure(attempt, FailureCause.NOT_STARTED, Failures.reason(failed), null);
        }
        int exitCode = process.waitFor();
        JobStatus status = attempt.job().status();
        if (exitCode == SUPERSEDED || status.state() == JobState.DONE || status.state() == JobState.CORRUPT) {
            return status;
        }
        // Without a marker of its own, the exit code is all that the process left.
        FailureCause cause = attempt.hasBegun() ? FailureCause.VANISHED : FailureCause.NOT_STARTED;
        return tellFailure(attempt, cause, exit(exitCode) + tail(attempt, cause), exitCode);
    }

    private JobStatus tellFailure(Attempt attempt, FailureCause cause, String message, @Nullable Integer exitCode) {
        try {
            attempt.failed(cause, message, exitCode);
        } catch (IOException notWritten) {
            return JobStatus.failed(
                    attempt.number(),
                    null,
                    cause,
                    message + " (and the failure cannot be stored: " + Failures.reason(notWritten) + ")");
        }
        JobStatus status = attempt.job().status();
        return status.isActive() ? JobStatus.failed(attempt.number(), null, cause, message) : status;
    }

    private static String exit(int code) {
        return code > SIGNALED
                ? "its process was killed by signal " + (code - SIGNALED)
                : "its process ended with exit code " + code;
    }

    private static String tail(Attempt attempt, FailureCause cause) {
        if (cause != FailureCause.NOT_STARTED) {
            return "";
        }
        List<String> lines = LogTail.of(attempt.standardError(), TAIL_LINES);
        return lines.isEmpty() ? "" : ": " + String.join(" | ", lines);
    }

    private List<String> command(Attempt attempt) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(cache.options(code.ownClassPath()));
        command.add("-cp");
        command.add(code.classPath().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        command.add(RuntimeClassPath.JOB_MAIN);
        command.add(Integer.toString(attempt.number()));
        return command;
    }

    private static JobStatus waitForEnd(JobFolder folder) throws InterruptedException {
        long pause = FIRST_POLL_MILLIS;
        JobStatus status = folder.status();
        while (status.isActive()) {
            Thread.sleep(pause);
            pause = Math.min(LAST_POLL_MILLIS, pause + pause / 2);
            status = folder.status();
        }
        return status;
    }
}
