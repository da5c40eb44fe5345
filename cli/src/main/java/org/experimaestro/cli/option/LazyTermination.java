package org.experimaestro.cli.option;

import java.time.Duration;
import org.experimaestro.engine.batch.RunBatchClients;
import org.experimaestro.monitor.action.BatchTermination;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/**
 * Ends the jobs of batch systems with clients that are opened at their first use, so that a broken launcher file
 * prevents no kill of a local job. Thread-safe.
 */
public final class LazyTermination implements BatchTermination, AutoCloseable {
    private final Workspace workspace;
    private @Nullable RunBatchClients clients;

    /**
     * Creates a termination without clients.
     *
     * @param workspace the workspace of the jobs
     */
    public LazyTermination(Workspace workspace) {
        this.workspace = workspace;
    }

    @Override
    public JobStatus end(JobFolder job, BatchJobReference batchJob, Duration limit) throws InterruptedException {
        return clients().end(workspace, job, batchJob, limit);
    }

    private synchronized RunBatchClients clients() {
        RunBatchClients known = clients;
        if (known == null) {
            known = Launchers.clients();
            clients = known;
        }
        return known;
    }

    @Override
    public synchronized void close() {
        if (clients != null) {
            clients.close();
        }
    }
}
