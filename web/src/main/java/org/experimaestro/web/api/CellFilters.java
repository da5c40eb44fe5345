package org.experimaestro.web.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.experimaestro.base.text.TagValue;
import org.experimaestro.monitor.filter.Filter;
import org.jspecify.annotations.Nullable;

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
        Filter all = types.size() == 1 ? filter.and(ofTypes(types)) : filter;
        all = all.and(Filter.ofTags(values));
        for (String name : absent) {
            all = all.and(ofValue("tag." + name, null));
        }
        return all;
    }

    /** Returns the filter of the types of tasks. */
    static Filter ofTypes(Set<String> types) {
        return Filter.parse("type="
                + String.join(",", types.stream().map(CellFilters::quoted).toList()));
    }

    /** Returns the filter of a value of a name of filters; {@code null} for jobs without the value. */
    static Filter ofValue(String name, @Nullable String value) {
        return value == null
                ? Filter.parse(quoted(name) + "=..").not()
                : Filter.parse(quoted(name) + "=" + quoted(value));
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
