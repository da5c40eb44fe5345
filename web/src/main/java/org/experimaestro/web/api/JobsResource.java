package org.experimaestro.web.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.monitor.filter.Filter;
import org.experimaestro.monitor.filter.RowValues;
import org.experimaestro.monitor.group.JobGroup;
import org.experimaestro.monitor.group.JobGroups;
import org.experimaestro.monitor.group.RowColumns;
import org.experimaestro.monitor.view.JobRow;
import org.experimaestro.web.http.Query;

/**
 * The groups of the selected jobs. A job that was submitted with several sets of tags is a row for each of them, and all
 * numbers are those of rows.
 */
final class JobsResource implements Resource {
    /**
     * The answer.
     *
     * @param filter the filter as it was understood
     * @param selected the number of selected rows
     * @param total the number of rows without the filter
     * @param counts the numbers of selected rows by state
     * @param allCounts the same without the filter's tests of the state
     * @param by the names by which the rows are grouped; none if the question has {@code by=}
     * @param coarser the reason why a grouping that was asked for is not shown
     * @param columns the tags that differ, then the metrics, of the selected rows
     * @param metrics those of the columns that are metrics
     * @param moreColumns the number of columns that are left out
     * @param groups the groups, each before those in it
     * @param advice sentences about what would select something, if nothing is selected
     * @param command the command that lists the same jobs
     */
    record Answer(
            String filter,
            int selected,
            int total,
            Map<CountedState, Integer> counts,
            Map<CountedState, Integer> allCounts,
            List<String> by,
            Optional<String> coarser,
            List<String> columns,
            List<String> metrics,
            int moreColumns,
            List<GroupLine> groups,
            List<String> advice,
            String command) {}

    /**
     * A group of rows.
     *
     * @param key the group's name in addresses
     * @param parent the key of the group around it
     * @param depth the number of groups around it
     * @param label its value
     * @param isMissing whether its rows have no value
     * @param filter selects its rows
     * @param counts the numbers of its rows by state
     * @param size the number of its rows
     * @param isLeaf whether it has no groups in it
     * @param fixed the tags that all its rows share
     * @param ranges the least and the greatest value of each metric that a row has: no mean, because the rows may differ in
     *     more than a replicate
     */
    record GroupLine(
            String key,
            Optional<String> parent,
            int depth,
            String label,
            boolean isMissing,
            String filter,
            Map<CountedState, Integer> counts,
            int size,
            boolean isLeaf,
            Map<String, Object> fixed,
            Map<String, List<Double>> ranges) {
        static GroupLine of(JobGroup group, Filter filter, Set<String> skipped, RowColumns columns) {
            return new GroupLine(
                    group.key(),
                    group.parent(),
                    group.depth(),
                    group.label(),
                    group.isMissing(),
                    filter.toString(),
                    SelectedRows.count(group.rows(), skipped),
                    group.rows().size(),
                    group.isLeaf(),
                    group.sharedTags(),
                    columns.ranges(group.rows()));
        }
    }

    @Override
    public Answer answer(Monitored monitored, Map<String, String> path, Query query) {
        Selection selection = Selection.of(monitored, query);
        List<String> sort = query.list("sort");
        Set<String> skipped = monitored.skipped(selection.view(), selection.run());
        SelectedRows selected = SelectedRows.of(monitored, selection, selection.filter(), sort, query.list("by"));
        List<JobRow> inAllStates = SelectedRows.of(
                        monitored, selection, selection.filter().withoutStates(), List.of())
                .rows();
        int total = SelectedRows.of(monitored, selection, Filter.ALL, List.of())
                .rows()
                .size();
        JobGroups groups = selected.groups(query.findList("by"));
        RowColumns columns = selected.columns();
        RowValues values = new RowValues(selection.view(), selection.now());
        return new Answer(
                selection.filter().toString(),
                selected.rows().size(),
                total,
                SelectedRows.count(selected.rows(), skipped),
                SelectedRows.count(inAllStates, skipped),
                groups.by(),
                groups.coarser(),
                columns.shown().stream().map(RowColumns.Column::name).toList(),
                columns.shown().stream()
                        .filter(RowColumns.Column::isMetric)
                        .map(RowColumns.Column::name)
                        .toList(),
                columns.more(),
                groups.groups().stream()
                        .map(group -> GroupLine.of(
                                group,
                                CellFilters.of(selection.filter(), groups.by(), group, values),
                                skipped,
                                columns))
                        .toList(),
                selected.rows().isEmpty() && total > 0 ? advice(monitored, selection) : List.of(),
                command(monitored, selection, sort));
    }

    private static String command(Monitored monitored, Selection selection, List<String> sort) {
        ShownCommand command = new ShownCommand(monitored, "jobs", "list");
        if (!sort.isEmpty()) {
            command.add("--sort=" + String.join(",", sort)); // as one word, because a name may begin with a minus sign
        }
        return command.add(selection).toString();
    }

    private static List<String> advice(Monitored monitored, Selection selection) {
        List<String> advice = new ArrayList<>();
        for (Filter.Relaxed relaxed : selection.filter().relaxed()) {
            int rows = SelectedRows.of(monitored, selection, relaxed.rest(), List.of())
                    .rows()
                    .size();
            if (rows > 0) {
                advice.add("Without " + relaxed.dropped() + " there " + (rows == 1 ? "is 1" : "are " + rows));
            }
        }
        advice.addAll(selection.filter().advice(selection.view()));
        return advice;
    }
}
