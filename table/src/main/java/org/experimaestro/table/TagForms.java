package org.experimaestro.table;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.JobReport;

/**
 * The forms of tags' values in one table. Equal numbers, such as 7 and 7.0, are one value, in the form that the first job
 * has. Confined to one thread.
 */
final class TagForms {
    private final Map<List<Object>, Object> first = new HashMap<>();

    /** Returns the form of a tag's value. */
    Object of(String tag, Object value) {
        Object exact = value instanceof Number number ? new BigDecimal(number.toString()).stripTrailingZeros() : value;
        return first.computeIfAbsent(List.of(tag, exact), key -> value);
    }

    /** Returns the values of some tags, without those that the job does not have. */
    Map<String, Object> of(JobReport job, List<String> names) {
        Map<String, Object> tags = new LinkedHashMap<>();
        for (String name : names) {
            Object value = job.tags().get(name);
            if (value != null) {
                tags.put(name, of(name, value));
            }
        }
        return Collections.unmodifiableMap(tags);
    }
}
