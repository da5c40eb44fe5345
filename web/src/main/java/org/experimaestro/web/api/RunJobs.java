package org.experimaestro.web.api;

import java.util.List;
import org.experimaestro.WorkspaceException;
import org.experimaestro.monitor.JobResults;
import org.experimaestro.monitor.WorkspaceReader;
import org.experimaestro.monitor.report.ReportJobs;
import org.experimaestro.monitor.view.JobRow;
import org.experimaestro.web.http.Query;

/** The selected jobs of one run, as tables and charts take them. */
final class RunJobs {
    private RunJobs() {}

    /** Returns the jobs that a question selects; none if they are not of one experiment. */
    static List<JobResults> of(Monitored monitored, Query query) {
        Selection selection = Selection.of(monitored, query);
        List<JobRow> rows = SelectedRows.of(monitored, selection, selection.filter(), List.of())
                .rows();
        try {
            return of(monitored, selection, rows);
        } catch (WorkspaceException notOneExperiment) {
            return List.of();
        }
    }

    /**
     * Returns the jobs of rows.
     *
     * @throws WorkspaceException if they are not of one experiment
     */
    static List<JobResults> of(Monitored monitored, Selection selection, List<JobRow> rows) {
        return ReportJobs.of(WorkspaceReader.of(monitored.workspace(), selection.view()), rows)
                .jobs();
    }
}
