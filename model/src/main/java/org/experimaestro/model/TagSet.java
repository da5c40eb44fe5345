package org.experimaestro.model;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.experimaestro.base.text.TagValue;

/** A set of tags by name, each with the configuration that set it, and the conflicts among them. Immutable. */
public final class TagSet {
    /** No tags. */
    public static final TagSet EMPTY = new TagSet(new TreeMap<>(), new TreeMap<>());

    /**
     * A tag.
     *
     * @param value in the form of {@link TagValue}
     * @param source the type id of the configuration that it was given to
     */
    public record Tag(Object value, String source) {
        @Override
        public String toString() {
            return TagValue.show(value) + " by " + source;
        }
    }

    private final SortedMap<String, Tag> tags;
    private final SortedMap<String, String> conflicts;

    private TagSet(SortedMap<String, Tag> tags, SortedMap<String, String> conflicts) {
        this.tags = tags;
        this.conflicts = conflicts;
    }

    /**
     * Returns the values by name.
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
     * Returns the tags that two configurations set to different values, so that one value was lost.
     *
     * @return for each name a phrase with an example, the first conflict found; unmodifiable
     */
    public SortedMap<String, String> conflicts() {
        return conflicts;
    }

    /** Returns these tags and others, which override them. */
    TagSet plus(TagSet others) {
        if (others == this || others.tags.isEmpty()) {
            return this;
        }
        return tags.isEmpty() ? others : merged(others.tags, others.conflicts);
    }

    /** Returns these tags and those of a configuration itself, which override them. */
    TagSet plusOwn(SortedMap<String, Object> own, String source) {
        if (own.isEmpty()) {
            return this;
        }
        SortedMap<String, Tag> sourced = new TreeMap<>();
        for (Map.Entry<String, Object> tag : own.entrySet()) {
            sourced.put(tag.getKey(), new Tag(tag.getValue(), source));
        }
        return merged(sourced, new TreeMap<>());
    }

    private TagSet merged(SortedMap<String, Tag> others, SortedMap<String, String> otherConflicts) {
        SortedMap<String, Tag> all = new TreeMap<>(tags);
        SortedMap<String, String> lost = new TreeMap<>(otherConflicts);
        lost.putAll(conflicts);
        for (Map.Entry<String, Tag> other : others.entrySet()) {
            String name = other.getKey();
            Tag tag = other.getValue();
            Tag before = all.put(name, tag);
            if (before != null && !lost.containsKey(name) && !TagValue.isSame(before.value(), tag.value())) {
                lost.put(name, "tag " + name + " is " + before + ", and " + tag + ": the latter is kept");
            }
        }
        return new TagSet(Collections.unmodifiableSortedMap(all), Collections.unmodifiableSortedMap(lost));
    }
}
