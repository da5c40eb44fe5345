package org.experimaestro.web.api;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.experimaestro.WorkspaceException;
import org.experimaestro.monitor.log.MetricPoint;
import org.experimaestro.monitor.log.MetricTail;
import org.experimaestro.monitor.view.JobRow;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.web.http.Query;
import org.experimaestro.workspace.JobStatus;

/**
 * A metric of the selected jobs over their time or their steps. Only the events of the jobs that have a line are read, and
 * of these only what was added since they were read.
 */
final class HistoryResource implements Resource {
    private static final System.Logger LOGGER = System.getLogger(HistoryResource.class.getName());
    /** The most lines of a chart. */
    private static final int MOST_LINES = 50;

    private static final double MILLIS = 1000;

    /** The measure of the horizontal axis. */
    enum Axis {
        /** The steps that the tasks gave. */
        STEP,
        /** The seconds since the start of each job. */
        SECONDS
    }

    /**
     * The answer.
     *
     * @param metric the metric; empty if no job has one
     * @param metrics the metrics to choose from
     * @param lines the lines of the jobs that run, and then of those that were started last
     * @param lineTotal the number of jobs that have or may have the metric
     * @param x the measure of the axis
     */
    record Answer(String metric, List<String> metrics, List<Line> lines, int lineTotal, Axis x) {}

    /**
     * A line.
     *
     * @param job its job
     * @param points pairs of the measure of the axis and the value
     * @param isReduced whether points are left out
     */
    record Line(JobLink job, List<List<Number>> points, boolean isReduced) {}

    /** A job with its metrics. */
    private record Measured(JobRow row, MetricTail tail) {}

    /** A job with the values of the metric that is shown. */
    private record Chosen(JobRow row, MetricTail.Values values) {}

    @Override
    public Answer answer(Monitored monitored, Map<String, String> path, Query query) {
        Selection selection = Selection.of(monitored, query);
        List<JobRow> started = SelectedRows.of(monitored, selection, selection.filter(), List.of()).rows().stream()
                .filter(row -> row.job().status().lastAttempt().isPresent())
                .sorted(Comparator.comparing((JobRow row) -> !(row.job().status() instanceof JobStatus.Running))
                        .thenComparing(row -> row.job().started().orElse(Instant.EPOCH), Comparator.reverseOrder()))
                .toList();
        LinkedHashSet<String> metrics = new LinkedHashSet<>();
        started.forEach(row -> metrics.addAll(row.job().metrics().keySet()));
        List<Measured> running = read(
                monitored,
                started.stream()
                        .filter(row -> isUnknown(row.job()))
                        .limit(MOST_LINES)
                        .toList());
        running.forEach(each -> metrics.addAll(each.tail().metrics()));
        String metric = query.find("metric").orElse(metrics.isEmpty() ? "" : metrics.getFirst());
        List<JobRow> candidates = started.stream()
                .filter(row -> isUnknown(row.job()) || row.job().metrics().containsKey(metric))
                .toList();
        List<Chosen> chosen = new ArrayList<>();
        for (Measured each :
                read(monitored, candidates.stream().limit(MOST_LINES).toList())) {
            each.tail().find(metric).ifPresent(values -> chosen.add(new Chosen(each.row(), values)));
        }
        int without = Math.min(MOST_LINES, candidates.size()) - chosen.size();
        Axis axis = axis(query, chosen);
        return new Answer(
                metric,
                List.copyOf(metrics),
                chosen.stream().map(each -> line(selection, each, axis)).toList(),
                candidates.size() - without,
                axis);
    }

    /** Returns whether only the events of a job say which metrics it has. */
    private static boolean isUnknown(JobView job) {
        return job.status().findDone().isEmpty();
    }

    private static List<Measured> read(Monitored monitored, List<JobRow> rows) {
        List<Measured> read = new ArrayList<>();
        for (JobRow row : rows) {
            OptionalInt attempt = row.job().status().lastAttempt();
            if (attempt.isPresent()) {
                try {
                    Path events = row.job().folder().events(attempt.getAsInt());
                    read.add(new Measured(row, monitored.metricTails().read(events)));
                } catch (WorkspaceException unreadable) {
                    LOGGER.log(
                            System.Logger.Level.DEBUG,
                            "A chart leaves out a job whose events cannot be read",
                            unreadable);
                }
            }
        }
        return read;
    }

    private static Axis axis(Query query, List<Chosen> chosen) {
        boolean hasSteps = chosen.stream().allMatch(each -> each.values().hasSteps());
        boolean wantsTime = query.find("x")
                .filter(Axis.SECONDS.name().toLowerCase(Locale.ROOT)::equals)
                .isPresent();
        return hasSteps && !chosen.isEmpty() && !wantsTime ? Axis.STEP : Axis.SECONDS;
    }

    private static Line line(Selection selection, Chosen chosen, Axis axis) {
        MetricTail.Values values = chosen.values();
        JobView job = chosen.row().job();
        Instant start = job.started().orElse(Instant.EPOCH);
        return new Line(
                JobLink.of(selection.view(), job, chosen.row().tags()),
                values.points().stream()
                        .map(point -> List.<Number>of(x(point, start, axis), point.value()))
                        .toList(),
                values.isReduced());
    }

    private static Number x(MetricPoint point, Instant start, Axis axis) {
        return axis == Axis.STEP && point.step().isPresent()
                ? (Number) point.step().getAsLong()
                : (Number) (Duration.between(start, point.time()).toMillis() / MILLIS);
    }
}
