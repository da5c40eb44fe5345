package org.experimaestro.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.experimaestro.JobReport;
import org.experimaestro.Outcome;
import org.experimaestro.PlanException;
import org.experimaestro.TableLayout;

/**
 * The division of a layout's jobs into cells. A metric counts the jobs of the task types that have it, done or not,
 * so that a failed job takes its place, and a job of another kind takes none. If no job is done and all are of one
 * type, they all count. Immutable.
 *
 * @param rows the tags of the rows, in the order of submission
 * @param columns the tags of the columns, in the order of submission
 * @param cells the cells, row by row, column by column, metric by metric
 */
record CellGrouping(List<Map<String, Object>> rows, List<Map<String, Object>> columns, List<CellJobs> cells) {

    /**
     * Divides jobs.
     *
     * @throws PlanException if a cell would mix jobs that are no replicates of each other
     */
    static CellGrouping of(TableLayout layout) {
        TagForms forms = new TagForms();
        Set<Map<String, Object>> rows = new LinkedHashSet<>();
        Set<Map<String, Object>> columns = new LinkedHashSet<>();
        Map<TableLayout.Metric, Map<List<Map<String, Object>>, List<JobReport>>> byMetric = new LinkedHashMap<>();
        for (TableLayout.Metric metric : layout.metrics()) {
            Map<List<Map<String, Object>>, List<JobReport>> places = new LinkedHashMap<>();
            for (JobReport job : jobs(metric, layout.jobs())) {
                Map<String, Object> row = forms.of(job, layout.rowTags());
                Map<String, Object> column = forms.of(job, layout.columnTags());
                rows.add(row);
                columns.add(column);
                places.computeIfAbsent(List.of(row, column), place -> new ArrayList<>())
                        .add(job);
            }
            byMetric.put(metric, places);
        }
        List<CellJobs> cells = new ArrayList<>();
        for (Map<String, Object> row : rows) {
            for (Map<String, Object> column : columns) {
                for (TableLayout.Metric metric : layout.metrics()) {
                    List<JobReport> jobs =
                            byMetric.getOrDefault(metric, Map.of()).getOrDefault(List.of(row, column), List.of());
                    CellCheck check = new CellCheck(row, column, layout, forms);
                    cells.add(new CellJobs(row, column, metric, check.replicates(jobs)));
                }
            }
        }
        return new CellGrouping(List.copyOf(rows), List.copyOf(columns), cells);
    }

    private static List<JobReport> jobs(TableLayout.Metric metric, List<JobReport> all) {
        Set<String> types = new TreeSet<>();
        for (JobReport job : all) {
            if (job.outcome() == Outcome.DONE && job.metrics().containsKey(metric.name())) {
                types.add(job.type());
            }
        }
        return types.isEmpty() && isUndone(all)
                ? all
                : all.stream().filter(job -> types.contains(job.type())).toList();
    }

    /** Returns whether jobs of one type, of which none is done, may all have the metric later. */
    static boolean isUndone(List<JobReport> jobs) {
        return jobs.stream().noneMatch(job -> job.outcome() == Outcome.DONE)
                && jobs.stream().map(JobReport::type).distinct().count() == 1;
    }
}
