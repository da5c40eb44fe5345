package org.experimaestro.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Tags by name, each with where it was set; and where one took the place of another. Immutable.
 */
public final class TagSet {
    /** No tags. */
    public static final TagSet EMPTY = new TagSet(new TreeMap<>(), List.of());

    /**
     * A tag.
     *
     * @param value a boolean, a number or a text
     * @param source the type id of the configuration that it was given to
     */
    public record Tag(Object value, String source) {}

    private final SortedMap<String, Tag> tags;
    private final List<String> conflicts;

    private TagSet(SortedMap<String, Tag> tags, List<String> conflicts) {
        this.tags = tags;
        this.conflicts = conflicts;
    }

    /**
     * The values by name.
     *
     * @return sorted by name, unmodifiable
     */
    public SortedMap<String, Object> values() {
        SortedMap<String, Object> values = new TreeMap<>();
        for (Map.Entry<String, Tag> tag : tags.entrySet()) {
            values.put(tag.getKey(), tag.getValue().value());
        }
        return Collections.unmodifiableSortedMap(values);
    }

    /**
     * What was lost because two configurations set one tag to different values.
     *
     * @return a sentence for each
     */
    public List<String> conflicts() {
        return conflicts;
    }

    /** These tags and others, which win. */
    TagSet plus(TagSet others) {
        if (others == this || others.tags.isEmpty()) {
            return this;
        }
        return tags.isEmpty() ? others : merged(others.tags, others.conflicts);
    }

    /** These tags and those of a configuration itself, which win. */
    TagSet plusOwn(SortedMap<String, Object> own, String source) {
        if (own.isEmpty()) {
            return this;
        }
        SortedMap<String, Tag> sourced = new TreeMap<>();
        for (Map.Entry<String, Object> tag : own.entrySet()) {
            sourced.put(tag.getKey(), new Tag(tag.getValue(), source));
        }
        return merged(sourced, List.of());
    }

    private TagSet merged(SortedMap<String, Tag> others, List<String> otherConflicts) {
        SortedMap<String, Tag> all = new TreeMap<>(tags);
        List<String> lost = new ArrayList<>(conflicts);
        for (String conflict : otherConflicts) {
            if (!lost.contains(conflict)) {
                lost.add(conflict);
            }
        }
        for (Map.Entry<String, Tag> other : others.entrySet()) {
            Tag tag = other.getValue();
            Tag before = all.put(other.getKey(), tag);
            if (before != null && !before.value().equals(tag.value())) {
                lost.add("tag " + other.getKey() + " is " + before.value() + " by " + before.source() + ", and "
                        + tag.value() + " by " + tag.source() + ": the latter is kept");
            }
        }
        return new TagSet(Collections.unmodifiableSortedMap(all), List.copyOf(lost));
    }
}
