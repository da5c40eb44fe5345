package org.experimaestro.table;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.experimaestro.JobReport;
import org.experimaestro.PlanException;
import org.experimaestro.TableLayout;
import org.experimaestro.base.text.TagValue;
import org.experimaestro.base.text.VisibleText;

/**
 * The check that the jobs of a cell are replicates: they differ in the replicate tags alone, and no two jobs are the
 * same replicate.
 *
 * @param row the tags of the cell's row
 * @param column the tags of the cell's column
 * @param layout the table's layout
 * @param forms the forms of the tags' values
 */
record CellCheck(Map<String, Object> row, Map<String, Object> column, TableLayout layout, TagForms forms) {
    private static final int VALUES_SHOWN = 10;
    private static final int DIGITS = 8;
    private static final String NO_VALUE = "none";

    /**
     * Returns the jobs by replicate.
     *
     * @throws PlanException if the jobs are not replicates; the message names each tag that differs, with its values
     */
    Map<Map<String, Object>, JobReport> replicates(List<JobReport> jobs) {
        checkTypes(jobs);
        checkTags(jobs);
        Map<Map<String, Object>, JobReport> replicates = new LinkedHashMap<>();
        for (JobReport job : jobs) {
            Map<String, Object> replicate = forms.of(job, layout.replicateTags());
            JobReport other = replicates.putIfAbsent(replicate, job);
            if (other != null && !other.id().equals(job.id())) {
                throw LayoutCheck.problem(
                        start() + "the jobs " + other.name() + " and " + job.name() + " have the same tags",
                        "they differ in a parameter without a tag: tag it in the plan; experimaestro explain "
                                + digits(other) + " --other " + digits(job) + " names it");
            }
        }
        return Collections.unmodifiableMap(replicates);
    }

    private void checkTypes(List<JobReport> jobs) {
        Set<String> types = new TreeSet<>();
        jobs.forEach(job -> types.add(job.type()));
        if (types.size() > 1) {
            throw LayoutCheck.problem(
                    start() + "its jobs are of several types: " + String.join(", ", types),
                    "select the jobs of one type, or give the metrics of these types different names");
        }
    }

    private void checkTags(List<JobReport> jobs) {
        Set<String> allowed = new LinkedHashSet<>(layout.replicateTags());
        Map<String, Set<String>> values = new TreeMap<>();
        jobs.forEach(job -> job.tags().keySet().forEach(tag -> values.put(tag, new LinkedHashSet<>())));
        values.forEach((tag, found) -> {
            for (JobReport job : jobs) {
                Object value = job.tags().get(tag);
                found.add(value == null ? NO_VALUE : VisibleText.of(TagValue.show(forms.of(tag, value))));
            }
        });
        values.keySet().removeAll(layout.rowTags());
        values.keySet().removeAll(layout.columnTags());
        values.entrySet()
                .removeIf(tag -> tag.getValue().size() < 2
                        || allowed.contains(tag.getKey()) && !tag.getValue().contains(NO_VALUE));
        if (!values.isEmpty()) {
            String names = values.keySet().stream().map(VisibleText::of).collect(Collectors.joining(", "));
            String differences = values.entrySet().stream()
                    .map(tag -> VisibleText.of(tag.getKey()) + " is " + shown(tag.getValue()))
                    .collect(Collectors.joining("; "));
            boolean isReplicate = allowed.containsAll(values.keySet());
            throw LayoutCheck.problem(
                    start() + "its " + jobs.size() + " jobs are no replicates of each other: " + differences,
                    isReplicate
                            ? "give each of these jobs the tag " + names + ", or select the jobs that have it"
                            : "make rows or columns of " + names
                                    + ", or average over it if it only tells replicates apart");
        }
    }

    private static String shown(Set<String> values) {
        String shown = values.stream().limit(VALUES_SHOWN).collect(Collectors.joining(", "));
        int more = values.size() - VALUES_SHOWN;
        return more > 0 ? shown + " and " + more + " more" : shown;
    }

    private String start() {
        StringJoiner place = new StringJoiner(" ");
        row.forEach((tag, value) -> place.add(VisibleText.of(tag + "=" + TagValue.show(value))));
        column.forEach((tag, value) -> place.add(VisibleText.of(tag + "=" + TagValue.show(value))));
        return "Cannot compute the cell " + (place.length() == 0 ? "of all jobs" : place) + ": ";
    }

    private static String digits(JobReport job) {
        return job.id().toString().substring(0, DIGITS);
    }
}
