package org.experimaestro.cli.listing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.web.address.PageView;
import org.experimaestro.workspace.Workspace;

/**
 * The rows and columns that a command lists.
 *
 * @param <R> the type of the rows
 */
public interface ListedRows<R> {
    /** Returns the view that is listed, for example with jobs that have no folder yet. */
    default JobsView listed(JobsView stored) {
        return stored;
    }

    /** Returns the rows in their usual order. */
    List<R> rows(JobsView view, Instant now);

    /** Returns the columns of these rows. */
    ListingColumns<R> columns(JobsView view, Instant now);

    /** Returns the lines that are printed if there are no rows. */
    List<String> nothing(JobsView view);

    /** Returns the state of a row. A watched listing begins with the rows that are active or have failed. */
    String state(R row);

    /** Returns the workspace whose rows are listed. */
    Workspace workspace();

    /** Returns the view of the page with these rows; empty if the page has none. */
    Optional<PageView> page(JobsView view, ListingOptions options);

    /** Returns the number of all rows, and of those in each state, as the first line of a watched listing. */
    default String totals(List<R> rows) {
        return StateOrder.totals("row", rows.stream().map(this::state));
    }
}
