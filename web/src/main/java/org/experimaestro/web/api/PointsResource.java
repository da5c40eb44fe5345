package org.experimaestro.web.api;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.monitor.JobResults;
import org.experimaestro.monitor.report.MetricNames;
import org.experimaestro.monitor.report.PointSeries;
import org.experimaestro.monitor.report.TagNames;
import org.experimaestro.web.http.Query;

/** A metric of the selected jobs of one run, against a tag. */
final class PointsResource implements Resource {
    /** The most lines that the server chooses: more cannot be told apart. */
    private static final int MOST_CHOSEN_LINES = 12;

    /**
     * The answer.
     *
     * @param metric the metric; empty if no job has one
     * @param metrics the metrics to choose from
     * @param x the tag of the axis; empty if the jobs do not differ
     * @param tags the tags to choose from, those whose values are numbers first
     * @param by the tags of the lines
     * @param over the tags that means are over
     * @param isNumeric whether all values of the axis are numbers
     * @param series the lines
     */
    record Answer(
            String metric,
            List<String> metrics,
            String x,
            List<String> tags,
            List<String> by,
            List<String> over,
            boolean isNumeric,
            List<PointSeries> series) {}

    @Override
    public Answer answer(Monitored monitored, Map<String, String> path, Query query) {
        List<JobResults> jobs = RunJobs.of(monitored, query);
        List<String> metrics = List.copyOf(MetricNames.of(jobs).keySet());
        String metric = query.find("metric").orElse(metrics.isEmpty() ? "" : metrics.getFirst());
        Set<String> types = MetricNames.types(jobs, metric);
        Map<String, Set<Optional<Object>>> differing = TagNames.differing(
                jobs.stream().filter(job -> types.contains(job.type())).toList());
        List<String> tags = numericFirst(differing);
        List<String> over = query.findList("over").orElseGet(() -> TagNames.replicates(tags));
        List<String> left = new ArrayList<>(tags);
        left.removeAll(over);
        String x = query.find("x").orElse(left.isEmpty() ? "" : left.getFirst());
        left.remove(x);
        List<String> by = query.findList("by").orElseGet(() -> lines(left, differing));
        List<PointSeries> series =
                metric.isEmpty() || x.isEmpty() ? List.of() : PointSeries.of(jobs, metric, x, by, over);
        return new Answer(metric, metrics, x, tags, by, over, isNumeric(series), series);
    }

    private static boolean isNumeric(Collection<PointSeries> series) {
        return series.stream().flatMap(line -> line.points().stream()).allMatch(point -> point.x() instanceof Number);
    }

    private static List<String> numericFirst(Map<String, Set<Optional<Object>>> differing) {
        List<String> tags = new ArrayList<>(differing.keySet());
        tags.sort(Comparator.comparing((String tag) -> !differing.getOrDefault(tag, Set.of()).stream()
                        .allMatch(value -> value.isEmpty() || value.get() instanceof Number))
                .thenComparingInt(tag -> -differing.getOrDefault(tag, Set.of()).size()));
        return tags;
    }

    /** Returns the tags whose values together make few lines, those with the fewest values first. */
    private static List<String> lines(List<String> left, Map<String, Set<Optional<Object>>> differing) {
        List<String> sorted = new ArrayList<>(left);
        sorted.sort(Comparator.comparingInt(
                tag -> differing.getOrDefault(tag, Set.of()).size()));
        List<String> by = new ArrayList<>();
        int lines = 1;
        for (String tag : sorted) {
            lines *= differing.getOrDefault(tag, Set.of()).size();
            if (lines > MOST_CHOSEN_LINES) {
                break;
            }
            by.add(tag);
        }
        return by;
    }
}
