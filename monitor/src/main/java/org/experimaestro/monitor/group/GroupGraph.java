package org.experimaestro.monitor.group;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.experimaestro.monitor.view.JobRow;
import org.experimaestro.monitor.view.RunSubmission;

/**
 * The dependencies between groups of jobs. Immutable.
 *
 * @param nodes the groups without groups in them
 * @param edges the dependencies between them, each pair of groups once
 */
public record GroupGraph(List<JobGroup> nodes, List<Edge> edges) {
    /** Copies the lists. */
    public GroupGraph {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }

    /**
     * The dependencies of the jobs of one group on those of another one, or of the same one.
     *
     * @param from the key of the group whose results are used
     * @param to the key of the group that uses them
     * @param count the number of pairs of jobs
     */
    public record Edge(String from, String to, int count) {}

    /**
     * Makes the graph of groups. Dependencies on jobs outside of the groups are left out.
     *
     * @param groups the groups
     * @return the graph
     */
    public static GroupGraph of(JobGroups groups) {
        List<JobGroup> leaves =
                groups.groups().stream().filter(JobGroup::isLeaf).toList();
        Map<String, Set<String>> keysOf = new HashMap<>();
        for (JobGroup leaf : leaves) {
            leaf.rows()
                    .forEach(row -> keysOf.computeIfAbsent(row.job().name(), name -> new TreeSet<>())
                            .add(leaf.key()));
        }
        Map<List<String>, Integer> counts = new LinkedHashMap<>();
        for (JobGroup leaf : leaves) {
            for (JobRow row : leaf.rows()) {
                for (String dependency : dependencies(row)) {
                    for (String from : keysOf.getOrDefault(dependency, Set.of())) {
                        counts.merge(List.of(from, leaf.key()), 1, Integer::sum);
                    }
                }
            }
        }
        List<Edge> edges = new ArrayList<>();
        counts.forEach((pair, count) -> edges.add(new Edge(pair.getFirst(), pair.getLast(), count)));
        return new GroupGraph(leaves, edges);
    }

    /** Returns the dependencies of a row in the latest run that it is of. */
    private static List<String> dependencies(JobRow row) {
        List<RunSubmission> submissions = row.job().submissions();
        for (int i = submissions.size() - 1; i >= 0; i--) {
            RunSubmission submission = submissions.get(i);
            if (submission.tags().equals(row.tags()) && row.runs().contains(submission.qualifiedRun())) {
                return submission.dependencies();
            }
        }
        return List.of();
    }
}
