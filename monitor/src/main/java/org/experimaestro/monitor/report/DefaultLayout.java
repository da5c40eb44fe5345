package org.experimaestro.monitor.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.experimaestro.JobReport;

/**
 * The layout of a table, completed where a user has named no part of it. Each tag in which the jobs differ has a place,
 * because the jobs of one cell must be replicates. Immutable.
 *
 * @param rows the tags of the rows; empty if the jobs have no tag
 * @param columns the tags of the columns
 * @param metrics the metrics; empty if no job has one
 * @param over the tags that tell replicates apart
 */
public record DefaultLayout(List<String> rows, List<String> columns, List<String> metrics, List<String> over) {
    private static final int MOST_METRICS = 3;

    /** Copies the lists. */
    public DefaultLayout {
        rows = List.copyOf(rows);
        columns = List.copyOf(columns);
        metrics = List.copyOf(metrics);
        over = List.copyOf(over);
    }

    /**
     * The parts that a user has named; an empty list means none, and an empty optional leaves the choice to the default.
     *
     * @param rows the tags of the rows
     * @param columns the tags of the columns
     * @param metrics the metrics
     * @param over the tags that tell replicates apart
     */
    public record Named(
            Optional<List<String>> rows,
            Optional<List<String>> columns,
            Optional<List<String>> metrics,
            Optional<List<String>> over) {
        /** The parts of a user who names none. */
        public static final Named NONE =
                new Named(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * Completes a layout. Means are over the tags that are named like replicates; the tag with the fewest values makes the
     * columns, and the others the rows, the one with the most values first. A tag whose value follows from the others has no
     * place: it would only repeat them.
     *
     * @param jobs the jobs of the table
     * @param named the named parts
     * @return the layout
     */
    public static DefaultLayout of(Collection<? extends JobReport> jobs, Named named) {
        List<String> metrics =
                named.metrics().filter(given -> !given.isEmpty()).orElseGet(() -> MetricNames.main(jobs, MOST_METRICS));
        List<JobReport> measured = measured(jobs, metrics);
        Map<String, Set<Optional<Object>>> differing = TagNames.differing(measured);
        List<String> others = new ArrayList<>(differing.keySet());
        others.sort(Comparator.comparingInt(
                (String tag) -> -differing.getOrDefault(tag, Set.of()).size()));
        List<String> placed = new ArrayList<>();
        named.rows().ifPresent(placed::addAll);
        named.columns().ifPresent(placed::addAll);
        others.removeAll(placed);
        List<String> over = named.over().orElseGet(() -> TagNames.replicates(others));
        others.removeAll(over);
        List<String> left = new ArrayList<>(TagNames.distinguishing(measured, placed, others));
        List<String> columns =
                named.columns().orElseGet(() -> columns(left, named.rows().isPresent()));
        left.removeAll(columns);
        List<String> rows = named.rows().orElseGet(() -> left.isEmpty() ? anyTag(jobs, columns, over) : left);
        return new DefaultLayout(rows, columns, metrics, over);
    }

    /** Returns the jobs of the types that have one of the metrics; all jobs if none has. */
    private static List<JobReport> measured(Collection<? extends JobReport> jobs, List<String> metrics) {
        Set<String> types = jobs.stream()
                .filter(job -> metrics.stream().anyMatch(job.metrics()::containsKey))
                .map(JobReport::type)
                .collect(Collectors.toSet());
        return jobs.stream()
                .filter(job -> types.isEmpty() || types.contains(job.type()))
                .map(JobReport.class::cast)
                .toList();
    }

    /** Returns the column tag of those that are left, which needs another one for the rows. */
    private static List<String> columns(List<String> left, boolean hasRows) {
        return left.size() > (hasRows ? 0 : 1) ? List.of(left.getLast()) : List.of();
    }

    /** Returns a tag in which the jobs do not differ, as a table has rows. */
    private static List<String> anyTag(Collection<? extends JobReport> jobs, List<String> columns, List<String> over) {
        return jobs.stream()
                .flatMap(job -> job.tags().keySet().stream())
                .filter(tag -> !columns.contains(tag) && !over.contains(tag))
                .sorted()
                .limit(1)
                .toList();
    }
}
