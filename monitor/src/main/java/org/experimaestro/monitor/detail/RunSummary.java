package org.experimaestro.monitor.detail;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.monitor.forecast.Forecast;
import org.experimaestro.monitor.forecast.Forecasts;
import org.experimaestro.monitor.reason.ReasonGroup;
import org.experimaestro.monitor.reason.Reasons;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.Workspace;

/**
 * A summary of a run, or of all runs of an experiment. Immutable.
 *
 * @param run the run, or the last one
 * @param counts the number of jobs in each state, in the order of the states
 * @param reasons the reasons why jobs wait or have failed
 * @param forecast the time left of the run
 * @param types the time left of each type that the run still has jobs of
 */
public record RunSummary(
        RunView run,
        Map<JobState, Integer> counts,
        List<ReasonGroup> reasons,
        Forecast forecast,
        Map<String, Forecast> types) {

    /**
     * Makes a summary.
     *
     * @param workspace the workspace
     * @param view its jobs and runs
     * @param run the run, or the last one
     * @param jobs the jobs that count
     * @param now the time of the view
     * @return the summary
     */
    public static RunSummary of(Workspace workspace, JobsView view, RunView run, List<JobView> jobs, Instant now) {
        Map<JobState, Integer> counts = new EnumMap<>(JobState.class);
        jobs.forEach(job -> counts.merge(job.state(), 1, Integer::sum));
        Reasons reasons = new Reasons(workspace, view);
        Forecasts forecasts = new Forecasts(view, now);
        return new RunSummary(
                run,
                counts,
                ReasonGroup.of(reasons, view, jobs),
                forecasts.run(run, reasons.turns(run)),
                forecasts.types(run, reasons.turns(run)));
    }
}
