package org.experimaestro.monitor.action;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.experimaestro.WorkspaceException;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.RunState;
import org.experimaestro.workspace.Workspace;

/** The choice of an experiment's old runs, by how many stay. */
public final class RunHistory {
    private static final String DONE = "done";
    private static final String SUBMITTED = "submitted";
    private static final String NOT_RUN = "not_run";

    private RunHistory() {}

    /**
     * Finds the runs that need not stay. One that goes on, or may do so, stays, and so does one with a note or a tag, one
     * whose jobs go on without it, and one that was not to run its jobs.
     *
     * @param view all runs
     * @param experiment the experiment
     * @param done how many of the last runs stay that ended well; empty for all
     * @param failed how many of the other ones stay; empty for all
     * @return the others, the oldest first
     */
    public static List<RunFolder> old(JobsView view, String experiment, OptionalInt done, OptionalInt failed) {
        List<RunFolder> old = new ArrayList<>();
        Map<Boolean, Integer> seen = new HashMap<>();
        List<RunView> newestFirst = view.runs().reversed();
        for (RunView run : newestFirst) {
            RunState state = run.state();
            if (!run.folder().experiment().equals(experiment)
                    || state == RunState.RUNNING
                    || state == RunState.UNKNOWN) {
                continue;
            }
            String word = run.word();
            List<JobStatus> jobs = word.equals(SUBMITTED) ? jobs(view, run) : List.of();
            if (word.equals(NOT_RUN) || jobs.stream().anyMatch(JobStatus::isActive)) {
                continue;
            }
            // A run that did not wait for its jobs ended as they did.
            boolean isDone = word.equals(DONE)
                    || word.equals(SUBMITTED)
                            && jobs.stream().allMatch(job -> job.findDone().isPresent());
            OptionalInt most = isDone ? done : failed;
            int number = seen.merge(isDone, 1, Integer::sum);
            if (most.isPresent() && number > most.getAsInt() && run.notes().isEmpty()) {
                old.addFirst(run.folder());
            }
        }
        return old;
    }

    private static List<JobStatus> jobs(JobsView view, RunView run) {
        return run.submissions().stream()
                .map(submission ->
                        view.find(submission.job()).map(JobView::status).orElse(new JobStatus.New()))
                .toList();
    }

    /**
     * Moves runs to the trash. Their jobs stay.
     *
     * @param workspace the workspace
     * @param index its index
     * @param runs the runs
     * @param clock the clock that dates the entry of the trash
     * @param refused receives the reason for each run that stays
     * @return the number of runs that were moved
     */
    public static int clean(
            Workspace workspace,
            WorkspaceIndex index,
            List<RunFolder> runs,
            InstantSource clock,
            Consumer<WorkspaceException> refused) {
        if (runs.isEmpty()) {
            return 0;
        }
        int[] staying = {0};
        CleanAction action = new CleanAction(workspace, index, "history", clock, false, runs, reason -> {
            staying[0]++;
            refused.accept(reason);
        });
        action.perform(action.plan(List.of()), result -> {});
        return runs.size() - staying[0];
    }
}
