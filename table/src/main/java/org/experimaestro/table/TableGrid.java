package org.experimaestro.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.experimaestro.PaperTable;
import org.experimaestro.TableLayout;
import org.experimaestro.base.text.TagValue;
import org.experimaestro.base.text.VisibleText;

/**
 * The texts of a table that people read: a header, then a line for each row. Text, Markdown and LaTeX have the same.
 *
 * @param header the names of the row tags, then a title for each column and metric
 * @param lines the values of the row tags, then the cells
 */
record TableGrid(List<String> header, List<List<String>> lines) {
    private static final String NONE = "-";
    private static final double LEAST_P = 0.001;

    /**
     * Lays out a table.
     *
     * @param escape escapes names and values of tags
     * @param cellText makes the text of a cell
     */
    static TableGrid of(ComputedTable table, Function<String, String> escape, CellText cellText) {
        TableLayout layout = table.layout();
        List<String> header = new ArrayList<>();
        layout.rowTags().forEach(tag -> header.add(escape.apply(VisibleText.of(tag))));
        for (Map<String, Object> column : table.columns()) {
            for (TableLayout.Metric metric : layout.metrics()) {
                header.add(escape.apply(title(column, metric, layout)));
            }
        }
        Map<TableLayout.Metric, Decimals> decimals = new HashMap<>();
        layout.metrics()
                .forEach(metric -> decimals.put(
                        metric,
                        Decimals.of(table.cells().stream()
                                .filter(cell -> cell.metric().equals(metric))
                                .toList())));
        List<List<String>> lines = new ArrayList<>();
        int width = table.columns().size() * layout.metrics().size();
        for (int row = 0; row < table.rows().size(); row++) {
            List<String> line = new ArrayList<>();
            for (String tag : layout.rowTags()) {
                Object value = table.rows().get(row).get(tag);
                line.add(value == null ? NONE : escape.apply(VisibleText.of(TagValue.show(value))));
            }
            for (PaperTable.Cell cell : table.cells().subList(row * width, (row + 1) * width)) {
                Decimals form = decimals.get(cell.metric());
                line.add(form == null ? NONE : cellText.of(cell, form));
            }
            lines.add(line);
        }
        return new TableGrid(header, lines);
    }

    /** A maker of the text of a cell. */
    interface CellText {
        String of(PaperTable.Cell cell, Decimals form);
    }

    /** Returns the title of a column: its tags, and its metric if the table has several metrics or no column tags. */
    private static String title(Map<String, Object> column, TableLayout.Metric metric, TableLayout layout) {
        String tags = tags(column);
        if (layout.columnTags().isEmpty()) {
            return name(metric, layout);
        }
        String place = tags.isEmpty() ? NONE : tags;
        return layout.metrics().size() == 1 ? place : place + " " + name(metric, layout);
    }

    /** Returns tags as a text: {@code b=0.4 lr=0.1}. */
    static String tags(Map<String, Object> tags) {
        return tags.entrySet().stream()
                .map(tag -> VisibleText.of(tag.getKey() + "=" + TagValue.show(tag.getValue())))
                .collect(Collectors.joining(" "));
    }

    /** Returns the name of a metric, with its statistic where the table has another one of the same metric. */
    static String name(TableLayout.Metric metric, TableLayout layout) {
        boolean isAlone = layout.metrics().stream()
                        .filter(other -> other.name().equals(metric.name()))
                        .count()
                == 1;
        return VisibleText.of(metric.name())
                + (isAlone ? "" : " " + metric.statistic().name().toLowerCase(Locale.ROOT));
    }

    /** Returns the number of a cell: {@code 0.3121 ± 0.0042}; empty without a value. */
    static String number(PaperTable.Cell cell, Decimals form, String plusMinus) {
        if (cell.value().isEmpty()) {
            return "";
        }
        String value = form.text(cell.value().getAsDouble());
        return cell.halfWidth().isPresent()
                ? value + plusMinus + form.text(cell.halfWidth().getAsDouble())
                : value;
    }

    /** Returns the number of values of a cell, and the states of its other jobs: {@code n=3 of 5, 2 failed}. */
    static String count(PaperTable.Cell cell) {
        String states = states(cell, ", ");
        if (cell.n() == 0) {
            return states.isEmpty() ? NONE : states;
        }
        String count = "n=" + cell.n() + (cell.n() < cell.expected() ? " of " + cell.expected() : "");
        return states.isEmpty() ? count : count + ", " + states;
    }

    /**
     * Returns the p-value of a cell, if the layout wants p-values and the cell was tested: {@code p=0.031}, {@code
     * p<0.001}; otherwise an empty text.
     */
    static String p(PaperTable.Cell cell, TableLayout layout) {
        if (!layout.hasPValues() || cell.p().isEmpty()) {
            return "";
        }
        double p = cell.p().getAsDouble();
        return p < LEAST_P ? "p<" + LEAST_P : String.format(Locale.ROOT, "p=%.3f", p);
    }

    static String states(PaperTable.Cell cell, String separator) {
        return cell.states().entrySet().stream()
                .map(state -> state.getValue() + " " + state.getKey())
                .collect(Collectors.joining(separator));
    }
}
