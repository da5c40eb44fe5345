package org.experimaestro.cli.experiment;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import org.experimaestro.cli.option.LazyTermination;
import org.experimaestro.engine.RunAccount;
import org.experimaestro.engine.SubmittedTask;
import org.experimaestro.monitor.action.ActionResult;
import org.experimaestro.monitor.action.JobStop;
import org.experimaestro.monitor.action.KillAction;
import org.experimaestro.workspace.JobCount;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.Workspace;

/** The end of the jobs that a stopped run has left, where its user wants none to go on. */
final class StoppedJobs {
    /** The longest wait for their ends: the process may be ending. Jobs that clean up longer end by themselves. */
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private StoppedJobs() {}

    /** Returns the jobs that go on after a run. */
    static List<JobFolder> left(RunAccount account) {
        return account.tasks(JobCount.LEFT).stream().map(SubmittedTask::folder).toList();
    }

    /**
     * Asks jobs to end, as {@code jobs kill} does, and waits for their ends.
     *
     * @param workspace the workspace of the jobs
     * @param jobs the jobs
     * @param told receives each job with the result in words
     */
    static void end(Path workspace, List<JobFolder> jobs, BiConsumer<JobFolder, String> told) {
        try (LazyTermination batches = new LazyTermination(Workspace.view(workspace))) {
            KillAction kill = new KillAction(JobStop.Signal.TERM, LIMIT, batches);
            kill.perform(kill.plan(jobs), result -> told.accept(result.job(), words(result)));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static String words(ActionResult result) {
        return switch (result) {
            case ActionResult.Performed _ -> "has ended";
            case ActionResult.Unfinished _ -> "was asked to end, and still cleans up";
            case ActionResult.Refused refused -> "goes on: " + refused.reason().getMessage();
        };
    }
}
