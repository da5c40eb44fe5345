package org.experimaestro.monitor.detail;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.experimaestro.monitor.forecast.Forecast;
import org.experimaestro.monitor.forecast.Forecasts;
import org.experimaestro.monitor.reason.FormerReasons;
import org.experimaestro.monitor.reason.Reason;
import org.experimaestro.monitor.reason.ReasonGroup;
import org.experimaestro.monitor.reason.Reasons;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunEnd;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.workspace.JobState;

/**
 * A summary of a run, or of all runs of an experiment. Immutable.
 *
 * @param run the run, or the last one
 * @param counts the number of jobs in each state, in the order of the states
 * @param changed the number of jobs that have another state now than at the end of the run, which {@code counts} and {@code
 *     reasons} are about; empty if these are about now
 * @param reasons the reasons why jobs wait or have failed
 * @param forecast the time left of the run
 * @param types the time left of each type that the run still has jobs of
 * @param energy the energy of the last attempts of its jobs, as far as they have ended; empty if none has measured it
 */
public record RunSummary(
        RunView run,
        Map<JobState, Integer> counts,
        OptionalInt changed,
        List<ReasonGroup> reasons,
        Forecast forecast,
        Map<String, Forecast> types,
        Optional<EnergySum> energy) {

    /**
     * Makes a summary of jobs as they are now.
     *
     * @param reasons the search for reasons in the view
     * @param view the jobs and runs
     * @param run the run, or the last one
     * @param jobs the jobs that count
     * @param now the time of the view
     * @return the summary
     */
    public static RunSummary of(Reasons reasons, JobsView view, RunView run, List<JobView> jobs, Instant now) {
        return of(reasons, view, run, jobs, now, Optional.empty());
    }

    /**
     * Makes a summary of a run and its jobs, as it has left them if it has recorded its end.
     *
     * @param reasons the search for reasons in the view
     * @param view the jobs and runs, with those of the run that have no folder
     * @param run the run
     * @param jobs the jobs of the run
     * @param now the time of the view
     * @return the summary
     */
    public static RunSummary ofRun(Reasons reasons, JobsView view, RunView run, List<JobView> jobs, Instant now) {
        return of(reasons, view, run, jobs, now, RunEnd.find(run));
    }

    private static RunSummary of(
            Reasons reasons, JobsView view, RunView run, List<JobView> jobs, Instant now, Optional<RunEnd> end) {
        Function<JobView, JobState> state =
                job -> end.map(then -> then.state(job)).orElse(job.state());
        Map<JobState, Integer> counts = new EnumMap<>(JobState.class);
        jobs.forEach(job -> counts.merge(state.apply(job), 1, Integer::sum));
        Function<JobView, Optional<Reason>> reason =
                end.isPresent() ? new FormerReasons(reasons, run, end.get())::find : reasons::find;
        Forecasts forecasts = new Forecasts(view, now);
        return new RunSummary(
                run,
                counts,
                end.isEmpty()
                        ? OptionalInt.empty()
                        : OptionalInt.of((int) jobs.stream()
                                .filter(job -> state.apply(job) != job.state())
                                .count()),
                ReasonGroup.of(reason, view, jobs),
                forecasts.run(run, reasons.turns(run)),
                forecasts.types(run, reasons.turns(run)),
                EnergySum.of(jobs.stream().flatMap(job -> job.status().findUse().stream())));
    }
}
