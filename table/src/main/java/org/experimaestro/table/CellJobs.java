package org.experimaestro.table;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.apache.commons.statistics.descriptive.Mean;
import org.experimaestro.JobReport;
import org.experimaestro.Outcome;
import org.experimaestro.PaperTable;
import org.experimaestro.TableLayout;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of one cell, each of which is a replicate. Immutable.
 *
 * @param row the tags of the cell's row
 * @param column the tags of the cell's column
 * @param metric the metric
 * @param replicates the jobs by the values of the replicate tags, in the order of submission
 */
record CellJobs(
        Map<String, Object> row,
        Map<String, Object> column,
        TableLayout.Metric metric,
        Map<Map<String, Object>, JobReport> replicates) {

    /** Returns the values of a metric by replicate, of the jobs that are done and have it. */
    Map<Object, Double> values() {
        Map<Object, Double> values = new LinkedHashMap<>();
        replicates.forEach((replicate, job) -> {
            Double value = value(job);
            if (value != null) {
                values.put(replicate, value);
            }
        });
        return values;
    }

    private @Nullable Double value(JobReport job) {
        return job.outcome() == Outcome.DONE ? job.metrics().get(metric.name()) : null;
    }

    /** Returns the values by unit: means over the jobs with a value. A unit that one of these jobs lacks is left out. */
    Map<Object, Double> unitValues() {
        Map<Object, List<Double>> units = new LinkedHashMap<>();
        int jobs = 0;
        for (JobReport job : replicates.values()) {
            if (value(job) != null) {
                jobs++;
                job.unitMetrics(metric.name())
                        .forEach((unit, value) -> units.computeIfAbsent(unit, name -> new ArrayList<>())
                                .add(value));
            }
        }
        Map<Object, Double> means = new LinkedHashMap<>();
        for (Map.Entry<Object, List<Double>> unit : units.entrySet()) {
            if (unit.getValue().size() == jobs) {
                means.put(unit.getKey(), Mean.of(array(unit.getValue())).getAsDouble());
            }
        }
        return means;
    }

    /** Returns the numbers of the jobs without a value, by state. */
    Map<String, Integer> states() {
        return replicates.values().stream()
                .filter(job -> value(job) == null)
                .collect(Collectors.toMap(
                        job -> job.outcome() == Outcome.DONE ? "no metric" : job.state(),
                        job -> 1,
                        Integer::sum,
                        LinkedHashMap::new));
    }

    /** Returns the cell before cells are compared. */
    TableCell cell(int expected, TableLayout layout) {
        double[] values = array(values().values());
        OptionalDouble value = values.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Estimate.of(metric.statistic(), values));
        Estimate.Interval interval = Estimate.interval(values, metric, layout).orElse(null);
        return new TableCell(
                row,
                column,
                metric,
                value,
                interval == null ? OptionalDouble.empty() : OptionalDouble.of(interval.lower()),
                interval == null ? OptionalDouble.empty() : OptionalDouble.of(interval.upper()),
                values.length,
                expected,
                Collections.unmodifiableMap(states()),
                PaperTable.Mark.NONE,
                PaperTable.Verdict.NONE,
                OptionalDouble.empty(),
                0,
                List.copyOf(replicates.values()));
    }

    static double[] array(Collection<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
