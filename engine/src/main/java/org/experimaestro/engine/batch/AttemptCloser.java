package org.experimaestro.engine.batch;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.LaunchException;
import org.experimaestro.engine.time.RunClock;
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.spi.BatchSystem;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.ShellText;
import org.experimaestro.spi.UnreachableException;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.AttemptReconciler;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobScripts;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.LogTail;
import org.experimaestro.workspace.ProcessIdentity;
import org.jspecify.annotations.Nullable;

/**
 * The closer of attempts that are over for their batch system, with the known cause. {@link AttemptReconciler} has the
 * rules.
 */
final class AttemptCloser {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int TAIL_LINES = 5;

    private final BatchSystem system;
    private final Host host;
    private final RunClock clock;
    private final LauncherStarts starts;
    private final ProcessIdentity self = ProcessIdentity.current();

    AttemptCloser(BatchSystem system, Host host, RunClock clock, LauncherStarts starts) {
        this.system = system;
        this.host = host;
        this.clock = clock;
        this.starts = starts;
    }

    /**
     * Closes a job's attempt, if it is over.
     *
     * @param job the job
     * @param told the status from the batch system; {@code null} if the system does not know the job
     * @return the job's state if it is over; {@code null} if it is not, or not for certain yet
     */
    @Nullable
    JobStatus close(TrackedJob job, @Nullable BatchStatus told) throws IOException, InterruptedException {
        JobStatus status = job.folder.status();
        AttemptReconciler.Verdict verdict = AttemptReconciler.reconcile(status, job.batchJob, EndCause.report(told));
        if (verdict instanceof AttemptReconciler.Verdict.Told) {
            return status;
        }
        if (told != null) {
            job.heard(told);
        }
        if (verdict instanceof AttemptReconciler.Verdict.Over(FailureCause cause, Duration patience)) {
            return patience.isZero() || isOld(job, status, patience) ? end(job, status, told, cause) : null;
        }
        job.unconfirmedSinceNanos = 0;
        if (verdict instanceof AttemptReconciler.Verdict.Lives(ProcessIdentity process)) {
            job.listener.statusChanged(told + ", but " + process + " shows that it lives");
        }
        return null;
    }

    private @Nullable JobStatus end(TrackedJob job, JobStatus status, @Nullable BatchStatus told, FailureCause cause)
            throws IOException, InterruptedException {
        int attempt = status.lastAttempt().orElseThrow();
        boolean isStuck = told != null && told.stuck();
        if (!isStuck && (cause == FailureCause.VANISHED || cause == FailureCause.NOT_STARTED)) {
            cause = job.folder.attempt(attempt).stop().find().orElse(cause);
        }
        if (told == null) {
            return write(
                    job,
                    status,
                    cause,
                    host.nameOf(job.batchJob.launcher()) + " does not know the job " + job.batchJob.jobId()
                            + " any longer, and it left no marker",
                    null);
        }
        if (isStuck) {
            return endStuck(job, job.folder.attempt(attempt), cause, "it would wait for ever: " + told);
        }
        Integer exitCode = told.exitCode().isPresent() ? told.exitCode().getAsInt() : null;
        String words = told + words(job, attempt, cause);
        JobStatus over = write(job, status, cause, words, exitCode);
        if (over != null
                && cause == FailureCause.NOT_STARTED
                && told.exitCode().orElse(0) == LauncherStarts.NO_COMMAND) {
            starts.failed(job.batchJob.launcher(), job.folder.name(), words);
        }
        return over;
    }

    /**
     * Ends the attempts of jobs that have not started, and cancels these jobs with few calls. A job that has started since
     * the last poll goes on: its process begins before the attempt is void, or never.
     *
     * @param jobs the jobs, which waited in the batch system at the last poll
     * @param reason the reason why they could not start
     * @return the states of the jobs whose attempts are over
     */
    Map<TrackedJob, JobStatus> giveUp(List<TrackedJob> jobs, String reason) throws InterruptedException {
        Map<TrackedJob, JobStatus> ends = new LinkedHashMap<>();
        jobs.forEach(job -> job.isGivenUp = true);
        try {
            for (TrackedJob job : jobs) {
                JobStatus status = job.folder.status();
                if (AttemptReconciler.isDecided(status, job.batchJob)) {
                    continue;
                }
                Attempt attempt = job.folder.attempt(status.lastAttempt().orElseThrow());
                try {
                    if (isOwn(attempt) && attempt.refused(self, FailureCause.NOT_STARTED, reason)) {
                        ends.put(job, job.folder.status());
                    }
                } catch (IOException failed) {
                    job.listener.warned("Cannot store how " + job.folder.name() + " ended: " + failed.getMessage());
                }
            }
            cancelVoid(ends.keySet());
        } finally {
            jobs.forEach(job -> job.isGivenUp = false);
        }
        return ends;
    }

    /** Cancels jobs whose attempts are void: if the system cannot do so, they end as soon as they start. */
    private void cancelVoid(Collection<TrackedJob> jobs) throws InterruptedException {
        Map<String, List<TrackedJob>> byName = new LinkedHashMap<>();
        jobs.forEach(job -> byName.computeIfAbsent(JobName.of(job.folder, job.batchJob), name -> new ArrayList<>())
                .add(job));
        for (Map.Entry<String, List<TrackedJob>> each : byName.entrySet()) {
            List<String> ids =
                    each.getValue().stream().map(job -> job.batchJob.jobId()).toList();
            try {
                system.cancel(each.getKey(), ids);
            } catch (UnreachableException | RefusedException failed) {
                TrackedJob first = each.getValue().getFirst();
                first.listener.warned("Cannot cancel " + String.join(", ", ids) + " of "
                        + host.nameOf(first.batchJob.launcher()) + ", which will do nothing: " + failed.getMessage());
            }
        }
    }

