package org.experimaestro.monitor.group;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.experimaestro.monitor.view.JobRow;

/**
 * Rows with equal values of one name or more. Immutable.
 *
 * @param key the values, in a form that an address can have, joined by commas: it names the group among those of one
 *     grouping
 * @param parent the key of the group that has these rows and others; empty for an outer group
 * @param depth the number of groups around it
 * @param label the last of the values for people
 * @param isLeaf whether there are no groups in it
 * @param rows its rows, in the order of all rows
 */
public record JobGroup(
        String key, Optional<String> parent, int depth, String label, boolean isLeaf, List<JobRow> rows) {

    /**
     * Returns whether its rows have no value of the last name.
     *
     * @return whether the label says that there is no value
     */
    public boolean isMissing() {
        return key.equals(GroupTree.NONE) || key.endsWith("," + GroupTree.NONE);
    }

    /**
     * Returns the tags that all rows share.
     *
     * @return their values by name, sorted
     */
    public Map<String, Object> sharedTags() {
        Map<String, Object> shared = new LinkedHashMap<>(rows.getFirst().tags());
        for (JobRow row : rows) {
            if (shared.isEmpty()) {
                break;
            }
            Map<String, Object> tags = row.tags();
            shared.entrySet().removeIf(tag -> !Objects.equals(tag.getValue(), tags.get(tag.getKey())));
        }
        return shared;
    }
}
