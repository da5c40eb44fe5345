package org.experimaestro.workspace;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * Decides, from what a batch system says and what a job's files say, whether an attempt that the batch system has is over, and
 * why. The table is in docs/job-life.md.
 */
public final class AttemptReconciler {
    /**
     * How long a marker may take to be seen here after its process has ended elsewhere. Each look lists the job's folder, which
     * brings what a network file system has remembered of it up to date.
     */
    static final Duration LATE_MARKER = Duration.ofSeconds(5);
    /**
     * The same where the exit code says that the job is done, so that its marker must come: longer than NFS remembers a folder
     * (nfs(5): acdirmax, a minute) where it was told not to look again.
     */
    static final Duration LATE_SUCCESS = Duration.ofSeconds(90);
    /** How long a job may be unknown to its batch system, which may be slow to learn of it, before it counts as gone. */
    static final Duration UNKNOWN = Duration.ofSeconds(20);

    /** What a process may say of its end that need not be its end. */
    private static final Set<FailureCause> UNDECIDED = EnumSet.of(
            FailureCause.CANCELLED, FailureCause.REQUEUED, FailureCause.PREEMPTED, FailureCause.NODE_FAILURE);

    private AttemptReconciler() {}

    /** Whether an attempt is over. */
    public sealed interface Verdict {

        /** The files alone tell: the job has ended, or is not in the hands of this batch system any longer. */
        record Told() implements Verdict {}

        /** It is not over. */
        record GoesOn() implements Verdict {}

        /**
         * It is not over, though the batch system says so: a batch system that has lost a node may be wrong, and the next attempt
         * would run beside this one.
         *
         * @param process shows that it lives
         */
        record Lives(ProcessIdentity process) implements Verdict {}

        /**
         * It is over, unless its marker comes, or the batch system says something else.
         *
         * @param cause why
         * @param patience how long that has to be waited for; zero if nothing can come any more
         */
        record Over(FailureCause cause, Duration patience) implements Verdict {}
    }

    /**
     * Whether the files alone tell how a job ended that a batch system had.
     *
     * @param status what they say
     * @param batchJob the batch system that had it
     * @return true also if somebody else has the job now; false if it goes on, or the batch system may have another cause, has put
     *     the job back into its queue, or has started it again and no further attempt has begun
     */
    public static boolean isDecided(JobStatus status, BatchJobReference batchJob) {
        if (status.isActive()) {
            return status.findBatchJob()
                    .map(BatchJobReference::jobId)
                    .filter(batchJob.jobId()::equals)
                    .isEmpty();
        }
        return !(status instanceof JobStatus.Failed failed && UNDECIDED.contains(failed.cause()));
    }

    /**
     * Whether the attempt that a batch system has is over.
     *
     * @param status what the job's files say now
     * @param batchJob the batch system
     * @param report what it says
     * @return the verdict; the same until the files or the report change
     */
    public static Verdict reconcile(JobStatus status, BatchJobReference batchJob, BatchReport report) {
        if (isDecided(status, batchJob)) {
            return new Verdict.Told();
        }
        if (report instanceof BatchReport.Finished end) {
            return reconcile(status, end);
        }
        if (report instanceof BatchReport.Stuck) {
            return new Verdict.Over(FailureCause.REFUSED, Duration.ZERO);
        }
        return report instanceof BatchReport.Present || status.isAlive()
                ? new Verdict.GoesOn()
                : new Verdict.Over(FailureCause.ofSilence(!(status instanceof JobStatus.Queued)), UNKNOWN);
    }

    private static Verdict reconcile(JobStatus status, BatchReport.Finished end) {
        boolean superseded = end.hasCode(Attempt.SUPERSEDED_EXIT_CODE);
        if (status instanceof JobStatus.Running running
                && status.isAlive()
                && (superseded || !end.isSeen() || running.process().isLocal())) {
            return new Verdict.Lives(running.process());
        }
        FailureCause cause = end.reason().orElse(FailureCause.ofSilence(hasBegun(status)));
        Duration patience = end.hasCode(0) ? LATE_SUCCESS : LATE_MARKER;
        return new Verdict.Over(cause, end.isByItself() && status.isActive() ? patience : Duration.ZERO);
    }

    private static boolean hasBegun(JobStatus status) {
        return status instanceof JobStatus.Running
                || status instanceof JobStatus.Failed failed && failed.started() != null;
    }
}
