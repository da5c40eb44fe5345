package org.experimaestro.web.export;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.monitor.filter.Filter;
import org.experimaestro.monitor.view.JobRow;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.RunSubmission;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.web.api.Selection;

/**
 * The rows of an export, in the order of submission, and their jobs. Immutable.
 *
 * @param rows a row for each job and set of tags
 * @param jobs the jobs by their names, in the order of their first rows
 */
record ExportRows(List<JobRow> rows, Map<String, JobView> jobs) {

    /** Selects the rows of a run. */
    static ExportRows of(Selection selection, RunView run) {
        Map<List<Object>, Integer> order = new HashMap<>();
        for (RunSubmission submission : run.submissions()) {
            order.putIfAbsent(List.of(submission.job(), submission.tags()), order.size());
        }
        List<JobRow> rows = selection.rows().stream()
                .sorted(Comparator.comparing(
                        row -> order.getOrDefault(List.of(row.job().name(), row.tags()), order.size())))
                .toList();
        Map<String, JobView> jobs = new LinkedHashMap<>();
        rows.forEach(row -> jobs.put(row.job().name(), row.job()));
        return new ExportRows(rows, jobs);
    }

    /** Returns the number of rows of the whole run. */
    static int total(Selection selection) {
        return new Selection(selection.view(), selection.now(), selection.run(), Filter.ALL)
                .rows()
                .size();
    }
}
