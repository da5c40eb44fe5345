package org.experimaestro.engine.batch;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.experimaestro.engine.job.JobSpec;
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.jspecify.annotations.Nullable;

/** A job in a batch system for whose end a run waits. Its fields that change are confined to the thread that polls. */
final class TrackedJob {
    final JobFolder folder;
    final BatchJobReference batchJob;
    final Path workspace;
    final JobSpec.Listener listener;
    /** The run that waits. */
    final RunBatchClients run;

    final CompletableFuture<JobStatus> end = new CompletableFuture<>();

    /** The last status from the batch system; {@code null} before the first one. */
    volatile @Nullable BatchStatus last;

    /** The answer of the last poll: true if the batch system did not know the job. */
    boolean unknown;

    /** True while the job's attempt is void, and the job is not cancelled yet: the run waits for that. */
    volatile boolean isGivenUp;

    /** The last report of files that were left on the host. */
    private String left = "";

    /**
     * The time since which the batch system has reported the job as over or unknown, without a marker of the job's own.
     * It is in nanoseconds of the clock, and 0 if the system reports otherwise.
     */
    long unconfirmedSinceNanos;

    /** The attempt whose process had begun at the first of these reports; 0 if none had. */
    int unconfirmedAttempt;

    TrackedJob(
            JobFolder folder,
            BatchJobReference batchJob,
            Path workspace,
            JobSpec.Listener listener,
            RunBatchClients run) {
        this.folder = folder;
        this.batchJob = batchJob;
        this.workspace = workspace;
        this.listener = listener;
        this.run = run;
    }

    /**
     * Stores a status. Reports a changed one to the waiting run: a text if the job waits or is stopped, and an empty
     * text if it runs or has ended. A new expected start of a waiting job is reported too.
     */
    void heard(BatchStatus status) {
        boolean runs = status.phase() == BatchStatus.Phase.RUNNING || status.phase() == BatchStatus.Phase.ENDED;
        if (last == null
                || !last.toString().equals(status.toString())
                || !last.expectedStart().equals(status.expectedStart())) {
            listener.statusChanged(runs ? "" : status.toString(), status.expectedStart());
        }
        last = status;
    }

    /** Returns whether the job waits for its turn in the batch system. */
    boolean isPending() {
        BatchStatus status = last;
        return status != null && status.phase() == BatchStatus.Phase.PENDING;
    }

    /** Reports to the waiting run, once, the files of the job that were left on the host; empty if all were fetched. */
    synchronized void leftThere(String files) {
        if (!files.isEmpty() && !files.equals(left)) {
            listener.warned(folder.name() + ": " + files);
            left = files;
        }
    }
}
