package org.experimaestro.monitor.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.experimaestro.JobReport;
import org.experimaestro.Outcome;
import org.experimaestro.base.text.TagValue;

/**
 * A line of a chart: a metric of the jobs that have the same value of some tags, against another tag. Immutable.
 *
 * @param label the tags of the line with their values, such as {@code k1=1.5 b=0.4}; {@code no b} where a tag is absent
 * @param points a point for each value of the tag of the axis that has a value, in order
 */
public record PointSeries(String label, List<Point> points) {
    /** Copies the list. */
    public PointSeries {
        points = List.copyOf(points);
    }

    /**
     * The jobs of a line that have the same value of the tag of the axis.
     *
     * @param x the value of the tag
     * @param mean the mean of the metric; empty if the jobs differ in more than replicates, whose mean would hide that
     * @param low the least value
     * @param high the greatest value
     * @param n the number of values
     * @param expected the largest number of jobs, done or not, that a point of the chart has
     */
    public record Point(Object x, OptionalDouble mean, double low, double high, int n, int expected) {}

    /**
     * Makes the lines of a chart.
     *
     * @param jobs the jobs; those of types without the metric are left out, and those without the tag of the axis
     * @param metric the metric
     * @param x the tag of the axis
     * @param by the tags of the lines
     * @param over the tags that tell replicates apart
     * @return the lines, in the order of the jobs
     */
    public static List<PointSeries> of(
            Collection<? extends JobReport> jobs, String metric, String x, List<String> by, List<String> over) {
        Set<String> types = MetricNames.types(jobs, metric);
        Map<String, Map<Object, List<JobReport>>> lines = new LinkedHashMap<>();
        int expected = 0;
        for (JobReport job : jobs) {
            Object value = job.tags().get(x);
            if (value != null && types.contains(job.type())) {
                List<JobReport> group = lines.computeIfAbsent(label(job, by), label -> new LinkedHashMap<>())
                        .computeIfAbsent(key(value), first -> new ArrayList<>());
                group.add(job);
                expected = Math.max(expected, group.size());
            }
        }
        List<PointSeries> series = new ArrayList<>();
        for (Map.Entry<String, Map<Object, List<JobReport>>> line : lines.entrySet()) {
            List<Point> points = new ArrayList<>();
            for (List<JobReport> group : line.getValue().values()) {
                point(group, metric, x, over, expected).ifPresent(points::add);
            }
            if (!points.isEmpty()) {
                series.add(new PointSeries(line.getKey(), sorted(points)));
            }
        }
        return series;
    }

    private static String label(JobReport job, List<String> by) {
        return by.stream()
                .map(tag -> Optional.ofNullable(job.tags().get(tag))
                        .map(value -> tag + "=" + TagValue.show(value))
                        .orElse("no " + tag))
                .collect(Collectors.joining(" "));
    }

    /** Returns equal keys for equal numbers, whatever their types. */
    private static Object key(Object value) {
        return value instanceof Number number ? number.doubleValue() : value;
    }

    private static Optional<Point> point(
            List<JobReport> group, String metric, String x, List<String> over, int expected) {
        double[] values = group.stream()
                .filter(job -> job.outcome() == Outcome.DONE)
                .map(job -> job.metrics().get(metric))
                .filter(value -> value != null && Double.isFinite(value))
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        if (values.length == 0) {
            return Optional.empty();
        }
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return Optional.of(new Point(
                group.getFirst().tags().getOrDefault(x, ""),
                areReplicates(group, over) ? OptionalDouble.of(sum / values.length) : OptionalDouble.empty(),
                values[0],
                values[values.length - 1],
                values.length,
                expected));
    }

    /** Returns whether jobs are of one type and differ in the tags of replicates alone. */
    private static boolean areReplicates(List<JobReport> group, List<String> over) {
        Set<Object> settings = new HashSet<>();
        for (JobReport job : group) {
            Map<String, Object> tags = new LinkedHashMap<>(job.tags());
            tags.keySet().removeAll(over);
            settings.add(List.of(job.type(), tags));
        }
        return settings.size() == 1;
    }

    private static List<Point> sorted(List<Point> points) {
        if (points.stream().allMatch(point -> point.x() instanceof Number)) {
            points.sort(Comparator.comparingDouble(point -> ((Number) point.x()).doubleValue()));
        }
        return points;
    }
}
