package org.experimaestro.monitor.view;

import java.util.List;
import org.experimaestro.WorkspaceException;

/** A selection of rows of a view. The filters of users are selections. */
public interface RowSelection {
    /**
     * Selects rows: one for each job and set of tags.
     *
     * @param view all jobs
     * @return the selected rows, in the order of the view's jobs
     * @throws WorkspaceException if the selection names something that the view does not have
     */
    List<JobRow> rows(JobsView view);
}
