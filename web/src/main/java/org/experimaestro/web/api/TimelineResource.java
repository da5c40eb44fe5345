package org.experimaestro.web.api;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.experimaestro.monitor.forecast.Forecast;
import org.experimaestro.monitor.forecast.Forecasts;
import org.experimaestro.monitor.reason.RunTurns;
import org.experimaestro.monitor.timeline.CriticalPath;
import org.experimaestro.monitor.timeline.JobSpan;
import org.experimaestro.monitor.timeline.QueueCounts;
import org.experimaestro.monitor.timeline.RunSpans;
import org.experimaestro.monitor.timeline.TimeLane;
import org.experimaestro.monitor.view.JobRow;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.RunSubmission;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.web.http.Query;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.RunState;

/** The waits and turns of the selected jobs: of a run, all of them by its journal, otherwise the last attempt of each job. */
final class TimelineResource implements Resource {
    /** The most bars. Shorter ones are merged until there are no more. */
    private static final int MOST_BARS = 5_000;

    /** The part of the whole time that the shortest bar takes, if bars are merged: less than a pixel of a wide screen. */
    private static final int PARTS = 4_000;

    /** The further places of which a forecast tells what they would bring. */
    private static final int MORE_PLACES = 2;

    /** The label of a lane of turns whose place no file says. */
    static final String UNKNOWN = "not known";

    /** The places that have a lane. */
    enum LaneKind {
        /** A lane for each host. */
        HOST,
        /** A lane for each type of task. */
        TYPE,
        /** A lane for each launcher. */
        LAUNCHER,
        /** A lane for each experiment. */
        EXPERIMENT
    }

    /**
     * The answer.
     *
     * @param from the begin of the first wait or turn; empty without a turn
     * @param to the last time that the turns have
     * @param lanes the lanes, sorted by label
     * @param queue the changes of the numbers of jobs that wait and that run
     * @param critical the chain of jobs that the end followed from
     * @param forecast the end of a run that goes on
     */
    record Answer(
            Optional<Instant> from,
            Optional<Instant> to,
            List<LaneLine> lanes,
            List<QueueCounts> queue,
            List<Step> critical,
            Optional<End> forecast) {}

    /**
     * A lane.
     *
     * @param label the host, type, launcher or experiment
     * @param bars its bars, in the order of their start
     */
    record LaneLine(String label, List<Bar> bars) {}

    /**
     * A turn of a job.
     *
     * @param job the job, with the state at the end of the turn
     * @param queued the time since which it waited
     * @param from the start
     * @param to the end
     * @param row the number of its row in the lane, from 0
     * @param merged the numbers of turns by the state at their ends, if the bar stands for several
     */
    record Bar(
            JobLink job,
            Optional<Instant> queued,
            Instant from,
            Optional<Instant> to,
            int row,
            Optional<Map<CountedState, Integer>> merged) {}

    /**
     * A part of the critical chain.
     *
     * @param job the job, with the state at the end of the turn
     * @param from its start
     * @param to its end
     */
    record Step(JobLink job, Instant from, Instant to) {}

    /**
     * The forecast of an end.
     *
     * @param until the end
     * @param more the number of further places of which {@code untilWithMore} tells
     * @param untilWithMore the earliest end with so many further places
     */
    record End(Instant until, int more, Instant untilWithMore) {}

