package org.experimaestro.web.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.experimaestro.base.text.TagValue;
import org.experimaestro.monitor.filter.Filter;
import org.experimaestro.monitor.filter.JobField;
import org.experimaestro.monitor.filter.RowValues;
import org.experimaestro.monitor.group.JobGroup;
import org.experimaestro.monitor.view.JobRow;
import org.jspecify.annotations.Nullable;

/** Filters of the jobs that a mark of a figure stands for. */
final class CellFilters {
    private static final String TYPE = JobField.TYPE.text();

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

    /**
     * Returns the filter of a group of rows.
     *
     * @param filter the filter of all groups
     * @param by the names by which rows are grouped, the outer one first
     * @param group the group
     * @param values the values of rows
     */
    static Filter of(Filter filter, List<String> by, JobGroup group, RowValues values) {
        Filter all = filter;
        JobRow first = group.rows().getFirst();
        for (String name : by.subList(0, group.depth() + 1)) {
            if (name.equals(TYPE)) {
                Set<String> types = new TreeSet<>();
                group.rows().forEach(row -> types.add(row.job().folder().typeId()));
                all = all.and(ofTypes(types));
            } else {
                Object value = values.find(name).map(of -> of.apply(first)).orElse(null);
                all = all.and(ofValue(name, value == null ? null : TagValue.show(value)));
            }
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
