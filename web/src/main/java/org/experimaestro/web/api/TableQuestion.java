package org.experimaestro.web.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
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
        /** All cells of a metric. */
        TABLE,
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
                        query.findList("rows"),
                        query.findList("cols"),
                        query.findList("metrics"),
                        query.findList("over")),
                query.number("ci", USUAL_PERCENT, 1, MOST_PERCENT),
                query.find("best").map(TableQuestion::competition).orElse(Competition.COLUMN),
                query.list("highest"),
                query.list("lowest"));
    }

    private static Competition competition(String word) {
        return Arrays.stream(Competition.values())
                .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> HttpProblem.badRequest(
                        "Cannot read the parameter best: found \"" + word + "\", expected column, row, table or none"));
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
        return switch (competition) {
            case ROW -> layout.bestPerRow();
            case TABLE -> layout.bestOfTable();
            case COLUMN, NONE -> layout;
        };
    }

    /** Returns the metrics of which lower values are better. */
    List<String> lowest(List<String> metrics) {
        return metrics.stream()
                .filter(metric -> direction(metric) == Best.LOWEST)
                .toList();
    }

    private Best direction(String metric) {
        boolean isLowest = lowest.contains(metric) || !highest.contains(metric) && MetricNames.seemsBetterBelow(metric);
        return isLowest ? Best.LOWEST : Best.HIGHEST;
    }

    private static String[] rest(List<String> tags) {
        return tags.subList(1, tags.size()).toArray(String[]::new);
    }

    /** Adds the options of the command that makes the same table. */
    void addTo(ShownCommand command, DefaultLayout parts) {
        command.add("--rows", parts.rows())
                .add("--columns", parts.columns())
                .add("--metric", parts.metrics())
                .add("--over", parts.over());
        if (percent != USUAL_PERCENT) {
            command.add("--confidence", Double.toString(percent / HUNDRED));
        }
        if (competition != Competition.NONE) {
            List<String> low = lowest(parts.metrics());
            List<String> high = new ArrayList<>(parts.metrics());
            high.removeAll(low);
            command.add("--highest", high).add("--lowest", low);
        }
        if (competition == Competition.ROW || competition == Competition.TABLE) {
            command.add("--best", competition.name().toLowerCase(Locale.ROOT));
        }
    }
}