    @Override
    public Answer answer(Monitored monitored, Map<String, String> path, Query query) {
        Selection selection = Selection.of(monitored, query);
        LaneKind kind = query.find("lanes").map(TimelineResource::kind).orElse(LaneKind.HOST);
        Map<String, JobRow> rows = new LinkedHashMap<>();
        SelectedRows.of(monitored, selection, selection.filter(), List.of())
                .rows()
                .forEach(row -> rows.putIfAbsent(row.job().name(), row));
        RunSpans.Turns turns = turns(monitored, selection, rows);
        List<JobSpan> critical = CriticalPath.of(turns.spans(), job -> dependencies(selection, row(rows, job)));
        List<QueueCounts> queue = QueueCounts.of(turns);
        return new Answer(
                queue.isEmpty()
                        ? Optional.empty()
                        : Optional.of(queue.getFirst().at()),
                queue.isEmpty() ? Optional.empty() : Optional.of(last(turns, queue)),
                lanes(monitored.turnFiles(), selection, rows, turns, kind),
                queue,
                critical.stream()
                        .map(span -> new Step(
                                link(selection, rows, span),
                                span.from(),
                                span.end().orElse(span.from())))
                        .toList(),
                selection.run().flatMap(run -> forecast(monitored, selection, run)));
    }

