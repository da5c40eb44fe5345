package org.experimaestro.monitor.group;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.experimaestro.monitor.filter.RowValues;
import org.experimaestro.monitor.view.JobRow;
import org.jspecify.annotations.Nullable;

/**
 * The columns that tell rows apart: the tags whose values differ, then the metrics. Immutable.
 *
 * @param shown the columns
 * @param more the number of further ones
 */
public record RowColumns(List<Column> shown, int more) {
    /** The most columns. */
    public static final int MOST = 40;

    /**
     * A column.
     *
     * @param name its name in filters
     * @param isMetric whether it is a metric, and no tag
     * @param value returns the value of a row; {@code null} if it has none
     */
    public record Column(String name, boolean isMetric, Function<JobRow, @Nullable Object> value) {}

    /** The values of a tag that were seen: the first, and the number of rows with it. */
    private static final class Seen {
        private final Object first;
        private int rows;
        private boolean differs;

        Seen(Object first) {
            this.first = first;
        }
    }

    /**
     * Returns the extremes of the metrics among the columns.
     *
     * @param rows some of the rows
     * @return for each metric of which a row has a finite value, the least and the greatest one
     */
    public Map<String, List<Double>> ranges(List<JobRow> rows) {
        Map<String, List<Double>> ranges = new LinkedHashMap<>();
        for (Column column : shown) {
            if (column.isMetric()) {
                DoubleSummaryStatistics values = rows.stream()
                        .map(column.value())
                        .filter(value -> value instanceof Double number && Double.isFinite(number))
                        .collect(Collectors.summarizingDouble(value -> (Double) value));
                if (values.getCount() > 0) {
                    ranges.put(column.name(), List.of(values.getMin(), values.getMax()));
                }
            }
        }
        return ranges;
    }

    /** Copies the list. */
    public RowColumns {
        shown = List.copyOf(shown);
    }

    /**
     * Finds the columns of rows.
     *
     * @param rows the rows
     * @return the tags with different values, sorted, then the metrics in the order of their first appearance
     */
    public static RowColumns of(List<JobRow> rows) {
        Map<String, Seen> tags = new HashMap<>();
        Set<String> metrics = new LinkedHashSet<>();
        Set<Set<String>> known = new HashSet<>();
        for (JobRow row : rows) {
            row.tags().forEach((name, value) -> {
                Seen seen = tags.computeIfAbsent(name, first -> new Seen(value));
                seen.rows++;
                seen.differs = seen.differs || !seen.first.equals(value);
            });
            Set<String> names = RowValues.metrics(row.job()).keySet();
            if (known.add(names)) {
                metrics.addAll(names);
            }
        }
        List<Column> columns = new ArrayList<>();
        new TreeMap<>(tags).forEach((name, seen) -> {
            if (seen.differs || seen.rows < rows.size()) {
                columns.add(new Column(
                        RowValues.nameOfTag(name), false, row -> row.tags().get(name)));
            }
        });
        metrics.forEach(name -> columns.add(new Column(
                RowValues.nameOfMetric(name, tags.keySet()),
                true,
                row -> RowValues.metrics(row.job()).get(name))));
        int shown = Math.min(MOST, columns.size());
        return new RowColumns(columns.subList(0, shown), columns.size() - shown);
    }
}
