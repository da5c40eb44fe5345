package org.experimaestro.tui.wire;

import java.util.List;
import java.util.Map;

/**
 * The answer about selected jobs.
 *
 * @param filter the filter as it was understood
 * @param selected the number of selected jobs
 * @param total the number of jobs without the filter
 * @param counts the numbers of the selected jobs by their state
 * @param allCounts the same without the filter's tests of the state
 * @param by the names that the jobs are grouped by
 * @param columns tags that differ, then metrics
 * @param metrics the columns that are metrics
 * @param groups the groups, in order
 * @param advice what would select something, when nothing is selected
 * @param command a command that prints the same
 */
public record WireJobs(
        String filter,
        int selected,
        int total,
        Map<String, Integer> counts,
        Map<String, Integer> allCounts,
        List<String> by,
        List<String> columns,
        List<String> metrics,
        List<Group> groups,
        List<String> advice,
        String command) {
    /**
     * A group.
     *
     * @param key its name in questions
     * @param parent the key of the group that it is in; empty at the top
     * @param depth the number of groups that it is in
     * @param label the value that its jobs share
     * @param filter the filter that selects its jobs
     * @param counts the numbers of its jobs by their state
     * @param size the number of its jobs
     * @param isLeaf whether its rows are jobs
     */
    public record Group(
            String key,
            String parent,
            int depth,
            String label,
            String filter,
            Map<String, Integer> counts,
            int size,
            boolean isLeaf) {}
}