    private static boolean isOwn(Attempt attempt) {
        try {
            attempt.requireOwn("end");
            return true;
        } catch (LaunchException ofSomebodyElse) {
            return false;
        }
    }

    /** Ends a job that waits for ever, unless it has started since the last poll. */
    private @Nullable JobStatus endStuck(TrackedJob job, Attempt attempt, FailureCause cause, String message)
            throws IOException, InterruptedException {
        if (!isOwn(attempt)) {
            return null;
        }
        if (attempt.refused(self, cause, message)) {
            cancelVoid(List.of(job));
            return job.folder.status();
        }
        // The system may have put a job back into its queue whose process had begun.
        JobStatus status = job.folder.status();
        if (AttemptReconciler.isDecided(status, job.batchJob)) {
            return status; // another run may have claimed the job meanwhile
        }
        return !status.isAlive() && cancel(job) ? write(job, status, cause, message, null) : null;
    }

    private boolean cancel(TrackedJob job) throws InterruptedException {
        try {
            system.cancel(JobName.of(job.folder, job.batchJob), List.of(job.batchJob.jobId()));
            return true;
        } catch (UnreachableException | RefusedException notNow) {
            return false;
        }
    }

    /**
     * Marks the last attempt as over.
     *
     * @param status the state from which was decided that it is over
     * @return the state then; {@code null} if the attempt's process has begun since the state was read, and goes on
     */
    private @Nullable JobStatus write(
            TrackedJob job, JobStatus status, FailureCause cause, String message, @Nullable Integer exitCode)
            throws IOException {
        Attempt attempt = job.folder.attempt(status.lastAttempt().orElseThrow());
        if (AttemptReconciler.hasBegun(status)) {
            attempt.ended(self, cause, message, exitCode);
        } else if (!attempt.refused(self, cause, message, exitCode)) {
            return null;
        }
        return job.folder.status();
    }

    /**
     * Returns whether an end has been reported for so long. A process that has begun since the first of these reports is
     * not the one that has ended: the batch system may have started the job again.
     */
    private boolean isOld(TrackedJob job, JobStatus status, Duration patience) {
        long now = clock.nanoTime();
        int begun = AttemptReconciler.hasBegun(status) ? status.lastAttempt().orElseThrow() : 0;
        if (job.unconfirmedSinceNanos == 0 || job.unconfirmedAttempt != begun) {
            job.unconfirmedSinceNanos = now;
            job.unconfirmedAttempt = begun;
        }
        return now - job.unconfirmedSinceNanos >= patience.toNanos();
    }

    /**
     * Returns the last lines of the logs of the batch system and of a process that did not start, and the obstacle to
     * writing.
     */
    private String words(TrackedJob job, int attempt, FailureCause cause) throws InterruptedException {
        StringBuilder words = new StringBuilder();
        if (cause == FailureCause.NOT_STARTED) {
            append(words, LogTail.of(job.folder.standardError(attempt), TAIL_LINES));
        }
        BatchJobReference batchJob = job.batchJob;
        try {
            append(words, tail(job));
            if (cause == FailureCause.VANISHED || cause == FailureCause.NOT_STARTED) {
                append(words, obstacle(job));
            }
        } catch (UnreachableException silent) {
            append(words, List.of("its log " + batchJob.log() + " cannot be read now"));
        }
        return words.toString();
    }

    private List<String> tail(TrackedJob job) throws UnreachableException, InterruptedException {
        try {
            Optional<String> command =
                    HostBatch.tail(job.batchJob, job.workspace, host.workspace(job.workspace), TAIL_LINES);
            return command.isEmpty()
                    ? List.of("its log " + job.batchJob.log()
                            + " is not where this workspace has such logs, and is not read")
                    : host.shell()
                            .run("{ " + command.get() + "; } 2>/dev/null", LIMIT)
                            .out()
                            .lines()
                            .filter(line -> !line.isBlank())
                            .toList();
        } catch (RefusedException refused) {
            return List.of(String.valueOf(refused.getMessage()));
        }
    }

    /**
     * Returns the obstacle that keeps a job from writing in its folder, such as a full disk, because the job itself
     * cannot report it. Most often there is none.
     */
    private List<String> obstacle(TrackedJob job) throws UnreachableException, InterruptedException {
        try {
            String folder = host.workspace(job.workspace).path(job.folder.path());
            Shell.Output written = host.shell().run(JobScripts.PROBE + "probe " + ShellText.quote(folder), LIMIT);
            return written.isSuccess()
                    ? List.of()
                    : List.of("nothing can be written in " + folder + " of "
                            + host.nameOf(job.batchJob.launcher()) + " ("
                            + written.complaint().replaceAll(" \\|.*", "") + ")");
        } catch (RefusedException refused) {
            return List.of(String.valueOf(refused.getMessage()));
        }
    }

    private static void append(StringBuilder words, List<String> lines) {
        if (!lines.isEmpty()) {
            words.append(words.isEmpty() ? ": " : " | ").append(String.join(" | ", lines));
        }
    }
}
