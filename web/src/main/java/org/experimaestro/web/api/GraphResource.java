package org.experimaestro.web.api;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.monitor.filter.RowValues;
import org.experimaestro.monitor.group.GroupGraph;
import org.experimaestro.monitor.group.JobGroup;
import org.experimaestro.monitor.group.JobGroups;
import org.experimaestro.monitor.group.RowOrder;
import org.experimaestro.web.http.Query;

/** The dependencies between groups of the selected jobs. */
final class GraphResource implements Resource {
    /** The most groups: more cannot be drawn so that a person reads them. */
    private static final int MOST_NODES = 60;

    private static final String TYPE = "type";

    /**
     * The answer.
     *
     * @param by the names by which the jobs are grouped
     * @param coarser the reason why a finer grouping is not shown
     * @param nodes the groups
     * @param edges the dependencies, from the group whose results are used
     */
    record Answer(List<String> by, Optional<String> coarser, List<Node> nodes, List<GroupGraph.Edge> edges) {}

    /**
     * A group.
     *
     * @param key its key in the edges
     * @param label its values for people
     * @param counts the numbers of its jobs by state
     * @param size the number of its jobs
     * @param filter selects its jobs
     */
    record Node(String key, String label, Map<CountedState, Integer> counts, int size, String filter) {}

    @Override
    public Answer answer(Monitored monitored, Map<String, String> path, Query query) {
        Selection selection = Selection.of(monitored, query);
        SelectedRows selected = SelectedRows.of(monitored, selection, selection.filter(), List.of());
        List<String> names = query.list("by");
        RowValues values = new RowValues(selection.view(), selection.now());
        JobGroups groups = names.isEmpty()
                ? selected.groups(Optional.empty())
                : JobGroups.of(selected.rows(), names, values, RowOrder.of(List.of(), values), MOST_NODES);
        GroupGraph graph = GroupGraph.of(groups);
        Map<String, String> labels = labels(groups);
        Set<String> skipped = monitored.skipped(selection.view(), selection.run());
        List<Node> nodes = graph.nodes().stream()
                .map(group -> new Node(
                        group.key(),
                        labels.getOrDefault(group.key(), group.label()),
                        SelectedRows.count(group.rows(), skipped),
                        group.rows().size(),
                        CellFilters.of(selection.filter(), groups.by(), group, values)
                                .toString()))
                .toList();
        return new Answer(groups.by(), groups.coarser(), nodes, graph.edges());
    }

    /** Returns the label of each group, with those of the groups around it, such as {@code ir.search k1=1.5}. */
    private static Map<String, String> labels(JobGroups groups) {
        Map<String, String> labels = new HashMap<>();
        for (JobGroup group : groups.groups()) {
            String name = groups.by().get(group.depth());
            String own = name.equals(TYPE) || group.isMissing() ? group.label() : name + "=" + group.label();
            String outer = group.parent().map(labels::get).orElse("");
            labels.put(group.key(), outer.isEmpty() ? own : outer + " " + own);
        }
        return labels;
    }
}
