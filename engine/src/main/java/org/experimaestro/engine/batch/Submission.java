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
 * @param spec all that it takes to run the job
 * @param workspace its workspace
 * @param classPath the code of the job: jars in the workspace
 * @param after job ids of the jobs that have to end well before
 * @param run the run that submits the job
 * @param answer the future of the answer, which is completed when the batch system has accepted or refused the job
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
     * The properties that the jobs of one batch share. Each run has batches of its own, because it is told what becomes
     * of them. A batch has one name, by which each of its jobs is found later.
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

    /** Returns the same job at another of the alternatives of its placement, with the same answer. */
    Submission at(Placement place) {
        return new Submission(attempt, spec.at(place), workspace, classPath, after, run, answer);
    }

    /** Returns the name of the job's launcher. */
    String launcher() {
        return spec.placement().launcher().name();
    }
}
