package org.experimaestro.engine.local;

import java.io.File;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.experimaestro.base.file.NewFile;
import org.experimaestro.base.process.ClassPathText;
import org.experimaestro.base.process.SessionCommand;
import org.experimaestro.base.text.NameCharset;
import org.experimaestro.engine.job.Execution;
import org.experimaestro.engine.job.JavaSearch;
import org.experimaestro.engine.job.JobCode;
import org.experimaestro.engine.job.JobEnvironment;
import org.experimaestro.engine.job.JobOptions;
import org.experimaestro.engine.job.JobSpec;
import org.experimaestro.engine.job.JvmOptions;
import org.experimaestro.engine.job.TimeLimit;
import org.experimaestro.engine.job.Utf8Locale;
import org.experimaestro.engine.lease.HostLeases;
import org.experimaestro.spi.JobOption;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.ShellText;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.JobCommand;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.LogTail;
import org.experimaestro.workspace.ProcessIdentity;
import org.jspecify.annotations.Nullable;

/** The execution of jobs as processes of this machine, each in a session of its own. Thread-safe. */
public final class LocalExecution implements Execution {
    private static final int SIGNALED = 128;
    private static final int TAIL_LINES = 5;

    private final JobCode code;
    private final StartCache cache;
    private final HostLeases leases;

    /**
     * Creates an execution for the jobs of one run.
     *
     * @param code the code of the jobs
     * @param cache the cache that makes their start faster
     * @param leases the shares of this machine that the jobs of this user hold
     */
    public LocalExecution(JobCode code, StartCache cache, HostLeases leases) {
        this.code = code;
        this.cache = cache;
        this.leases = leases;
    }

    @Override
    public JobStatus execute(Attempt attempt, JobSpec spec) throws InterruptedException {
        try (HostLeases.Lease lease = acquire(attempt, spec)) {
            return start(attempt, spec.with(lease.environment()));
        } catch (RefusedException refused) {
            return tellFailure(attempt, FailureCause.REFUSED, String.valueOf(refused.getMessage()), null);
        } catch (IOException failed) {
            return tellFailure(
                    attempt,
                    FailureCause.NOT_STARTED,
                    "cannot be given its share of this machine: " + Failures.reason(failed),
                    null);
        }
    }

    private HostLeases.Lease acquire(Attempt attempt, JobSpec spec)
            throws RefusedException, IOException, InterruptedException {
        try {
            return leases.acquire(attempt.job(), spec.placement(), spec.listener());
        } catch (InterruptedException stopped) {
            throw givenUp(attempt, stopped);
        }
    }

    /** Gives an attempt up. If that cannot be written, the attempt is over as soon as this process ends. */
    private static InterruptedException givenUp(Attempt attempt, InterruptedException stopped) {
        try {
            attempt.giveUp(ProcessIdentity.current(), "the run was stopped before the job was started");
        } catch (IOException notWritten) {
            stopped.addSuppressed(notWritten);
        }
        return stopped;
    }

    private JobStatus start(Attempt attempt, JobSpec spec) throws InterruptedException {
        Process process;
        try {
            JobFolder folder = attempt.job();
            folder.write(spec.parameters(), code.textFor(folder));
            ProcessBuilder builder = new ProcessBuilder()
                    .directory(folder.path().toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(log(attempt.standardOutput()))
                    .redirectError(log(attempt.standardError()));
            JobEnvironment.removeOuterJob(builder.environment());
            Map<String, String> variables = spec.placement().environment();
            builder.environment().putAll(JobEnvironment.values(variables));
            builder.environment().putAll(JobEnvironment.noRanks(variables));
            builder.command(SessionCommand.of(command(attempt, spec, builder.environment())));
            if (Thread.currentThread().isInterrupted()) {
                throw new ClosedByInterruptException(); // as the files above throw, had it come a moment earlier
            }
            process = builder.start();
        } catch (ClosedByInterruptException stopped) {
            Thread.interrupted(); // else nothing could be written
            throw givenUp(attempt, new InterruptedException("Interrupted before the process was started"));
        } catch (IOException failed) {
            return tellFailure(attempt, FailureCause.NOT_STARTED, Failures.reason(failed), null);
        }
        int exitCode = process.waitFor();
        JobStatus status = attempt.job().status();
        if (exitCode == Attempt.SUPERSEDED_EXIT_CODE
                || status instanceof JobStatus.Done
                || status instanceof JobStatus.Corrupt) {
            return status;
        }
        // Without a marker of its own, the exit code is all that the process left, and the record of who has ended it.
        FailureCause cause = attempt.stop().find().orElse(FailureCause.ofSilence(attempt.hasBegun()));
        return tellFailure(attempt, cause, exit(exitCode) + tail(attempt, cause), exitCode);
    }

    /**
     * Returns the redirection to a log. The file is made here, so that a link in its place is not followed. Text that
     * is in the file already is kept.
     */
    private static ProcessBuilder.Redirect log(Path file) throws IOException {
        NewFile.open(file).close();
        return ProcessBuilder.Redirect.appendTo(file.toFile());
    }

    private JobStatus tellFailure(Attempt attempt, FailureCause cause, String message, @Nullable Integer exitCode) {
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

    private List<String> command(Attempt attempt, JobSpec spec, Map<String, String> environment) throws IOException {
        Placement placement = spec.placement();
        List<String> command = new ArrayList<>();
        if (placement.launcher().niceness() != 0) {
            command.addAll(
                    List.of("nice", "-n", Integer.toString(placement.launcher().niceness())));
        }
        boolean named =
                placement.jdk().isPresent() || placement.launcher().java().isPresent();
        List<String> java = new ArrayList<>();
        if (!named) {
            java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            java.addAll(cache.options(code.ownClassPath(), environment));
        }
        java.addAll(JvmOptions.of(placement, environment));
        List<String> job = new ArrayList<>(List.of(
                "-cp",
                ClassPathText.of(
                        code.classPath().stream().map(Path::toString).toList(),
                        attempt.job().path().toString())));
        job.addAll(JobCommand.of(attempt));
        boolean hasLocale = NameCharset.isUtf8() && !JobEnvironment.hasLocale(placement.environment());
        String limit = TimeLimit.script(placement, Integer.toString(attempt.number()), SessionCommand.makesSession());
        // A shell is another process to start; the usual job needs none.
        if (hasLocale && !named && limit.isEmpty() && !JobOptions.needShell(placement)) {
            command.addAll(java);
            command.addAll(job);
        } else {
            String script = (hasLocale ? "" : Utf8Locale.SCRIPT)
                    + limit
                    + JobOptions.before(placement)
                    + (named ? JavaSearch.script(placement) : "")
                    + "exec " + JobOptions.words(JobOption.WRAPPER, placement)
                    + (named ? "\"$xpm_java\" " : "")
                    + words(java) + " "
                    + JobOptions.words(JobOption.JVM, placement)
                    + "\"$@\"";
            command.addAll(List.of("sh", "-c", script, "sh"));
            command.addAll(job);
        }
        return command;
    }

    private static String words(List<String> words) {
        return words.stream().map(ShellText::quote).collect(Collectors.joining(" "));
    }
}
