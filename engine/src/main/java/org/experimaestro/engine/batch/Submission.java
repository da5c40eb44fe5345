package org.experimaestro.engine.batch;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.experimaestro.engine.job.JobSpec;
import org.experimaestro.spi.Placement;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.Workspace;

/**
 * A job on its way to a batch system.
 *
 * @param attempt the attempt that was granted to this process
 * @param spec what it takes to run it
 * @param workspace its workspace
 * @param classPath the code that it runs: jars in the workspace
 * @param after job ids of jobs that have to end well before
 * @param run the run that gives it
 * @param answer completed when the batch system has taken the job, or has refused it
 */
record Submission(
        Attempt attempt,
        JobSpec spec,
        Workspace workspace,
        List<Path> classPath,
        List<String> after,
        RunBatchClients run,
        CompletableFuture<BatchJobReference> answer) {

    /**
     * Jobs with equal keys may go together, in one batch. Each run gives its own, and is told what becomes of them. A batch has
     * one name, by which each of its jobs is known later.
     */
    record Key(
            String name,
            Placement placement,
            Path workspace,
            List<Path> classPath,
            List<String> after,
            RunBatchClients run) {}

    Key key() {
        return new Key(JobName.type(attempt.job()), spec.placement(), workspace.root(), classPath, after, run);
    }

    /** The same job at another of the alternatives of its placement, with the same answer. */
    Submission at(Placement place) {
        return new Submission(attempt, spec.at(place), workspace, classPath, after, run, answer);
    }

    /** The name of its launcher. */
    String launcher() {
        return spec.placement().launcher().name();
    }
}
