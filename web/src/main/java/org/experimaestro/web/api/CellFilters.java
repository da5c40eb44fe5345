package org.experimaestro.web.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.experimaestro.base.text.TagValue;
import org.experimaestro.monitor.filter.Filter;

/** Filters of the jobs that a mark of a figure stands for. */
final class CellFilters {
    private CellFilters() {}

    /**
     * Returns the filter of jobs with some tags.
     *
     * @param filter the filter of the whole figure
     * @param names the names of tags
     * @param tags their values; a tag that is absent is one that the jobs do not have
     * @param types the types of the jobs
     */
    static Filter of(Filter filter, List<String> names, Map<String, Object> tags, Set<String> types) {
        Map<String, String> values = new LinkedHashMap<>();
        List<String> absent = new ArrayList<>();
        for (String name : names) {
            Object value = tags.get(name);
            if (value == null) {
                absent.add(name);
            } else {
                values.put(name, TagValue.show(value));
            }
        }
        Filter all = filter;
        for (String type : types.size() == 1 ? types : Set.<String>of()) {
            all = all.and(ofType(type));
        }
        all = all.and(Filter.ofTags(values));
        for (String name : new TreeSet<>(absent)) {
            all = all.and(Filter.parse(quoted("tag." + name) + "=..").not());
        }
        return all;
    }

    /** Returns the filter of a task's type. */
    static Filter ofType(String type) {
        return Filter.parse("type=" + quoted(type));
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
