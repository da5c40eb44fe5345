package org.experimaestro.engine.batch;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.experimaestro.engine.job.JobSpec;
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.jspecify.annotations.Nullable;

/** A job in a batch system for whose end somebody waits. What is known of it is written by the thread that polls. */
final class TrackedJob {
    final JobFolder folder;
    final BatchJobReference batchJob;
    final Path workspace;
    final JobSpec.Listener listener;
    /** The run that waits. */
    final RunBatchClients run;

    final CompletableFuture<JobStatus> end = new CompletableFuture<>();

    /** What the batch system last said; {@code null} before its first word. */
    volatile @Nullable BatchStatus last;

    /** Whether the batch system did not know it when it was last asked. */
    boolean unknown;

    /** What was last told of the files that were left on the host. */
    private String left = "";

    /** Since when it has been over, or unknown, for the batch system, without a marker of its own; 0 if it is not. */
    long unconfirmedSinceNanos;

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

    /** Tells the waiting run what is new, if it is worth a word: that a job waits, or is stopped, but not that it runs. */
    void heard(BatchStatus status) {
        boolean runs = status.phase() == BatchStatus.Phase.RUNNING || status.phase() == BatchStatus.Phase.ENDED;
        if (last == null || !last.toString().equals(status.toString())) {
            listener.statusChanged(runs ? "" : status.toString());
        }
        last = status;
    }

    /** Tells the waiting run, once, which files of the job were left on the host; empty if all were fetched. */
    synchronized void leftThere(String files) {
        if (!files.isEmpty() && !files.equals(left)) {
            listener.warned(folder.name() + ": " + files);
            left = files;
        }
    }
}
