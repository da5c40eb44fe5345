package org.experimaestro.web.api;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.WorkspaceException;
import org.experimaestro.monitor.filter.Filter;
import org.experimaestro.monitor.filter.RowValues;
import org.experimaestro.monitor.group.JobGroup;
import org.experimaestro.monitor.group.JobGroups;
import org.experimaestro.monitor.group.RowColumns;
import org.experimaestro.monitor.group.RowOrder;
import org.experimaestro.monitor.view.JobRow;
import org.experimaestro.monitor.view.JobsView;
import org.jspecify.annotations.Nullable;

/** The rows of a selection in their order, with their groups and columns. Thread-safe. */
final class SelectedRows {
    private final JobsView view;
    private final List<JobRow> rows;
    private final RowValues values;
    private final RowOrder order;
    private final PerView<Optional<List<String>>, JobGroups> groups = new PerView<>(4);
    private @Nullable RowColumns columns;

    private SelectedRows(JobsView view, List<JobRow> rows, RowValues values, RowOrder order) {
        this.view = view;
        this.rows = rows;
        this.values = values;
        this.order = order;
    }

    /**
     * The question that selects rows.
     *
     * @param run the run, as experiment and name; empty for all runs
     * @param filter the filter
     * @param sort the names by which rows are sorted
     * @param second the second of the question, for a selection that depends on the time; else 0
     */
    record Question(String run, Filter filter, List<String> sort, long second) {}

    /**
     * Selects and sorts rows, or returns those of an equal question about the same view.
     *
     * @param monitored the workspace
     * @param selection the view, the run and the time of the question
     * @param filter the filter
     * @param sort the names by which rows are sorted, as the option {@code --sort} has them
     * @return the rows
     */
    static SelectedRows of(Monitored monitored, Selection selection, Filter filter, List<String> sort) {
        return of(monitored, selection, filter, sort, List.of());
    }

    /** Selects and sorts rows that are to be grouped by some names. */
    static SelectedRows of(
            Monitored monitored, Selection selection, Filter filter, List<String> sort, List<String> by) {
        boolean isVolatile = filter.isVolatile()
                || by.stream().anyMatch(Filter::isVolatile)
                || sort.stream().anyMatch(name -> Filter.isVolatile(name.startsWith("-") ? name.substring(1) : name));
        Question question = new Question(
                selection.runName().orElse(""),
                filter,
                List.copyOf(sort),
                isVolatile ? selection.now().getEpochSecond() : 0);
        return monitored.selected().get(selection.view(), question, () -> select(selection, filter, sort));
    }

    private static SelectedRows select(Selection selection, Filter filter, List<String> sort) {
        RowValues values = new RowValues(selection.view(), selection.now());
        RowOrder order = RowOrder.of(sort, values);
        return new SelectedRows(selection.view(), order.sorted(selection.rows(filter)), values, order);
    }

    /** Returns the rows in their order. */
    List<JobRow> rows() {
        return rows;
    }

    /**
     * Returns the rows in groups.
     *
     * @param by the names by which they are grouped, none for no groups; empty to have them chosen
     * @return the groups
     * @throws WorkspaceException if no job has a name
     */
    JobGroups groups(Optional<List<String>> by) {
        return groups.get(
                view,
                by,
                () -> by.map(names -> JobGroups.of(rows, names, values, order))
                        .orElseGet(() -> JobGroups.choose(rows, values, order)));
    }

    /**
     * Returns a row of each job, at its first place in the groups. So a walk from job to job comes to an end, also where a
     * job has several sets of tags.
     *
     * @param by the names by which the rows are grouped, none for no groups
     * @return the rows in the order of the groups
     * @throws WorkspaceException if no job has a name
     */
    List<JobRow> jobs(List<String> by) {
        List<JobRow> grouped = by.isEmpty()
                ? rows
                : groups(Optional.of(by)).groups().stream()
                        .filter(JobGroup::isLeaf)
                        .flatMap(group -> group.rows().stream())
                        .toList();
        Map<String, JobRow> jobs = new LinkedHashMap<>();
        grouped.forEach(row -> jobs.putIfAbsent(row.job().name(), row));
        return List.copyOf(jobs.values());
    }

    /** Returns the columns that tell the rows apart. */
    synchronized RowColumns columns() {
        RowColumns known = columns;
        if (known == null) {
            known = RowColumns.of(rows);
            columns = known;
        }
        return known;
    }

    /**
     * Counts rows by their states.
     *
     * @param rows some rows
     * @param skipped the names of the jobs that their run does not start
     * @return the numbers that are not 0, in the order of bars
     */
    static Map<CountedState, Integer> count(List<JobRow> rows, Set<String> skipped) {
        Map<CountedState, Integer> named = new EnumMap<>(CountedState.class);
        rows.forEach(row -> named.merge(CountedState.of(row.job(), skipped), 1, Integer::sum));
        return named;
    }
}
