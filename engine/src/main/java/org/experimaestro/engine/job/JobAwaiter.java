package org.experimaestro.engine.job;

import org.experimaestro.spi.UnreachableException;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;

/** Waits for the end of a job that somebody else has started. Thread-safe. */
@FunctionalInterface
public interface JobAwaiter {

    /**
     * Waits until a job is in nobody's hands.
     *
     * @param folder the job
     * @param listener is told what happens to it on the way
     * @return its state then
     * @throws UnreachableException if nobody can be asked for it before a person has done something; the job goes on
     * @throws InterruptedException if this thread is interrupted
     */
    JobStatus await(JobFolder folder, JobSpec.Listener listener) throws UnreachableException, InterruptedException;
}
