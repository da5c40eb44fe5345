package org.experimaestro;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.experimaestro.base.text.AlignedLines;
import org.experimaestro.base.text.CsvLine;
import org.experimaestro.base.text.DecimalText;
import org.experimaestro.base.text.TagValue;
import org.experimaestro.base.text.VisibleText;

/**
 * A table of tags and metrics: a row for each job, a column for each tag, then a column for each metric. Immutable.
 *
 * <p>If a job is not done, a last column has the state of each job. The text of {@link #toString} then ends with a
 * line for each such job and its reason. {@link #toString} lays the table out for a terminal, {@link #toCsv} for a
 * spreadsheet.
 */
public final class Table {
    private static final String STATE = "state";
    /** The number of jobs whose reasons are listed below the table. */
    private static final int SHOWN = 20;

    private static final double LEAST_IN_EXPONENT_FORM = 1e9;

    private final List<JobReport> jobs;
    private final List<String> columns;
    private final List<Map<String, Object>> rows;
    private final Set<String> metricColumns;
    private final List<JobReport> missing;
    private final String note;
    private final Set<String> wholeColumns;

    private Table(
            List<JobReport> jobs,
            List<String> columns,
            List<Map<String, Object>> rows,
            Set<String> metricColumns,
            List<JobReport> missing,
            String note) {
        this.jobs = List.copyOf(jobs);
        this.columns = columns;
        this.rows = rows;
        this.metricColumns = metricColumns;
        this.missing = missing;
        this.note = note;
        this.wholeColumns = new HashSet<>(metricColumns);
        for (String column : metricColumns) {
            for (Map<String, Object> row : rows) {
                if (row.get(column) instanceof Double number
                        && !DecimalText.isWhole(number)
                        && !number.isNaN()
                        && !number.isInfinite()) {
                    wholeColumns.remove(column);
                }
            }
        }
    }

    /**
     * Creates the table of some jobs. Tags are columns sorted by name; metrics follow in the order of their first
     * appearance.
     *
     * <p>A metric with the name of a tag gets the prefix {@code metric:}. If a job is not done, the last column is
     * {@code state}, or {@code job:state} if a tag or a metric has that name.
     *
     * @param jobs the jobs, a row each
     * @return the table
     */
    public static Table of(List<JobReport> jobs) {
        return of(jobs, JobReport::metrics, "");
    }

    /**
     * Creates the table of some jobs, also with the metrics of the jobs that are not done. Their metrics are the last
     * values that the task recorded: before the failure, or until now. The column {@code state} tells these jobs from
     * the others.
     *
     * <pre>{@code
     * Table table = Table.ofMetricsSoFar(report.jobs());
     * }</pre>
     *
     * @param jobs the jobs, a row each
     * @return the table, with the columns of {@link #of}
     * @throws WorkspaceException if the metrics of a job cannot be read
     */
    public static Table ofMetricsSoFar(List<? extends JobReport> jobs) {
        return of(
                List.copyOf(jobs),
                JobReport::metricsSoFar,
                "\nThe metrics of jobs that are not done are the last values so far.");
    }

    private static Table of(List<JobReport> jobs, Function<JobReport, Map<String, Double>> values, String note) {
        Set<String> tags = new TreeSet<>();
        Set<String> metrics = new LinkedHashSet<>();
        for (JobReport job : jobs) {
            tags.addAll(job.tags().keySet());
        }
        List<Map<String, Object>> rows = new ArrayList<>();
        for (JobReport job : jobs) {
            Map<String, Object> row = new LinkedHashMap<>(job.tags());
            values.apply(job).forEach((name, value) -> {
                String column = tags.contains(name) ? "metric:" + name : name;
                metrics.add(column);
                row.put(column, value);
            });
            rows.add(row);
        }
        List<String> columns = new ArrayList<>(tags);
        columns.addAll(metrics);
        List<JobReport> missing =
                jobs.stream().filter(job -> job.outcome() != Outcome.DONE).toList();
        if (!missing.isEmpty()) {
            String state = columns.contains(STATE) ? "job:" + STATE : STATE;
            columns.add(state);
            for (int i = 0; i < rows.size(); i++) {
                rows.get(i).put(state, jobs.get(i).state());
            }
        }
        rows.replaceAll(Collections::unmodifiableMap);
        return new Table(jobs, List.copyOf(columns), List.copyOf(rows), metrics, missing, note);
    }

