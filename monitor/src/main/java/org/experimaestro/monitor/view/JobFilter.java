package org.experimaestro.monitor.view;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import org.experimaestro.workspace.JobState;
import org.jspecify.annotations.Nullable;

/**
 * A filter of jobs.
 *
 * @param experiment the name of an experiment that submitted them; {@code null} for any
 * @param states their states; empty for any
 * @param tags values by name; numbers are compared as numbers, so that {@code 1e-4} finds {@code 0.0001} and
 *     {@code 5} finds {@code 5.0}
 */
public record JobFilter(@Nullable String experiment, Set<JobState> states, Map<String, String> tags) {
    /** A filter that selects all jobs. */
    public static final JobFilter ALL = new JobFilter(null, Set.of(), Map.of());

    /**
     * Returns whether the filter selects a job.
     *
     * @param job the job
     * @return true if the job meets all conditions
     */
    public boolean accepts(JobView job) {
        return (experiment == null || job.experiments().contains(experiment))
                && (states.isEmpty() || states.contains(job.state()))
                && tags.entrySet().stream()
                        .allMatch(tag -> isSame(tag.getValue(), job.tags().get(tag.getKey())));
    }

    /** Returns whether the text of a filter equals the value of a tag. */
    static boolean isSame(String wanted, @Nullable Object value) {
        if (value instanceof Number number) {
            try {
                return new BigDecimal(wanted).compareTo(new BigDecimal(number.toString())) == 0
                        || isWidened(wanted, number);
            } catch (NumberFormatException noNumber) {
                return wanted.equals(value.toString());
            }
        }
        return value != null && wanted.equals(value.toString());
    }

    /**
     * Returns whether a value is the float of the text. Earlier versions stored it as a double: 0.8999999761581421 for
     * 0.9.
     */
    private static boolean isWidened(String wanted, Number value) {
        if (!(value instanceof Double wide)) {
            return false;
        }
        String text = Float.toString(wide.floatValue());
        return wide == wide.floatValue()
                && wide != Double.parseDouble(text)
                && new BigDecimal(wanted).compareTo(new BigDecimal(text)) == 0;
    }
}
