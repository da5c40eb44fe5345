package org.experimaestro.engine.job;

import org.experimaestro.spi.UnreachableException;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;

/** The wait for the end of a job that another process or run has started. Thread-safe. */
@FunctionalInterface
public interface JobAwaiter {

    /**
     * Waits until neither a process nor a batch system has the job.
     *
     * @param folder the job
     * @param listener the listener of the job's changes meanwhile
     * @return the job's state then
     * @throws UnreachableException if the job's end cannot be observed until somebody fixes the connection; the job
     *     goes on
     * @throws InterruptedException if this thread is interrupted
     */
    JobStatus await(JobFolder folder, JobSpec.Listener listener) throws UnreachableException, InterruptedException;
}