    /**
     * Returns the names of the columns.
     *
     * @return tags, then metrics
     */
    public List<String> columns() {
        return columns;
    }

    /**
     * Returns the rows.
     *
     * @return the values of each job by column; a column without a value for the job is absent
     */
    public List<Map<String, Object>> rows() {
        return rows;
    }

    /**
     * Begins a table for a paper with the jobs of this one: tags whose values make the rows.
     *
     * <pre>{@code
     * System.out.println(report.table().rows("k1").columns("b").mean("map").over("seed"));
     * }</pre>
     *
     * @param tag the name of a tag
     * @param more the names of further tags: a row for each combination of values that a job has
     * @return a layout, to which metrics are added
     */
    public TableLayout rows(String tag, String... more) {
        return new TableLayout(jobs).rows(tag, more);
    }

    /**
     * Begins a table for a paper, as {@link #rows(String, String...)} does, with tags whose values make the columns.
     *
     * @param tag the name of a tag
     * @param more the names of further tags
     * @return a layout, to which metrics are added
     */
    public TableLayout columns(String tag, String... more) {
        return new TableLayout(jobs).columns(tag, more);
    }

    /**
     * Returns the table as comma-separated values (RFC 4180), with a header. Numbers have all their digits. A text that a
     * spreadsheet would take for a formula begins with an apostrophe, and control characters are escaped, as in
     * {@code \\u001B}; {@link #rows()} has the texts themselves.
     *
     * @return lines that end with a line feed
     */
    public String toCsv() {
        StringBuilder csv = new StringBuilder();
        csv.append(CsvLine.of(columns));
        for (Map<String, Object> row : rows) {
            List<String> cells = new ArrayList<>();
            for (String column : columns) {
                cells.add(row.containsKey(column) ? exact(row.get(column), column) : "");
            }
            csv.append(CsvLine.of(cells));
        }
        return csv.toString();
    }

    /**
     * Returns the table with aligned columns. Metrics are aligned to the right, as whole numbers if all of a column
     * are whole, otherwise with four decimals. A missing value is {@code -}. Below the table are the reasons of the
     * jobs that are not done.
     */
    @Override
    public String toString() {
        if (rows.isEmpty()) {
            return "(no job has metrics)";
        }
        return missing.isEmpty() ? grid() : grid() + "\n" + whyMissing();
    }

    private String whyMissing() {
        StringBuilder text = new StringBuilder()
                .append(rows.size() - missing.size())
                .append(" of ")
                .append(rows.size())
                .append(rows.size() == 1 ? " job is done; missing:" : " jobs are done; missing:");
        for (JobReport job : missing.subList(0, Math.min(SHOWN, missing.size()))) {
            text.append("\n    ")
                    .append(VisibleText.of(job.name()))
                    .append(": ")
                    .append(job.state());
            job.reason().ifPresent(why -> text.append(", ").append(VisibleText.of(why)));
        }
        if (missing.size() > SHOWN) {
            text.append("\n    … and ").append(missing.size() - SHOWN).append(" more");
        }
        return text.append(note).toString();
    }

    private String grid() {
        List<List<String>> cells = new ArrayList<>();
        cells.add(columns.stream().map(VisibleText::of).toList());
        for (Map<String, Object> row : rows) {
            List<String> line = new ArrayList<>();
            for (String column : columns) {
                line.add(row.containsKey(column) ? VisibleText.of(text(row.get(column), column)) : "-");
            }
            cells.add(line);
        }
        return String.join("\n", AlignedLines.of(cells, column -> metricColumns.contains(columns.get(column))));
    }

    /** Returns a value in full. */
    private String exact(Object value, String column) {
        return value instanceof Double number && metricColumns.contains(column)
                ? wholeColumns.contains(column) ? DecimalText.ofMetric(number) : DecimalText.of(number)
                : TagValue.show(value);
    }

    private String text(Object value, String column) {
        if (!metricColumns.contains(column) || !(value instanceof Double number) || wholeColumns.contains(column)) {
            return exact(value, column);
        }
        if (number.isNaN() || number.isInfinite()) {
            return DecimalText.of(number);
        }
        double size = Math.abs(number);
        if (size >= LEAST_IN_EXPONENT_FORM && DecimalText.isWhole(number)) {
            return DecimalText.ofMetric(number);
        }
        boolean plain = size == 0 || size >= 1e-3 && size < LEAST_IN_EXPONENT_FORM;
        return String.format(Locale.ROOT, plain ? "%.4f" : "%.4e", number);
    }
}