    private static LaneKind kind(String word) {
        return Arrays.stream(LaneKind.values())
                .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> HttpProblem.badRequest("Cannot read the parameter lanes: found \"" + word
                        + "\", expected host, type, launcher or experiment"));
    }

    private static Instant last(RunSpans.Turns turns, List<QueueCounts> queue) {
        return turns.spans().stream()
                .flatMap(span -> span.end().stream())
                .max(Comparator.naturalOrder())
                .filter(end -> end.isAfter(queue.getLast().at()))
                .orElse(queue.getLast().at());
    }

    private static RunSpans.Turns turns(Monitored monitored, Selection selection, Map<String, JobRow> rows) {
        if (selection.run().isPresent()) {
            RunState state = selection.run().get().state();
            boolean isOver = state == RunState.ENDED || state == RunState.DIED;
            RunSpans.Turns all = monitored.spans(selection.run().get().folder()).read();
            if (!all.spans().isEmpty()) {
                Map<String, Instant> waiting = new HashMap<>(all.waiting());
                waiting.keySet().retainAll(rows.keySet());
                return new RunSpans.Turns(
                        all.spans().stream()
                                .filter(span -> rows.containsKey(span.job()))
                                .map(span -> isOver
                                        ? monitored
                                                .turnFiles()
                                                .ended(
                                                        span,
                                                        row(rows, span.job()).job(),
                                                        selection.now())
                                        : span)
                                .toList(),
                        waiting);
            }
        }
        return lastAttempts(rows);
    }

    /** Returns the turns of the last attempts, without the waits before them, which their files do not have. */
    private static RunSpans.Turns lastAttempts(Map<String, JobRow> rows) {
        List<JobSpan> spans = new ArrayList<>();
        Map<String, Instant> waiting = new HashMap<>();
        rows.forEach((name, row) -> {
            JobView job = row.job();
            job.started().ifPresent(from -> {
                if (job.status() instanceof JobStatus.Queued) {
                    waiting.put(name, from);
                } else {
                    int attempt = job.status().lastAttempt().orElse(0);
                    spans.add(new JobSpan(name, attempt, null, from, job.ended().orElse(null), job.lastState()));
                }
            });
        });
        return new RunSpans.Turns(spans, waiting);
    }

    private static List<String> dependencies(Selection selection, JobRow row) {
        List<RunSubmission> submissions = row.job().submissions();
        Optional<String> run = selection.runName();
        return submissions.stream()
                .filter(submission -> run.isEmpty() || run.get().equals(submission.qualifiedRun()))
                .reduce((earlier, later) -> later)
                .map(RunSubmission::dependencies)
                .orElse(List.of());
    }

    private static List<LaneLine> lanes(
            TurnFiles files, Selection selection, Map<String, JobRow> rows, RunSpans.Turns turns, LaneKind kind) {
        Map<String, List<JobSpan>> byLane = new TreeMap<>();
        for (JobSpan span : turns.spans()) {
            byLane.computeIfAbsent(
                            label(files, span, row(rows, span.job()), kind, selection.now()), lane -> new ArrayList<>())
                    .add(span);
        }
        Map<String, TimeLane> lanes = new TreeMap<>();
        byLane.forEach((label, spans) -> lanes.put(label, TimeLane.of(spans)));
        merge(lanes, turns.spans());
        List<LaneLine> lines = new ArrayList<>();
        lanes.forEach((label, lane) -> lines.add(new LaneLine(
                label,
                lane.bars().stream().map(bar -> bar(selection, rows, bar)).toList())));
        return lines;
    }

    private static String label(TurnFiles files, JobSpan span, JobRow row, LaneKind kind, Instant now) {
        return switch (kind) {
            case HOST -> files.host(span, row.job(), now).orElse(UNKNOWN);
            case TYPE -> row.job().folder().typeId();
            case LAUNCHER -> files.launcher(span, row.job(), now);
            case EXPERIMENT -> row.experiments().isEmpty() ? UNKNOWN : String.join(", ", row.experiments());
        };
    }

    /** Merges short bars until there are few enough; the shortest visible bar gets twice as long each time. */
    private static void merge(Map<String, TimeLane> lanes, List<JobSpan> spans) {
        if (spans.size() <= MOST_BARS) {
            return;
        }
        Instant first =
                spans.stream().map(JobSpan::from).min(Comparator.naturalOrder()).orElseThrow();
        Instant last = spans.stream()
                .map(span -> span.end().orElse(span.from()))
                .max(Comparator.naturalOrder())
                .orElseThrow();
        Duration all = Duration.between(first, last);
        Map<String, TimeLane> whole = new TreeMap<>(lanes);
        Duration least = all.dividedBy(PARTS).plusMillis(1);
        while (least.compareTo(all) <= 0) {
            Duration shortest = least;
            lanes.replaceAll((label, lane) -> whole.getOrDefault(label, lane).merged(shortest));
            if (lanes.values().stream().mapToInt(lane -> lane.bars().size()).sum() <= MOST_BARS) {
                return;
            }
            least = least.multipliedBy(2);
        }
    }

    private static Bar bar(Selection selection, Map<String, JobRow> rows, TimeLane.Bar bar) {
        JobSpan first = bar.spans().getFirst();
        boolean isOne = bar.spans().size() == 1;
        return new Bar(
                link(selection, rows, first),
                isOne ? first.queued() : Optional.empty(),
                first.from(),
                bar.spans().getLast().end(),
                bar.row(),
                isOne ? Optional.empty() : Optional.of(states(rows, bar)));
    }

    private static Map<CountedState, Integer> states(Map<String, JobRow> rows, TimeLane.Bar bar) {
        List<CountedState> states = new ArrayList<>();
        for (JobSpan span : bar.spans()) {
            states.add(CountedState.of(state(span, row(rows, span.job()))));
        }
        return CountedState.count(states);
    }

    /** Returns the row of a job with a span: the spans are those of the rows. */
    private static JobRow row(Map<String, JobRow> rows, String job) {
        return Objects.requireNonNull(rows.get(job));
    }

    private static JobLink link(Selection selection, Map<String, JobRow> rows, JobSpan span) {
        JobRow row = row(rows, span.job());
        return JobLink.of(selection.view(), row.job(), row.tags()).in(state(span, row));
    }

    private static JobState state(JobSpan span, JobRow row) {
        return Optional.ofNullable(span.state()).orElse(row.job().state());
    }

    /** Returns the forecast in whole minutes, so that an answer stays the same while the forecast does. */
    private static Optional<End> forecast(Monitored monitored, Selection selection, RunView run) {
        Forecasts forecasts = new Forecasts(selection.view(), selection.now());
        RunTurns turns = monitored.turns(run);
        Forecast more = forecasts.withMorePlaces(run, turns, MORE_PLACES);
        return forecasts
                .run(run, turns)
                .left()
                .map(left -> new End(
                        end(selection, left),
                        MORE_PLACES,
                        end(selection, more.left().orElse(left))));
    }

    private static Instant end(Selection selection, Duration left) {
        return selection.now().plus(left).plusSeconds(30).truncatedTo(ChronoUnit.MINUTES);
    }
}
