package org.experimaestro.cli.listing;

import java.time.Instant;
import java.util.List;
import org.experimaestro.monitor.view.JobsView;

/**
 * The rows and columns that a command lists.
 *
 * @param <R> the type of the rows
 */
public interface ListedRows<R> {
    /** Returns the rows in their usual order. */
    List<R> rows(JobsView view, Instant now);

    /** Returns the columns of these rows. */
    ListingColumns<R> columns(JobsView view, Instant now);

    /** Returns the lines that are printed if there are no rows. */
    List<String> nothing(JobsView view);
}
