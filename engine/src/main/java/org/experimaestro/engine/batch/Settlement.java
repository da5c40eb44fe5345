package org.experimaestro.engine.batch;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.experimaestro.LaunchException;
import org.experimaestro.engine.job.LogTail;
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.spi.BatchSystem;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.ShellText;
import org.experimaestro.spi.UnreachableException;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.Handover;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.ProcessIdentity;
import org.jspecify.annotations.Nullable;

/** Decides, from what a batch system says and what a job's files say, whether an attempt is over, and how. */
final class Settlement {
    /**
     * How long a marker may take to be seen here after its process has ended elsewhere. Each look lists the job's folder, which
     * brings what a network file system has remembered of it up to date.
     */
    private static final Duration LATE_MARKER = Duration.ofSeconds(5);
    /**
     * The same where the exit code says that the job is done, so that its marker must come: longer than NFS remembers a folder
     * (nfs(5): acdirmax, a minute) where it was told not to look again.
     */
    private static final Duration LATE_SUCCESS = Duration.ofSeconds(90);
    /** How long a job may be unknown to its batch system, which may be slow to learn of it, before it counts as gone. */
    private static final Duration UNKNOWN = Duration.ofSeconds(20);

    /** What a job may say of its end that need not be its end. */
    private static final Set<FailureCause> UNDECIDED = EnumSet.of(
            FailureCause.CANCELLED, FailureCause.REQUEUED, FailureCause.PREEMPTED, FailureCause.NODE_FAILURE);

    /**
     * Ends that a batch system tells of when it has seen the process end. The process has just shown itself all the same, if
     * it was killed before it could say more, as one is that takes too much memory.
     */
    private static final Set<BatchStatus.End> SEEN =
            EnumSet.of(BatchStatus.End.COMPLETED, BatchStatus.End.FAILED, BatchStatus.End.MEMORY_LIMIT);

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int TAIL_LINES = 5;

    private final BatchSystem system;
    private final Host host;
    private final ProcessIdentity self = ProcessIdentity.current();

    Settlement(BatchSystem system, Host host) {
        this.system = system;
        this.host = host;
    }

    /**
     * Settles a job, if it is over.
     *
     * @param job the job
     * @param told what the batch system says; {@code null} if it does not know the job
     * @return its state if it is over; {@code null} if it is not, or that is not sure yet
     */
    @Nullable
    JobStatus settle(Watched job, @Nullable BatchStatus told) throws IOException, InterruptedException {
        JobStatus status = job.folder.status();
        boolean ours = status.handover() != null && status.handover().handle().equals(job.handover.handle());
        if (!status.isActive() && !needsTheSystem(status) || status.isActive() && !ours) {
            return status;
        }
        if (told == null) {
            return unknown(job, status);
        }
        job.heard(told);
        if (told.stuck()) {
            return stuck(job, status, told);
        }
        if (told.phase() != BatchStatus.Phase.ENDED) {
            job.strangeSinceNanos = 0;
            return null;
        }
        return ended(job, status, told, told.end().orElseThrow());
    }

    private @Nullable JobStatus ended(Watched job, JobStatus status, BatchStatus told, BatchStatus.End end)
            throws IOException, InterruptedException {
        boolean superseded = told.exitCode().equals(OptionalInt.of(Attempt.SUPERSEDED_EXIT_CODE));
        if (status.isAlive() && (superseded || !SEEN.contains(end) || isOfThisHost(status))) {
            // A batch system that has lost a node may be wrong, and the next attempt would run beside this one.
            job.strangeSinceNanos = 0;
            job.voice.says(told + ", but " + status.owner() + " shows that it lives");
            return null;
        }
        boolean byItself = end == BatchStatus.End.COMPLETED || end == BatchStatus.End.FAILED;
        boolean well = told.exitCode().equals(OptionalInt.of(0));
        if (byItself && status.isActive() && !isOld(job, well ? LATE_SUCCESS : LATE_MARKER)) {
            return null;
        }
        boolean begun = status.started() != null && status.state() != JobState.QUEUED;
        FailureCause cause = EndCause.of(end, begun);
        String message = told + words(job, status, cause);
        Integer exitCode = told.exitCode().isPresent() ? told.exitCode().getAsInt() : null;
        return write(job, status, cause, message, exitCode);
    }

