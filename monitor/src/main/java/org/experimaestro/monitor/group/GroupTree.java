package org.experimaestro.monitor.group;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.experimaestro.base.text.TagValue;
import org.experimaestro.monitor.view.JobRow;
import org.jspecify.annotations.Nullable;

/** A builder of nested groups by the values of some names. */
final class GroupTree {
    /** The part of a key for rows without a value. No value is written so, because its sign is escaped. */
    static final String NONE = "!";
    /** The part of a key for the rows of all small groups. */
    private static final String OTHERS = "*";

    private static final String PLAIN = "-._~";

    private final List<String> names;
    private final List<Function<JobRow, @Nullable Object>> values;
    private final RowOrder order;

    GroupTree(List<String> names, List<Function<JobRow, @Nullable Object>> values, RowOrder order) {
        this.names = names;
        this.values = values;
        this.order = order;
    }

    /** Rows with an equal value. Values that look alike are equal, because a key is a text. */
    private record Part(@Nullable Object value, List<JobRow> rows) {}

    /** Returns the groups; empty if there are more than some. */
    Optional<List<JobGroup>> find(List<JobRow> rows, int most) {
        List<JobGroup> groups = new ArrayList<>();
        return add(rows, null, 0, most, groups) ? Optional.of(groups) : Optional.empty();
    }

    private boolean add(List<JobRow> rows, @Nullable String parent, int depth, int most, List<JobGroup> groups) {
        List<Part> parts = parts(rows, depth, most - groups.size());
        if (parts.isEmpty()) {
            return rows.isEmpty();
        }
        for (Part part : parts) {
            String text = part.value() == null ? NONE : escaped(text(part.value()));
            boolean isLeaf = depth == names.size() - 1;
            JobGroup group = group(parent, text, depth, label(part.value(), depth), isLeaf, part.rows());
            groups.add(group);
            if (groups.size() > most || !isLeaf && !add(part.rows(), group.key(), depth + 1, most, groups)) {
                return false;
            }
        }
        return true;
    }

    private static JobGroup group(
            @Nullable String parent, String text, int depth, String label, boolean isLeaf, List<JobRow> rows) {
        return new JobGroup(
                parent == null ? text : parent + "," + text, Optional.ofNullable(parent), depth, label, isLeaf, rows);
    }

    /** Returns the rows by their values at a depth, in the order of the values; none if there are more than some. */
    private List<Part> parts(List<JobRow> rows, int depth, int most) {
        Map<String, Part> parts = new HashMap<>();
        for (JobRow row : rows) {
            Object value = values.get(depth).apply(row);
            String key = value == null ? "" : "=" + text(value);
            Part part = parts.get(key);
            if (part == null) {
                if (parts.size() >= most) {
                    return List.of();
                }
                part = new Part(value, new ArrayList<>());
                parts.put(key, part);
            }
            part.rows().add(row);
        }
        boolean isDescending = order.findDirection(names.get(depth)).orElse(false);
        return parts.values().stream()
                .sorted(Comparator.comparing(Part::value, ValueOrder.of(isDescending)))
                .toList();
    }

    private String label(@Nullable Object value, int depth) {
        return value == null ? "no " + names.get(depth) : text(value);
    }

    private static String text(Object value) {
        return value instanceof String text ? text : TagValue.show(value);
    }

    /** Returns the largest groups of the first name, and one of all others, if there are more than some. */
    List<JobGroup> largest(List<JobRow> rows, int most, String plural) {
        List<Part> parts = parts(rows, 0, Integer.MAX_VALUE);
        Set<Part> kept = Collections.newSetFromMap(new IdentityHashMap<>());
        parts.stream()
                .sorted(Comparator.comparingInt((Part part) -> part.rows().size())
                        .reversed())
                .limit(parts.size() <= most ? most : most - 1L)
                .forEach(kept::add);
        List<JobGroup> groups = new ArrayList<>();
        List<JobRow> others = new ArrayList<>();
        for (Part part : parts) {
            if (kept.contains(part)) {
                String key = part.value() == null ? NONE : escaped(text(part.value()));
                groups.add(group(null, key, 0, label(part.value(), 0), true, part.rows()));
            } else {
                others.addAll(part.rows());
            }
        }
        if (!others.isEmpty()) {
            String label = (parts.size() - kept.size()) + " other " + plural;
            groups.add(group(null, OTHERS, 0, label, true, others));
        }
        return groups;
    }

    /** Returns a text in which all but letters, digits and few signs are percent-encoded. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (byte unit : text.getBytes(StandardCharsets.UTF_8)) {
            char sign = (char) (unit & 0xff);
            boolean isPlain = sign < 0x80 && (Character.isLetterOrDigit(sign) || PLAIN.indexOf(sign) >= 0);
            escaped.append(isPlain ? String.valueOf(sign) : String.format("%%%02X", (int) sign));
        }
        return escaped.toString();
    }
}
