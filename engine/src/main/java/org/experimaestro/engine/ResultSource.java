package org.experimaestro.engine;

import java.util.Optional;
import org.experimaestro.workspace.JobFolder;

/**
 * A source of results that a workspace does not have, such as another workspace. The plan's thread asks it when a job is
 * submitted, or used, that has no folder, or only a broken link to another workspace.
 */
@FunctionalInterface
public interface ResultSource {
    /** A source without results. */
    ResultSource NONE = (job, isWriting) -> Optional.empty();

    /**
     * Finds the result of a job.
     *
     * @param job the job, which has no folder, or a broken link
     * @param isWriting whether the workspace is to get the result, by a link or a copy in the place of the job's folder;
     *     otherwise nothing is written
     * @return the folder with the files of the done job, which is the job's own if the workspace has got them; empty if
     *     there is no result, or it cannot be used
     */
    Optional<JobFolder> find(JobFolder job, boolean isWriting);
}
