package org.experimaestro.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import org.experimaestro.RunMode;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.workspace.ElsewhereLink;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.OutputRemoval;
import org.experimaestro.workspace.Workspace;

/**
 * The places of jobs' files: their own folders, the folders of former names, and the sources of results elsewhere, in this
 * order. Confined to one thread at a time.
 */
final class JobLocations {
    private final FormerJobs formers;
    private final ResultSource source;
    private final boolean isWriting;

    /**
     * Creates the places for a run.
     *
     * @param setup the setup, with the sources; only a run of the normal mode and one that generates write links
     * @param workspace the workspace
     * @param listener is told of results under former names
     */
    JobLocations(ExperimentSetup setup, Workspace workspace, RunListener listener) {
        this.isWriting = setup.mode() == RunMode.NORMAL || setup.mode() == RunMode.GENERATE;
        this.formers = new FormerJobs(workspace, listener, isWriting);
        this.source = setup.results();
    }

    /**
     * Finds where the files of a task's job are.
     *
     * @param task the task
     * @param folder the job's folder
     * @return the folder, or the one with the result if nothing is written
     */
    JobFolder locate(ConfigNode<?> task, JobFolder folder) {
        return elsewhere(formers.locate(task, folder));
    }

    /** Returns whether a job is done whose result a task uses; its outputs may be removed. */
    boolean isDone(JobFolder job, ConfigNode<?> task) {
        return hasOutputs(job, task) || wereRemoved(job);
    }

    /** Returns whether outputs were removed, whatever has happened since: what has read them is done. */
    private static boolean wereRemoved(JobFolder job) {
        try {
            return OutputRemoval.hasHappened(job);
        } catch (IOException unreadable) {
            return false; // the state of the job says why
        }
    }

    /** Returns whether a job is done whose result a task or an action uses, and its outputs are there. */
    boolean hasOutputs(JobFolder job, ConfigNode<?> task) {
        return formers.isDone(job, task.types()) || elsewhere(job).status() instanceof JobStatus.Done;
    }

    private JobFolder elsewhere(JobFolder job) {
        return Files.exists(job.path(), LinkOption.NOFOLLOW_LINKS) && !ElsewhereLink.isBroken(job)
                ? job
                : source.find(job, isWriting).orElse(job);
    }
}
