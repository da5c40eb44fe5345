package org.experimaestro.monitor.action;

import org.experimaestro.LaunchException;
import org.experimaestro.WorkspaceException;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.jspecify.annotations.Nullable;

/** The result of an action for one job. Immutable. */
public sealed interface ActionResult {

    /**
     * Returns the job.
     *
     * @return the job's folder
     */
    JobFolder job();

    /**
     * A result of an action that was performed.
     *
     * @param job the job
     * @param status the job's state afterwards
     */
    record Performed(JobFolder job, JobStatus status) implements ActionResult {}

    /**
     * A result of an action that was not performed, and changed nothing.
     *
     * @param job the job
     * @param reason the reason, with advice
     */
    record Refused(JobFolder job, LaunchException reason) implements ActionResult {

        /** Returns the result for a job whose files could not be changed. */
        static Refused of(JobFolder job, WorkspaceException failed) {
            return new Refused(
                    job,
                    LaunchException.of(String.valueOf(failed.getMessage()))
                            .cause(failed)
                            .build());
        }
    }

    /**
     * A result of an action that was requested, but had no effect within the time limit.
     *
     * @param job the job
     * @param batch the batch system that received the request; {@code null} if a process received a signal
     */
    record Unfinished(JobFolder job, @Nullable BatchJobReference batch) implements ActionResult {}
}
