package org.experimaestro.monitor.action;

import org.experimaestro.LaunchException;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.jspecify.annotations.Nullable;

/** What has become of one job. Immutable. */
public sealed interface ActionResult {

    /**
     * The job.
     *
     * @return its folder
     */
    JobFolder job();

    /**
     * It was done.
     *
     * @param job the job
     * @param status the state of the job after it
     */
    record Performed(JobFolder job, JobStatus status) implements ActionResult {}

    /**
     * It was not done, and nothing was changed.
     *
     * @param job the job
     * @param reason why, and what to do
     */
    record Refused(JobFolder job, LaunchException reason) implements ActionResult {}

    /**
     * It was asked for, and had not come about when the time was over.
     *
     * @param job the job
     * @param batch the batch system that was asked; {@code null} if a process was
     */
    record Unfinished(JobFolder job, @Nullable BatchJobReference batch) implements ActionResult {}
}
