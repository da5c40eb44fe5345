package org.experimaestro.monitor.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeSet;
import org.experimaestro.ConfigId;
import org.experimaestro.monitor.reason.RunTurns;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunSubmission;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.monitor.view.StoredParameters;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.LifeSign;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.RunEvent;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.RunJournal;
import org.experimaestro.workspace.RunLimit;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forecasts of runs that are simulated: no job takes real time. */
class ForecastsTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    @TempDir
    private Path folder;

    private Workspace workspace;
    private RunFolder run;
    private final List<JobView> jobs = new ArrayList<>();
    private final List<RunSubmission> submissions = new ArrayList<>();

    @BeforeEach
    void makeRun() throws IOException {
        workspace = Workspace.open(folder);
        run = workspace.experiment("grid").newRun(NOW);
    }

    private JobView job(String type, JobStatus status, String... dependencies) {
        JobView view = elsewhere(type, status, dependencies);
        submissions.add(view.submissions().getFirst());
        return view;
    }

    /** A job that another run has submitted. */
    private JobView elsewhere(String type, JobStatus status, String... dependencies) {
        JobFolder job = workspace.job(type, ConfigId.parse(String.format("%032x", jobs.size() + 1)));
        RunSubmission submission = new RunSubmission("grid", run.name(), job.name(), Map.of(), List.of(dependencies));
        JobView view = new JobView(job, status, List.of(submission), List.of(), "", StoredParameters.of(job, true));
        jobs.add(view);
        return view;
    }

    private static RunEvent event(JobView job, String phase, int attempt) {
        return new RunEvent(
                NOW,
                job.name(),
                phase,
                attempt == 0 ? OptionalInt.empty() : OptionalInt.of(attempt),
                "",
                List.of(),
                "",
                Optional.empty());
    }

    private static JobStatus failed(int attempt) {
        return new JobStatus.Failed(attempt, FailureCause.EXCEPTION, "no");
    }

    private static JobStatus running(int attempt, int seconds) {
        return new JobStatus.Running(
                attempt, NOW.minusSeconds(seconds), ProcessIdentity.current(), null, new LifeSign(true, ""));
    }

    private static JobStatus done(double seconds) {
        return new JobStatus.Done(1, NOW.minusMillis(Math.round(1000 * seconds)), NOW, Map.of(), null);
    }

    private Forecast forecast(int places, RunEvent... events) throws IOException {
        return forecastWithMore(0, places, events);
    }

    private Forecast forecastWithMore(int more, int places, RunEvent... events) throws IOException {
        try (RunJournal journal = run.openJournal()) {
            journal.add(new RunEvent(
                    NOW,
                    jobs.getFirst().name(),
                    "READY",
                    OptionalInt.empty(),
                    "",
                    List.of(new RunLimit(RunLimit.HERE, 1, places)),
                    "",
                    Optional.empty()));
            for (RunEvent event : events) {
                journal.add(event);
            }
        }
        run.describe(Map.of("process", ProcessIdentity.current().toJson()));
        RunView view =
                new RunView(run, Map.of("process", ProcessIdentity.current().toJson()), submissions);
        JobsView all = new JobsView(jobs, List.of(view), new TreeSet<>(List.of("grid")), List.of());
        return new Forecasts(all, NOW).withMorePlaces(view, RunTurns.of(view), more);
    }

    @Test
    void run_chainIsLongerThanTheRest_isTheChain() throws IOException {
        for (int i = 0; i < 3; i++) {
            job("a.learn", done(100));
            job("a.test", done(10));
        }
        JobView first = job("a.learn", new JobStatus.New());
        JobView second = job("a.learn", new JobStatus.New(), first.name());
        job("a.test", new JobStatus.New(), second.name());
        job("a.test", new JobStatus.New());
        assertThat(forecast(8).left()).contains(Duration.ofSeconds(210));
    }

    @Test
    void run_fewPlaces_isTheSumOverThePlaces() throws IOException {
        for (int i = 0; i < 3; i++) {
            job("a.learn", done(100));
        }
        for (int i = 0; i < 20; i++) {
            job("a.learn", new JobStatus.New());
        }
        Forecast forecast = forecast(4);
        assertThat(forecast.left()).contains(Duration.ofSeconds(500));
        assertThat(forecast.basis())
                .isEqualTo("20 jobs left at 4 places; a.learn by the median of 3 done jobs of 1 min 40 s");
    }

    @Test
    void run_morePlaces_shortenTheSumAndNotTheChain() throws IOException {
        for (int i = 0; i < 3; i++) {
            job("a.learn", done(100));
        }
        JobView first = job("a.learn", new JobStatus.New());
        JobView second = job("a.learn", new JobStatus.New(), first.name());
        job("a.learn", new JobStatus.New(), second.name());
        for (int i = 0; i < 17; i++) {
            job("a.learn", new JobStatus.New());
        }

        assertThat(forecastWithMore(1, 4).left()).contains(Duration.ofSeconds(400));
        assertThat(forecastWithMore(100, 4).left()).contains(Duration.ofSeconds(300));
    }

    @Test
    void run_jobsBehindAFailure_takeNoTime() throws IOException {
        for (int i = 0; i < 3; i++) {
            job("a.learn", done(100));
        }
        JobView failed = job("a.learn", failed(1));
        JobView skipped = job("a.learn", new JobStatus.New(), failed.name());
        job("a.test", new JobStatus.New(), skipped.name()); // a type without a done job, which is skipped too
        job("a.learn", new JobStatus.New());
        assertThat(forecast(1, event(failed, "RUNNING", 1), event(failed, "FAILED", 1))
                        .left())
                .contains(Duration.ofSeconds(100));
        assertThat(forecast(1, event(failed, "RUNNING", 1)).left()).contains(Duration.ofSeconds(100));
    }

    @Test
    void run_failureOfAnEarlierRun_isTriedAgainWithWhatFollows() throws IOException {
        for (int i = 0; i < 3; i++) {
            job("a.learn", done(100));
        }
        JobView failed = job("a.learn", failed(1));
        job("a.learn", new JobStatus.New(), failed.name());
        assertThat(forecast(1).left()).contains(Duration.ofSeconds(200));
        assertThat(forecast(1, event(failed, "RUNNING", 0)).left()).contains(Duration.ofSeconds(200));
    }

    @Test
    void run_jobThatIsTriedAgain_countsOnce() throws IOException {
        for (int i = 0; i < 3; i++) {
            job("a.learn", done(100));
        }
        JobView failed = job("a.learn", failed(1));
        JobView next = job("a.learn", new JobStatus.New(), failed.name());
        submissions.add(new RunSubmission("grid", run.name(), failed.name(), Map.of("k1", 2), List.of()));
        Forecast forecast = forecast(
                1,
                event(failed, "FAILED", 1),
                event(next, "SKIPPED", 0),
                event(failed, "WAITING", 0),
                event(next, "WAITING", 0));
        assertThat(forecast.left()).contains(Duration.ofSeconds(200));
        assertThat(forecast.basis())
                .isEqualTo("2 jobs left at 1 place; a.learn by the median of 3 done jobs of 1 min 40 s");
    }

    @Test
    void run_retryThatRuns_takesTheRestOfItsOwnAttempt() throws IOException {
        for (int i = 0; i < 3; i++) {
            job("a.learn", new JobStatus.Done(2, NOW.minusSeconds(100), NOW, Map.of(), null));
        }
        JobView again = job("a.learn", running(2, 30));
        assertThat(forecast(1, event(again, "RUNNING", 1), event(again, "FAILED", 1), event(again, "RUNNING", 2))
                        .left())
                .contains(Duration.ofSeconds(70));
    }

    @Test
    void run_ownDoneJobs_countMoreThanThoseOfOtherRuns() throws IOException {
        for (int i = 0; i < 5; i++) {
            elsewhere("a.learn", done(1000));
            elsewhere("a.test", done(10));
        }
        for (int i = 0; i < 4; i++) {
            job("a.learn", done(i < 2 ? 90 : 110));
        }
        job("a.learn", new JobStatus.New());
        job("a.test", new JobStatus.New());
        Forecast forecast = forecast(1);
        assertThat(forecast.left()).contains(Duration.ofSeconds(110)); // 100, between the two in the middle, and 10
        assertThat(forecast.basis())
                .isEqualTo("2 jobs left at 1 place; a.learn by the median of 4 done jobs of 1 min 30 s to 1 min 50 s,"
                        + " a.test by the median of 5 done jobs of 10 s");
    }

    @Test
    void run_fewerThanThreeDone_isWithheldWithTheType() throws IOException {
        job("a.learn", done(100));
        job("a.learn", done(100));
        job("a.learn", new JobStatus.New());
        Forecast forecast = forecast(1);
        assertThat(forecast.left()).isEmpty();
        assertThat(forecast.basis()).isEqualTo("fewer than 3 jobs of a.learn are done");
    }

    /**
     * Jobs of varying time, started as places free: the forecast is near the end of the simulation. A fourth of them has
     * failed before, and is tried again.
     */
    @Test
    void run_simulated_isNearTheTruth() throws IOException {
        Random random = new Random(7);
        List<RunEvent> events = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            job("a.learn", done(100 * (0.7 + 0.6 * random.nextDouble())));
        }
        double[] times = new double[200];
        for (int i = 0; i < times.length; i++) {
            times[i] = 100 * (0.7 + 0.6 * random.nextDouble());
            JobView job = job("a.learn", i % 4 == 0 ? failed(1) : new JobStatus.New());
            if (i % 4 == 0) {
                events.add(event(job, "FAILED", 1));
                events.add(event(job, "READY", 0));
            }
        }
        PriorityQueue<Double> places = new PriorityQueue<>(List.of(0.0, 0.0, 0.0, 0.0, 0.0));
        Arrays.stream(times).forEach(time -> places.add(places.remove() + time));
        double end = places.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        double seconds = forecast(5, events.toArray(RunEvent[]::new))
                        .left()
                        .orElseThrow()
                        .toMillis()
                / 1000.0;
        assertThat(seconds).isBetween(0.9 * end, 1.1 * end);
    }
}
