package org.experimaestro.monitor.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.experimaestro.WorkspaceException;
import org.experimaestro.monitor.log.ProgressReader;
import org.experimaestro.monitor.reason.RunTurns;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunSubmission;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.RunState;

/**
 * Forecasts of jobs and runs, from the progress of jobs, and from the durations of the done jobs of the same type in the
 * workspace. A forecast is withheld, with the reason, if it cannot be known. Confined to one thread.
 */
public final class Forecasts {
    /** The least number of done jobs of a type after which their median says something. */
    public static final int LEAST_DONE = 3;

    private final Map<String, JobView> jobs = new HashMap<>();
    private final Map<String, List<Duration>> durations = new HashMap<>();
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
            if (job.status() instanceof JobStatus.Done done) {
                durations
                        .computeIfAbsent(job.folder().typeId(), type -> new ArrayList<>())
                        .add(Duration.between(done.started(), done.ended()));
            }
        }
        durations.values().forEach(Collections::sort);
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
                : ofType(job)
                        .map(typical -> rest(job, typical, running.since()))
                        .orElseGet(() -> Forecast.withheld(progress.basis() + ", and " + fewDone(job)));
    }

    private Forecast rest(JobView job, Duration typical, Instant since) {
        Duration left = typical.minus(Duration.between(since, now));
        return left.isNegative()
                ? Forecast.withheld("it takes longer than the median of the done jobs of "
                        + job.folder().typeId())
                : Forecast.of(
                        left, "the median of the done jobs of " + job.folder().typeId());
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

    /** Returns the median duration of the done jobs of a job's type; empty if there are too few. */
    private Optional<Duration> ofType(JobView job) {
        List<Duration> known = durations.getOrDefault(job.folder().typeId(), List.of());
        return known.size() < LEAST_DONE ? Optional.empty() : Optional.of(known.get(known.size() / 2));
    }

    private static String fewDone(JobView job) {
        return "fewer than " + LEAST_DONE + " jobs of " + job.folder().typeId() + " are done";
    }

    /**
     * Forecasts the end of a run.
     *
     * @param run the run
     * @param turns its jobs by its journal, which has the number of places
     * @return the time left; jobs that are skipped because others failed take no time
     */
    public Forecast run(RunView run, RunTurns turns) {
        RunState state = run.state();
        if (state != RunState.RUNNING) {
            return Forecast.withheld(
                    state == RunState.UNKNOWN ? "its process cannot be seen from here" : "the run is over");
        }
        int places = (int) Math.max(turns.running(), turns.placesHere().orElse(0L));
        return places == 0 ? Forecast.withheld("none of its jobs has begun") : run(run, places);
    }

    private Forecast run(RunView run, int places) {
        Map<String, Long> ends = new HashMap<>(); // of the jobs that are left, by the chains that lead to them
        Set<String> skipped = new HashSet<>();
        long sum = 0;
        long chain = 0;
        // Each job is submitted after those that it depends on.
        for (RunSubmission submission : run.submissions()) {
            JobView job = jobs.get(submission.job());
            if (job == null || ends.containsKey(job.name()) || !isLeft(job)) {
                continue;
            }
            if (submission.dependencies().stream().anyMatch(name -> skipped.contains(name) || hasFailed(name))) {
                skipped.add(job.name());
                continue;
            }
            Optional<Duration> time = left(job);
            if (time.isEmpty()) {
                return Forecast.withheld(fewDone(job));
            }
            long nanos = time.get().toNanos();
            long before = submission.dependencies().stream()
                    .mapToLong(dependency -> ends.getOrDefault(dependency, 0L))
                    .max()
                    .orElse(0);
            ends.put(job.name(), before + nanos);
            sum += nanos;
            chain = Math.max(chain, before + nanos);
        }
        if (ends.isEmpty()) {
            return Forecast.of(Duration.ZERO, "all of its jobs have ended");
        }
        String basis = ends.size() + " jobs left at " + places + (places == 1 ? " place" : " places");
        return WorkLeft.estimate(sum, chain, places)
                .map(left -> Forecast.of(left, basis))
                .orElseGet(() -> Forecast.withheld("its jobs take longer than the median of those that are done"));
    }

    private boolean hasFailed(String name) {
        JobView job = jobs.get(name);
        return job != null && (job.status() instanceof JobStatus.Failed || job.status() instanceof JobStatus.Corrupt);
    }

    private static boolean isLeft(JobView job) {
        return job.status() instanceof JobStatus.New || job.status().isActive();
    }

    /** Returns the time that a job still takes; a running one that takes longer than usual counts as about to end. */
    private Optional<Duration> left(JobView job) {
        if (job.status() instanceof JobStatus.Running running) {
            Forecast progress = ofProgress(job, running.since());
            return progress.left().isPresent()
                    ? progress.left()
                    : ofType(job)
                            .map(typical -> typical.minus(Duration.between(running.since(), now)))
                            .map(left -> left.isNegative() ? Duration.ZERO : left);
        }
        return ofType(job);
    }
}
