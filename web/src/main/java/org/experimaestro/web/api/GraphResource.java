package org.experimaestro.web.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.base.text.TagValue;
import org.experimaestro.monitor.filter.Filter;
import org.experimaestro.monitor.filter.JobField;
import org.experimaestro.monitor.filter.RowValues;
import org.experimaestro.monitor.group.GroupGraph;
import org.experimaestro.monitor.group.JobGroup;
import org.experimaestro.monitor.group.JobGroups;
import org.experimaestro.monitor.group.RowOrder;
import org.experimaestro.monitor.storage.JobLineage;
import org.experimaestro.monitor.storage.JobUses;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.web.http.Query;

/** The dependencies between groups of the selected jobs, or between the jobs around one. */
final class GraphResource implements Resource {
    /** The most groups: more cannot be drawn so that a person reads them. */
    private static final int MOST_NODES = 60;

    /** The steps from a job to the farthest inputs and users. */
    private static final int STEPS = 2;

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
     * A group, or a job.
     *
     * @param key its key in the edges; the name of a job
     * @param label its values for people
     * @param counts the numbers of its jobs by state
     * @param size the number of its jobs
     * @param filter selects its jobs
     */
    record Node(String key, String label, Map<CountedState, Integer> counts, int size, String filter) {}

    @Override
    public Answer answer(Monitored monitored, Map<String, String> path, Query query) {
        Selection selection = Selection.of(monitored, query);
        Set<String> skipped = monitored.skipped(selection.view(), selection.run());
        Optional<String> around = query.find("around");
        if (around.isPresent()) {
            return around(monitored, selection.view(), around.get(), skipped);
        }
        SelectedRows selected = SelectedRows.of(monitored, selection, selection.filter(), List.of(), query.list("by"));
        List<String> names = query.list("by");
        RowValues values = new RowValues(selection.view(), selection.now());
        JobGroups groups = names.isEmpty()
                ? selected.groups(Optional.empty())
                : JobGroups.of(selected.rows(), names, values, RowOrder.of(List.of(), values), MOST_NODES);
        GroupGraph graph = GroupGraph.of(groups);
        Map<String, String> labels = labels(groups);
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

    private static Answer around(Monitored monitored, JobsView view, String name, Set<String> skipped) {
        if (view.find(name).isEmpty()) {
            throw HttpProblem.notFound("There is no job \"" + name + "\" in this workspace");
        }
        JobUses uses = monitored.uses(view);
        JobLineage lineage = JobLineage.of(uses, name, STEPS, MOST_NODES);
        List<Node> nodes = new ArrayList<>();
        List<GroupGraph.Edge> edges = new ArrayList<>();
        Set<String> shown = new HashSet<>(lineage.jobs());
        for (String each : lineage.jobs()) {
            nodes.add(node(view, each, skipped));
            uses.usedBy(each).stream()
                    .filter(shown::contains)
                    .forEach(used -> edges.add(new GroupGraph.Edge(used, each, 1)));
        }
        Optional<String> coarser = lineage.more() == 0
                ? Optional.empty()
                : Optional.of("The nearest " + MOST_NODES + " jobs; " + lineage.more() + " more are not drawn");
        return new Answer(List.of(), coarser, nodes, edges);
    }

    private static Node node(JobsView view, String name, Set<String> skipped) {
        JobLink link = JobLink.of(view, name);
        StringBuilder label = new StringBuilder(name.substring(0, name.lastIndexOf('/')));
        link.tags()
                .forEach((tag, value) -> label.append(' ')
                        .append(tag)
                        .append('=')
                        .append(value instanceof String text ? text : TagValue.show(value)));
        CountedState state = view.find(name)
                .map(job -> CountedState.of(job, skipped))
                .orElseGet(() -> CountedState.of(link.state()));
        return new Node(
                name,
                label.toString(),
                Map.of(state, 1),
                1,
                Filter.ofValues(JobField.ID, List.of(name.substring(name.lastIndexOf('/') + 1)))
                        .toString());
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
