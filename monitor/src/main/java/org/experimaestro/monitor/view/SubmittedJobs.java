package org.experimaestro.monitor.view;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.experimaestro.ConfigId;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.Workspace;

/** The jobs that runs have submitted and that have no folder, because they wait, were skipped, or were deleted. */
public final class SubmittedJobs {
    private SubmittedJobs() {}

    /**
     * Returns the runs that may still matter for jobs that are not done.
     *
     * @param view the jobs and runs of a workspace
     * @return the last run of each experiment, and each run that goes on, or may go on at another host; in the order of
     *     their start
     */
    public static List<RunView> currentRuns(JobsView view) {
        Map<String, RunView> last = new HashMap<>();
        view.runs().forEach(run -> last.put(run.folder().experiment(), run));
        return view.runs().stream()
                .filter(run -> run.equals(last.get(run.folder().experiment())) || mayGoOn(run))
                .toList();
    }

    private static boolean mayGoOn(RunView run) {
        if (RunFolder.hasEnded(run.description().keySet())) {
            return false;
        }
        return switch (run.state()) {
            case RUNNING, UNKNOWN -> true;
            case ENDED, DIED -> false;
        };
    }

    /**
     * Returns a view with the jobs of its current runs that have no folder.
     *
     * @param workspace the workspace of the view
     * @param view the jobs and runs
     * @return a view in which the added jobs are new
     */
    public static JobsView addTo(Workspace workspace, JobsView view) {
        return addTo(workspace, view, currentRuns(view));
    }

    /**
     * Returns a view with the jobs of some runs that have no folder.
     *
     * @param workspace the workspace of the view
     * @param view the jobs and runs
     * @param submitters the runs whose jobs are added
     * @return a view in which the added jobs are new
     */
    public static JobsView addTo(Workspace workspace, JobsView view, Collection<RunView> submitters) {
        Map<String, List<RunSubmission>> missing = new TreeMap<>();
        for (RunView run : submitters) {
            for (RunSubmission submission : run.submissions()) {
                if (view.find(submission.job()).isEmpty()) {
                    missing.put(submission.job(), new ArrayList<>());
                }
            }
        }
        if (missing.isEmpty()) {
            return view;
        }
        for (RunView run : view.runs()) {
            for (RunSubmission submission : run.submissions()) {
                List<RunSubmission> known = missing.get(submission.job());
                if (known != null) {
                    known.add(submission);
                }
            }
        }
        List<JobView> all = new ArrayList<>(view.jobs());
        missing.forEach((name, submissions) -> all.add(JobView.submitted(folder(workspace, name), submissions)));
        all.sort(Comparator.comparing(JobView::name));
        return new JobsView(all, view.runs(), view.experiments(), view.problems());
    }

    private static JobFolder folder(Workspace workspace, String name) {
        int slash = name.indexOf('/');
        return workspace.job(name.substring(0, slash), ConfigId.parse(name.substring(slash + 1)));
    }
}
