package org.experimaestro.monitor.filter;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.experimaestro.monitor.view.JobRow;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.jspecify.annotations.Nullable;

/**
 * The values of rows by the names of filters, for listings that have tags, metrics and parameters as columns. Immutable.
 */
public final class RowValues {
    private final KnownNames names;
    private final Instant now;

    /**
     * Creates the values.
     *
     * @param view all jobs
     * @param now the time from which ages are counted
     */
    public RowValues(JobsView view, Instant now) {
        this.names = new KnownNames(view, "", false);
        this.now = now;
    }

    /**
     * Returns the values of a field.
     *
     * @param field the field
     * @return a function that returns a text, a number or a duration; {@code null} for rows without a value
     */
    public Function<JobRow, @Nullable Object> of(JobField field) {
        return row -> field.value(FilteredRow.of(row, now));
    }

    /**
     * Finds the values of a name.
     *
     * @param name a name of filters, such as {@code layers}, {@code metric.loss} or {@code param.optimizer.lr}
     * @return a function that returns {@code null} for rows without a value; empty if no job has the name
     */
    public Optional<Function<JobRow, @Nullable Object>> find(String name) {
        try {
            Function<FilteredRow, @Nullable Object> values = names.values(FilterName.parse(name));
            return Optional.of(row -> values.apply(FilteredRow.of(row, now)));
        } catch (UnknownName unknown) {
            return Optional.empty();
        }
    }

    /**
     * Returns whether a name is that of a metric.
     *
     * @param name a name of filters
     * @return false if a job has a tag of this name, which comes first
     */
    public boolean isMetric(String name) {
        return names.isMetric(FilterName.parse(name));
    }

    /**
     * Returns the names of tags, metrics and parameters that jobs have.
     *
     * @return the names, tags first
     */
    public List<String> names() {
        return names.all();
    }

    /**
     * Returns the name of a run's tag in filters and in lists of columns.
     *
     * @param tag the tag
     * @return {@code run.tag.TAG}
     */
    public static String nameOfRunTag(String tag) {
        return FilterName.runTag(tag).toString();
    }

    /**
     * Returns the name by which filters know a tag.
     *
     * @param tag the tag
     * @return the tag, with a prefix if a field has its name
     */
    public static String nameOfTag(String tag) {
        return JobField.find(tag).isEmpty() ? tag : FilterName.tag(tag).toString();
    }

    /**
     * Returns the name by which filters know a metric.
     *
     * @param metric the metric
     * @param tags the names of tags
     * @return the metric, with a prefix if a field or a tag has its name
     */
    public static String nameOfMetric(String metric, Set<String> tags) {
        return JobField.find(metric).isEmpty() && !tags.contains(metric)
                ? metric
                : new FilterName(FilterName.Scope.METRIC, metric).toString();
    }

    /**
     * Returns the metrics of a job by which filters select it.
     *
     * @param job the job
     * @return the values of its last attempt, also if it is not done
     */
    public static Map<String, Double> metrics(JobView job) {
        return KnownNames.metrics(job);
    }
}
