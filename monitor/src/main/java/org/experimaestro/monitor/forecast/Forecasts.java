package org.experimaestro.monitor.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.experimaestro.WorkspaceException;
import org.experimaestro.monitor.log.ProgressReader;
import org.experimaestro.monitor.reason.RunTurns;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunSubmission;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.RunEvent;
import org.experimaestro.workspace.RunState;

/**
 * Forecasts of jobs and runs, from the progress of jobs, and from the durations of the done jobs of the same type in the
 * workspace. A forecast is withheld, with the reason, if it cannot be known. Confined to one thread.
 */
public final class Forecasts {
    /** The most types of which a forecast tells what it stands on. */
    private static final int MOST_TYPES = 3;

    private final Map<String, JobView> jobs = new HashMap<>();
    private final TypicalDurations ofWorkspace = new TypicalDurations();
    private final Instant now;

    /**
     * Creates forecasts.
     *
     * @param view the jobs of the workspace
     * @param now the time of the view
     */
    public Forecasts(JobsView view, Instant now) {
        this.now = now;
        for (JobView job : view.jobs()) {
            jobs.put(job.name(), job);
            job.status()
                    .findDone()
                    .ifPresent(done -> ofWorkspace.add(job.folder().typeId(), done));
        }
    }

    /**
     * Forecasts the end of a job.
     *
     * @param job the job
     * @return the time left by its progress; otherwise by the median of the done jobs of its type
     */
    public Forecast job(JobView job) {
        if (!(job.status() instanceof JobStatus.Running running)) {
            return Forecast.withheld("it does not run");
        }
        Forecast progress = ofProgress(job, running.since());
        return progress.left().isPresent()
                ? progress
                : ofWorkspace
                        .of(job.folder().typeId())
                        .map(typical -> rest(job, typical, running.since()))
                        .orElseGet(() -> Forecast.withheld(progress.basis() + ", and "
                                + WorkLeft.fewDone(job.folder().typeId())));
    }

    private Forecast rest(JobView job, Duration typical, Instant since) {
        Duration left = typical.minus(Duration.between(since, now));
        return left.isNegative()
                ? Forecast.withheld("it takes longer than the median of the done jobs of "
                        + job.folder().typeId())
                : Forecast.of(
                        left,
                        "the median of the done jobs of " + job.folder().typeId() + ": "
                                + ofWorkspace.basis(job.folder().typeId()));
    }

    private Forecast ofProgress(JobView job, Instant since) {
        OptionalInt attempt = job.status().lastAttempt();
        try {
            return attempt.isEmpty()
                    ? Forecast.withheld("it has not begun")
                    : ProgressRate.forecast(
                            since, ProgressReader.history(job.folder().events(attempt.getAsInt())), now);
        } catch (WorkspaceException unreadable) {
            return Forecast.withheld("its progress cannot be read");
        }
    }

    /**
     * Forecasts the end of a run. A type's duration is that of the run's own done jobs, if enough are done, as they have
     * its code and its settings; otherwise that of all done jobs of the workspace.
     *
     * @param run the run
     * @param turns its jobs by its journal, which has the number of places, and what the run still tries
     * @return the time left; jobs that are skipped because others failed take no time
     */
    public Forecast run(RunView run, RunTurns turns) {
        return withMorePlaces(run, turns, 0);
    }

    /**
     * Forecasts the end of a run as if more of its jobs ran at once. The estimate is a bound: with more places, the run may
     * end later than it says, and not earlier.
     *
     * @param run the run
     * @param turns its jobs by its journal
     * @param more the number of further places
     * @return the time left
     */
    public Forecast withMorePlaces(RunView run, RunTurns turns, int more) {
        Optional<Forecast> none = withheld(run, turns);
        return none.isPresent() ? none.get() : left(run, turns).forecast(places(turns) + more);
    }

    /**
     * Forecasts the end of the jobs of each type of a run.
     *
     * @param run the run
     * @param turns its jobs by its journal
     * @return for each type with jobs that the run will still do, the time until the last of them ends if places are
     *     given only to them and to the jobs that they wait for; empty if nothing can be known of the run
     */
    public Map<String, Forecast> types(RunView run, RunTurns turns) {
        if (withheld(run, turns).isPresent()) {
            return Map.of();
        }
        Left all = left(run, turns);
        List<JobLeft> ahead = WorkLeft.withoutSkipped(all.jobs(), all.failed());
        Map<String, Forecast> types = new HashMap<>();
        for (JobLeft job : ahead) {
            types.computeIfAbsent(
                    job.typeId(),
                    type -> new Left(upTo(type, ahead), all.failed(), all.durations()).forecast(places(turns)));
        }
        return types;
    }