    private static boolean isOfThisHost(JobStatus status) {
        return status.owner() != null && status.owner().isLocal();
    }

    private @Nullable JobStatus unknown(Watched job, JobStatus status) throws IOException {
        if (status.isAlive() || !isOld(job, UNKNOWN)) {
            return null;
        }
        return write(
                job,
                status,
                status.state() == JobState.QUEUED ? FailureCause.NOT_STARTED : FailureCause.VANISHED,
                host.nameOf(job.handover.launcher()) + " does not know the job " + job.handover.handle()
                        + " any longer, and it left no marker",
                null);
    }

    private @Nullable JobStatus stuck(Watched job, JobStatus status, BatchStatus told)
            throws IOException, InterruptedException {
        try {
            job.folder.attempt(status.attempt()).requireOwn();
            system.cancel(HostBatch.name(job.folder), List.of(job.handover.handle()));
        } catch (UnreachableException | RefusedException | LaunchException notNow) {
            return null;
        }
        return write(job, status, FailureCause.REFUSED, "it would wait for ever: " + told, null);
    }

    private JobStatus write(
            Watched job, JobStatus status, FailureCause cause, String message, @Nullable Integer exitCode)
            throws IOException {
        Attempt attempt = job.folder.attempt(status.attempt());
        attempt.ended(self, cause, message, exitCode);
        return job.folder.status();
    }

    /**
     * Whether the files alone do not tell how the job ended: the batch system can explain a cancellation, may have put a job
     * back into its queue that had to go, and one that it has started again is between two attempts.
     */
    static boolean needsTheSystem(JobStatus status) {
        return status.state() == JobState.FAILED && UNDECIDED.contains(status.cause());
    }

    private static boolean isOld(Watched job, Duration patience) {
        long now = System.nanoTime();
        if (job.strangeSinceNanos == 0) {
            job.strangeSinceNanos = now;
        }
        return now - job.strangeSinceNanos >= patience.toNanos();
    }

    /** The last words of the batch system, and of a process that had no time for a first one. */
    private String words(Watched job, JobStatus status, FailureCause cause) throws InterruptedException {
        StringBuilder words = new StringBuilder();
        if (cause == FailureCause.NOT_STARTED) {
            append(words, LogTail.of(job.folder.standardError(status.attempt()), TAIL_LINES));
        }
        Handover handover = job.handover;
        try {
            append(words, tail(job));
            if (cause == FailureCause.VANISHED || cause == FailureCause.NOT_STARTED) {
                append(words, obstacle(job));
            }
        } catch (UnreachableException silent) {
            append(words, List.of("its log " + handover.log() + " cannot be read now"));
        }
        return words.toString();
    }

    private List<String> tail(Watched job) throws UnreachableException, InterruptedException {
        try {
            Optional<String> command =
                    HostBatch.tail(job.handover, job.workspace, host.workspace(job.workspace), TAIL_LINES);
            return command.isEmpty()
                    ? List.of("its log " + job.handover.log()
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

    /** What keeps a job from writing in its folder: one whose disk is full cannot say that. Most often nothing. */
    private List<String> obstacle(Watched job) throws UnreachableException, InterruptedException {
        try {
            String folder = host.workspace(job.workspace).path(job.folder.path());
            // Made exclusively: a link that somebody has put in its place is not written to.
            Shell.Output written = host.shell()
                    .run(
                            "set -C; LC_ALL=C; export LC_ALL; probe=" + ShellText.quote(folder)
                                    + "/.experimaestro/.tmp-probe-$$\n"
                                    + "dd if=/dev/zero bs=4096 count=1 >\"$probe\"; code=$?; rm -f \"$probe\"; exit $code",
                            LIMIT);
            return written.isSuccess()
                    ? List.of()
                    : List.of("nothing can be written in " + folder + " of "
                            + host.nameOf(job.handover.launcher()) + " ("
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
