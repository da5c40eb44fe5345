package org.experimaestro.web.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.experimaestro.Best;
import org.experimaestro.JobReport;
import org.experimaestro.Table;
import org.experimaestro.TableLayout;
import org.experimaestro.monitor.report.DefaultLayout;
import org.experimaestro.monitor.report.MetricNames;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.web.http.Query;

/**
 * The parameters of a table: {@code rows}, {@code cols}, {@code metrics}, {@code over}, {@code ci}, {@code best}, {@code
 * highest} and {@code lowest}. One that is missing gets a default; an empty list means none. Immutable.
 *
 * @param named the named parts of the layout
 * @param percent the confidence level in percent
 * @param competition the cells that compete
 * @param highest the metrics of which higher values are better
 * @param lowest the metrics of which lower values are better
 */
record TableQuestion(
        DefaultLayout.Named named, long percent, Competition competition, List<String> highest, List<String> lowest) {
    private static final long USUAL_PERCENT = 95;
    private static final long MOST_PERCENT = 99;
    private static final double HUNDRED = 100;

    /** The cells among which the best is marked. */
    enum Competition {
        /** The cells of a column. */
        COLUMN,
        /** The cells of a row. */
        ROW,
        /** No cell is marked. */
        NONE
    }

    /**
     * Reads the parameters.
     *
     * @throws HttpProblem if one is wrong
     */
    static TableQuestion of(Query query) {
        return new TableQuestion(
                new DefaultLayout.Named(
                        list(query, "rows"), list(query, "cols"), list(query, "metrics"), list(query, "over")),
                query.number("ci", USUAL_PERCENT, 1, MOST_PERCENT),
                query.find("best").map(TableQuestion::competition).orElse(Competition.COLUMN),
                query.list("highest"),
                query.list("lowest"));
    }

    /** Returns a list of names; empty if the question leaves it to the server. */
    static Optional<List<String>> list(Query query, String name) {
        return query.all(name).isEmpty() ? Optional.empty() : Optional.of(query.list(name));
    }

    private static Competition competition(String word) {
        return Arrays.stream(Competition.values())
                .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> HttpProblem.badRequest(
                        "Cannot read the parameter best: found \"" + word + "\", expected column, row or none"));
    }

    /** Returns the layout of jobs with these rows, columns and metrics, each of which has a name. */
    TableLayout layout(Collection<? extends JobReport> jobs, DefaultLayout parts) {
        TableLayout layout = Table.of(List.copyOf(jobs))
                .rows(parts.rows().getFirst(), rest(parts.rows()))
                .confidence(percent / HUNDRED);
        if (!parts.columns().isEmpty()) {
            layout = layout.columns(parts.columns().getFirst(), rest(parts.columns()));
        }
        if (!parts.over().isEmpty()) {
            layout = layout.over(parts.over().getFirst(), rest(parts.over()));
        }
        for (String metric : parts.metrics()) {
            layout = layout.mean(metric);
            layout = competition == Competition.NONE ? layout : layout.best(direction(metric));
        }
        return competition == Competition.ROW ? layout.bestPerRow() : layout;
    }

    private Best direction(String metric) {
        boolean isLowest = lowest.contains(metric) || !highest.contains(metric) && MetricNames.seemsBetterBelow(metric);
        return isLowest ? Best.LOWEST : Best.HIGHEST;
    }

    private static String[] rest(List<String> tags) {
        return tags.subList(1, tags.size()).toArray(String[]::new);
    }

    /** Returns the options of the command that makes the same table. */
    List<String> options(DefaultLayout parts) {
        List<String> options = new ArrayList<>();
        add(options, "--rows", parts.rows());
        add(options, "--columns", parts.columns());
        add(options, "--metric", parts.metrics());
        add(options, "--over", parts.over());
        if (percent != USUAL_PERCENT) {
            options.add("--confidence=" + percent / HUNDRED);
        }
        if (competition != Competition.NONE) {
            List<String> high = new ArrayList<>(parts.metrics());
            high.removeIf(metric -> direction(metric) == Best.LOWEST);
            List<String> low = new ArrayList<>(parts.metrics());
            low.removeAll(high);
            add(options, "--highest", high);
            add(options, "--lowest", low);
        }
        if (competition == Competition.ROW) {
            options.add("--best-per-row");
        }
        return options;
    }

    private static void add(List<String> options, String name, List<String> values) {
        if (!values.isEmpty()) {
            options.add(name + "=" + String.join(",", values));
        }
    }
}
