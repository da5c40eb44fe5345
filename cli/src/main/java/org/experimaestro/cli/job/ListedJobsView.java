package org.experimaestro.cli.job;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.experimaestro.cli.listing.ListingOptions;
import org.experimaestro.monitor.filter.Filter;
import org.experimaestro.monitor.filter.JobField;
import org.experimaestro.monitor.filter.RowValues;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.web.address.PageScreen;
import org.experimaestro.web.address.PageView;

/**
 * The view of the page that has the rows of a listing of jobs.
 *
 * @param view the jobs
 * @param filter selects the rows
 * @param own the names of the listing's own columns, which are no values of jobs
 */
record ListedJobsView(JobsView view, Filter filter, Set<String> own) {
    private static final String METRIC = "metric.";
    private static final Set<String> FIELDS =
            Arrays.stream(JobField.values()).map(JobField::text).collect(Collectors.toSet());

    /** Returns the view with the order and the columns of the options. The page has windows, and so no limit. */
    PageView of(ListingOptions options) {
        PageView page = PageView.of(PageScreen.JOBS)
                .with("q", filter.toString())
                .with(
                        "sort",
                        options.sort().stream()
                                .takeWhile(this::isKnown)
                                .map(ListedJobsView::escaped)
                                .collect(Collectors.joining(",")));
        return options.columns().isEmpty() ? page : page.with("cols", values(options.columns()));
    }

    /** Returns whether the page can sort by a column: by all that filters know. */
    private boolean isKnown(String sort) {
        String name = sort.strip().startsWith("-") ? sort.strip().substring(1) : sort.strip();
        return FIELDS.contains(name) || !own.contains(name);
    }

    /** Returns the text of a name in a list of the API, in which a comma separates names. */
    private static String escaped(String name) {
        return name.strip().replace("\\", "\\\\").replace(",", "\\,");
    }

    /** Returns the columns that are values of a row. The page has columns of its own for the state, the time and so on. */
    private List<String> values(List<String> columns) {
        List<String> values = new ArrayList<>();
        for (String column : columns) {
            String name = column.strip();
            if (name.startsWith(METRIC)) {
                values.add(RowValues.nameOfMetric(name.substring(METRIC.length()), tags()));
            } else if (name.equals("type") || !FIELDS.contains(name) && !own.contains(name)) {
                values.add(name);
            }
        }
        return values;
    }

    private Set<String> tags() {
        return view.rows(filter).stream()
                .flatMap(row -> row.tags().keySet().stream())
                .collect(Collectors.toSet());
    }
}
