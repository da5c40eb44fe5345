package org.experimaestro.monitor.group;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.experimaestro.WorkspaceException;
import org.experimaestro.monitor.filter.JobField;
import org.experimaestro.monitor.filter.RowValues;
import org.experimaestro.monitor.view.JobRow;
import org.jspecify.annotations.Nullable;

/**
 * Rows in nested groups. Immutable.
 *
 * @param by the names by which the rows are grouped, the outer one first
 * @param coarser the reason why rows are not grouped as it was asked for; empty if they are
 * @param groups the groups, each before those in it, in the order of their values
 */
public record JobGroups(List<String> by, Optional<String> coarser, List<JobGroup> groups) {
    /** The most groups of a grouping that nobody has asked for. */
    public static final int MOST_CHOSEN = 40;

    /** The most groups. */
    public static final int MOST = 200;

    private static final String TYPE = JobField.TYPE.text();

    /** Copies the lists. */
    public JobGroups {
        by = List.copyOf(by);
        groups = List.copyOf(groups);
    }

    /**
     * Groups rows by names.
     *
     * @param rows the rows
     * @param names names of filters, the outer one first; none for no groups
     * @param values the values of rows
     * @param order the order of the rows, whose directions are those of the groups, too
     * @return the groups; if there would be more than {@link #MOST}, those of fewer names, or of types
     * @throws WorkspaceException if no job has a name; the message has the near name
     */
    public static JobGroups of(List<JobRow> rows, List<String> names, RowValues values, RowOrder order) {
        return of(rows, names, values, order, MOST);
    }

    /**
     * Groups rows by names, in few groups.
     *
     * @param rows the rows
     * @param names names of filters, the outer one first; none for no groups
     * @param values the values of rows
     * @param order the order of the rows, whose directions are those of the groups, too
     * @param most the largest number of groups
     * @return the groups; if there would be more, those of fewer names, or of types
     * @throws WorkspaceException if no job has a name; the message has the near name
     */
    public static JobGroups of(List<JobRow> rows, List<String> names, RowValues values, RowOrder order, int most) {
        if (names.isEmpty()) {
            return new JobGroups(List.of(), Optional.empty(), List.of());
        }
        List<Function<JobRow, @Nullable Object>> all = names.stream()
                .map(name -> RowOrder.required("group", name, values))
                .toList();
        String reason = null;
        for (int count = names.size(); count > 0; count--) {
            List<String> by = names.subList(0, count);
            if (by.equals(List.of(TYPE))) {
                break; // the least types of very many become one group
            }
            GroupTree tree = new GroupTree(by, all.subList(0, count), order);
            Optional<List<JobGroup>> groups = tree.find(rows, most);
            if (groups.isPresent()) {
                return new JobGroups(by, Optional.ofNullable(reason), groups.get());
            }
            reason = reason == null
                    ? "Grouped by " + String.join(", ", names) + " there are more than " + most + " groups"
                    : reason;
        }
        return new JobGroups(List.of(TYPE), Optional.ofNullable(reason), types(rows, most, values, order));
    }

    /**
     * Groups rows by their types and by the tag that splits them best: of the tags that the most rows have, the one with
     * the most values.
     *
     * @param rows the rows
     * @param values the values of rows
     * @param order the order of the rows, whose directions are those of the groups, too
     * @return at most {@link #MOST_CHOSEN} groups; without a tag if each has too many values, or only one
     */
    public static JobGroups choose(List<JobRow> rows, RowValues values, RowOrder order) {
        Optional<String> tag = findTag(rows);
        if (tag.isPresent()) {
            String name = RowValues.nameOfTag(tag.get());
            Function<JobRow, @Nullable Object> ofTag = row -> row.tags().get(tag.get());
            List<String> by = List.of(TYPE, name);
            Optional<List<JobGroup>> groups =
                    new GroupTree(by, List.of(values.of(JobField.TYPE), ofTag), order).find(rows, MOST_CHOSEN);
            if (groups.isPresent()) {
                return new JobGroups(by, Optional.empty(), groups.get());
            }
        }
        return new JobGroups(List.of(TYPE), Optional.empty(), types(rows, MOST_CHOSEN, values, order));
    }

    private static List<JobGroup> types(List<JobRow> rows, int most, RowValues values, RowOrder order) {
        return new GroupTree(List.of(TYPE), List.of(values.of(JobField.TYPE)), order).largest(rows, most, "types");
    }

    /** A tag with what is known of its values. */
    private record Split(String tag, int rows, int groups) {
        boolean isBetterThan(@Nullable Split other) {
            return other == null || rows > other.rows || rows == other.rows && groups > other.groups;
        }
    }

    private static Optional<String> findTag(List<JobRow> rows) {
        Set<String> types = new HashSet<>();
        Set<String> tags = new TreeSet<>();
        Map<String, Object> last = Map.of();
        for (JobRow row : rows) {
            types.add(row.job().folder().typeId());
            if (!row.tags().keySet().equals(last.keySet())) {
                last = row.tags();
                tags.addAll(last.keySet());
            }
        }
        Split best = null;
        for (String tag : tags) {
            Split split = split(rows, tag, MOST_CHOSEN - types.size());
            if (split.groups() > types.size() && split.isBetterThan(best)) {
                best = split;
            }
        }
        return best == null ? Optional.empty() : Optional.of(best.tag());
    }

    /** Returns what a tag splits rows into; no groups if there are more than some. */
    private static Split split(List<JobRow> rows, String tag, int most) {
        Set<List<Object>> groups = new HashSet<>();
        int having = 0;
        for (JobRow row : rows) {
            Object value = row.tags().get(tag);
            having += value == null ? 0 : 1;
            groups.add(List.of(row.job().folder().typeId(), value == null ? GroupTree.NONE : value));
            if (groups.size() > most) {
                return new Split(tag, having, 0);
            }
        }
        return new Split(tag, having, groups.size());
    }

    /**
     * Finds a group.
     *
     * @param key the group's key
     * @return empty if there is none of this key
     */
    public Optional<JobGroup> find(String key) {
        return groups.stream().filter(group -> group.key().equals(key)).findFirst();
    }
}
