package org.experimaestro.monitor.action;

import java.time.Duration;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;

/** A client that ends jobs of batch systems. A caller that can open launchers provides it. Thread-safe. */
@FunctionalInterface
public interface BatchTermination {

    /**
     * Ends a batch system's job, and waits for its end.
     *
     * @param job the job
     * @param batchJob the job's reference in the batch system
     * @param limit the longest time to wait
     * @return the state afterwards, which may still be active
     * @throws org.experimaestro.LaunchException if the batch system refuses the request, or cannot be reached
     * @throws InterruptedException if this thread is interrupted
     */
    JobStatus end(JobFolder job, BatchJobReference batchJob, Duration limit) throws InterruptedException;
}
