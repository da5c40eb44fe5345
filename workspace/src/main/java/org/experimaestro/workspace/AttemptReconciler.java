package org.experimaestro.workspace;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * The rules that decide whether an attempt that a batch system has is over, and for which cause. Their input is the
 * batch system's report and the job's files. The table is in docs/job-life.md.
 */
public final class AttemptReconciler {
    /**
     * The longest delay until a marker is visible here after its process has ended on another host. Each check lists
     * the job's folder, which updates the cache of a network file system.
     */
    static final Duration LATE_MARKER = Duration.ofSeconds(5);
    /**
     * The same delay if the exit code is 0, so that the marker must come. It is longer than the longest time for which
     * NFS caches a folder (nfs(5): acdirmax, a minute), because a mount may use that cache without checks.
     */
    static final Duration LATE_SUCCESS = Duration.ofSeconds(90);
    /** The time for which a batch system may not know a new job yet. After that, an unknown job counts as gone. */
    static final Duration UNKNOWN = Duration.ofSeconds(20);

    /**
     * The causes of a process's marker after which the batch system may have another cause, or may start the job again.
     */
    private static final Set<FailureCause> UNDECIDED = EnumSet.of(
            FailureCause.CANCELLED, FailureCause.REQUEUED, FailureCause.PREEMPTED, FailureCause.NODE_FAILURE);

    private AttemptReconciler() {}

    /** The answer to the question whether an attempt is over. */
    public sealed interface Verdict {

        /** The files suffice: the job has ended, or this batch system does not have it any longer. */
        record Told() implements Verdict {}

        /** The attempt is not over. */
        record GoesOn() implements Verdict {}

        /**
         * The attempt is not over, although the batch system reports so: its process is alive. A batch system that has
         * lost a node may be wrong, and the next attempt would run beside this one.
         *
         * @param process the process that is alive
         */
        record Lives(ProcessIdentity process) implements Verdict {}

        /**
         * The attempt is over, unless its marker comes, or the batch system reports something else.
         *
         * @param cause the cause of the end
         * @param patience the time to wait for a marker or another report; zero if none can come any more
         */
        record Over(FailureCause cause, Duration patience) implements Verdict {}
    }

    /**
     * Returns whether the files suffice to know the end of a job that a batch system had.
     *
     * @param status the state of the job by its files
     * @param batchJob the batch system's job
     * @return true also if another process or batch job has the job now; false if it goes on, or the batch system may
     *     have another cause, has put the job back into its queue, or has started it again and no further attempt has
     *     begun
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
     * Decides whether the attempt that a batch system has is over.
     *
     * @param status the state of the job by its files
     * @param batchJob the batch system's job
     * @param report the batch system's report on it
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
        // The batch system may have seen another process end than the one that lives now: a later report decides.
        boolean mayDiffer = end.isByItself() || status.isAlive();
        return new Verdict.Over(cause, mayDiffer && status.isActive() ? patience : Duration.ZERO);
    }

    /**
     * Returns whether a process has begun the last attempt, by the files from which a state was read.
     *
     * @param status the state of a job that is not done
     * @return true also if the process has ended since
     */
    public static boolean hasBegun(JobStatus status) {
        return status instanceof JobStatus.Running
                || status instanceof JobStatus.Failed failed && failed.started() != null;
    }
}
