package org.experimaestro.monitor.action;

import java.time.Duration;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;

/** Has batch systems end jobs: those who know launchers implement it. Thread-safe. */
@FunctionalInterface
public interface BatchTermination {

    /**
     * Ends a job that a batch system has, and waits for its end.
     *
     * @param job the job
     * @param batchJob the batch system that has it
     * @param limit how long is waited at most
     * @return the state after that, which may be active still
     * @throws org.experimaestro.LaunchException if the batch system refuses, or cannot be asked
     * @throws InterruptedException if this thread is interrupted
     */
    JobStatus end(JobFolder job, BatchJobReference batchJob, Duration limit) throws InterruptedException;
}