    /** Returns the jobs of a type, and those that they wait for. */
    private static List<JobLeft> upTo(String typeId, List<JobLeft> ahead) {
        List<JobLeft> jobs = new ArrayList<>();
        Set<String> needed = new HashSet<>();
        for (JobLeft job : ahead.reversed()) {
            if (job.typeId().equals(typeId) || needed.contains(job.name())) {
                jobs.add(job);
                needed.addAll(job.dependencies());
            }
        }
        return jobs.reversed();
    }

    private static Optional<Forecast> withheld(RunView run, RunTurns turns) {
        RunState state = run.state();
        if (state != RunState.RUNNING) {
            return Optional.of(Forecast.withheld(
                    state == RunState.UNKNOWN ? "its process cannot be seen from here" : "the run is over"));
        }
        if (run.pausedSince().isPresent()) {
            return Optional.of(Forecast.withheld("the run is paused"));
        }
        return places(turns) == 0 ? Optional.of(Forecast.withheld("none of its jobs has begun")) : Optional.empty();
    }

    private static int places(RunTurns turns) {
        return (int) Math.max(turns.running(), turns.placesHere().orElse(0L));
    }

    /**
     * The jobs that a run has before it, and what is known of their durations.
     *
     * @param durations finds the durations of done jobs of a type that count
     */
    private record Left(List<JobLeft> jobs, Set<String> failed, Function<String, TypicalDurations> durations) {
        Forecast forecast(int places) {
            Forecast forecast = WorkLeft.forecast(
                    jobs, failed, type -> durations.apply(type).of(type), places);
            return forecast.left().isPresent()
                    ? Forecast.of(forecast.left().get(), forecast.basis() + medians())
                    : forecast;
        }

        /** Returns what the medians stand on by which the time of jobs was estimated; empty without such jobs. */
        private String medians() {
            List<String> types = WorkLeft.withoutSkipped(jobs, failed).stream()
                    .filter(job -> job.promised().isEmpty())
                    .map(JobLeft::typeId)
                    .distinct()
                    .toList();
            return types.isEmpty()
                    ? ""
                    : types.stream()
                            .limit(MOST_TYPES)
                            .map(type -> type + " by the median of "
                                    + durations.apply(type).basis(type))
                            .collect(Collectors.joining(", ", "; ", types.size() > MOST_TYPES ? ", …" : ""));
        }
    }

    private Left left(RunView run, RunTurns turns) {
        TypicalDurations ofRun = new TypicalDurations();
        List<JobLeft> left = new ArrayList<>();
        Set<String> failed = new HashSet<>();
        Set<String> seen = new HashSet<>();
        // Each job is submitted after those that it depends on. One with several sets of tags counts once.
        for (RunSubmission submission : run.submissions()) {
            JobView job = jobs.get(submission.job());
            if (job == null || !seen.add(job.name())) {
                continue;
            }
            Optional<JobStatus.Done> done = job.status().findDone();
            if (done.isPresent()) {
                ofRun.add(job.folder().typeId(), done.get());
            } else if (isLeft(job, turns.last(job.name()))) {
                left.add(left(job, submission.dependencies()));
            } else {
                failed.add(job.name());
            }
        }
        return new Left(left, failed, type -> ofRun.of(type).isPresent() ? ofRun : ofWorkspace);
    }

    /**
     * Returns whether a live run has a job before it that is not done. A failure that another run has left, or before
     * which the run tries the job again, is no end.
     *
     * @param last the last change of the job in the run's journal
     */
    private static boolean isLeft(JobView job, Optional<RunEvent> last) {
        if (job.status().isActive()) {
            return true;
        }
        String phase = last.map(RunEvent::phase).orElse("");
        boolean isOfLastAttempt = last.isPresent()
                && last.get().attempt().isPresent()
                && last.get().attempt().equals(job.status().lastAttempt());
        boolean hasFailed = job.status() instanceof JobStatus.Failed && isOfLastAttempt;
        return !(job.status() instanceof JobStatus.Corrupt)
                && !phase.equals("FAILED")
                && !phase.equals("SKIPPED")
                && !phase.equals(RunEvent.NOT_STARTED)
                && !phase.equals(RunEvent.LEFT_OUT)
                && !phase.equals(RunEvent.NOT_NEEDED)
                && !hasFailed;
    }

    private JobLeft left(JobView job, List<String> dependencies) {
        String type = job.folder().typeId();
        return job.status() instanceof JobStatus.Running running
                ? new JobLeft(
                        job.name(),
                        type,
                        dependencies,
                        Duration.between(running.since(), now),
                        ofProgress(job, running.since()).left())
                : new JobLeft(job.name(), type, dependencies, Duration.ZERO, Optional.empty());
    }
}
