package org.experimaestro.monitor.view;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.experimaestro.workspace.JobState;
import org.jspecify.annotations.Nullable;

/**
 * A filter of jobs and their tags. Tags belong to a submission: an experiment's tags of a job are those of the
 * experiment's latest run that submitted the job.
 *
 * @param experiment the name of an experiment, whose tags count; {@code null} for all, so that the tags of any
 *     submission count
 * @param states the jobs' states; empty for any
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
     * @return true if the job has a row
     */
    public boolean accepts(JobView job) {
        return !rows(job).isEmpty();
    }

    /**
     * Returns the rows of a job: one for each set of tags that the filter selects. Of the selected submissions of an
     * experiment, those of the latest run have rows.
     *
     * @param job the job
     * @return the rows, in the order of the submissions; empty if the filter does not select the job
     */
    public List<JobRow> rows(JobView job) {
        if (!states.isEmpty() && !states.contains(job.state())) {
            return List.of();
        }
        if (job.submissions().isEmpty()) {
            return tagSets(job).stream()
                    .filter(this::hasTags)
                    .map(stored -> new JobRow(job, stored, List.of()))
                    .toList();
        }
        Map<Map<String, Object>, SortedSet<String>> rows = new LinkedHashMap<>();
        latest(candidates(job).stream()
                        .filter(submission -> hasTags(submission.tags()))
                        .toList())
                .forEach(submission -> rows.computeIfAbsent(submission.tags(), tags -> new TreeSet<>())
                        .add(submission.experiment()));
        return rows.entrySet().stream()
                .map(row -> new JobRow(job, row.getKey(), List.copyOf(row.getValue())))
                .toList();
    }

    /** Returns the sets of tags in which the filter looks for its own. */
    List<Map<String, Object>> tagSets(JobView job) {
        if (job.submissions().isEmpty()) {
            return experiment == null ? List.of(job.tags()) : List.of();
        }
        return candidates(job).stream().map(RunSubmission::tags).toList();
    }

    private List<RunSubmission> candidates(JobView job) {
        return experiment == null
                ? job.submissions()
                : latest(job.submissions().stream()
                        .filter(submission -> submission.experiment().equals(experiment))
                        .toList());
    }

    /** Returns the submissions of each experiment's last run in a list, which is in the order of the runs. */
    private static List<RunSubmission> latest(List<RunSubmission> submissions) {
        Map<String, String> runs = new HashMap<>();
        submissions.forEach(submission -> runs.put(submission.experiment(), submission.run()));
        return submissions.stream()
                .filter(submission -> submission.run().equals(runs.get(submission.experiment())))
                .toList();
    }

    private boolean hasTags(Map<String, Object> values) {
        return tags.entrySet().stream().allMatch(tag -> isSame(tag.getValue(), values.get(tag.getKey())));
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
