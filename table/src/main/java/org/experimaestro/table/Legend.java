package org.experimaestro.table;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.experimaestro.PaperTable;
import org.experimaestro.PaperTable.Mark;
import org.experimaestro.TableLayout;
import org.experimaestro.TableLayout.Statistic;
import org.experimaestro.base.text.DecimalText;
import org.experimaestro.base.text.VisibleText;

/** The explanation of a table's numbers and marks, as sentences for its caption. */
final class Legend {
    private Legend() {}

    /**
     * Returns the sentences.
     *
     * @param best the name of the mark of the best cells, such as {@code *}
     * @param notWorse the name of the mark of cells that are not significantly worse
     */
    static List<String> of(ComputedTable table, String best, String notWorse) {
        TableLayout layout = table.layout();
        List<String> lines = new ArrayList<>();
        for (TableLayout.Metric metric : layout.metrics()) {
            lines.add(metric(metric, table));
        }
        if (hasMark(table, Mark.BEST)) {
            String place = layout.isBestOfTable() ? "the table" : layout.isBestPerRow() ? "its row" : "its column";
            lines.add(
                    best + ": the best of " + place + " (" + directions(layout) + "); incomplete cells do not compete");
        }
        boolean isCompared = table.cells().stream().anyMatch(cell -> cell.p().isPresent());
        if (isCompared) {
            lines.add(notWorse + ": not significantly worse than the best (" + tests(layout) + ", two-sided, paired by "
                    + (layout.isPerUnit() ? "unit" : "replicate") + ", Holm, level "
                    + DecimalText.of(layout.testLevel()) + ")");
        }
        return lines;
    }

    private static String metric(TableLayout.Metric metric, ComputedTable table) {
        TableLayout layout = table.layout();
        String text = TableGrid.name(metric, layout);
        if (!layout.replicateTags().isEmpty()) {
            text += ": " + (metric.statistic() == Statistic.MEAN ? "mean" : "median") + " over "
                    + layout.replicateTags().stream().map(VisibleText::of).collect(Collectors.joining(", "));
        }
        boolean hasIntervals = table.cells().stream()
                .anyMatch(
                        cell -> cell.metric().equals(metric) && cell.halfWidth().isPresent());
        return hasIntervals
                ? text + " ± half width of the " + percent(layout.confidenceLevel()) + "% confidence interval ("
                        + (layout.bootstrapSeed().isPresent() ? "bootstrap" : "t") + ")"
                : text;
    }

    private static String percent(double level) {
        return BigDecimal.valueOf(level).movePointRight(2).stripTrailingZeros().toPlainString();
    }

    private static String directions(TableLayout layout) {
        List<TableLayout.Metric> marked = layout.metrics().stream()
                .filter(metric -> metric.best().isPresent())
                .toList();
        return marked.stream()
                .map(metric -> metric.best().orElseThrow().name().toLowerCase(Locale.ROOT)
                        + (marked.size() == 1 ? "" : " " + TableGrid.name(metric, layout)))
                .collect(Collectors.joining(", "));
    }

    private static String tests(TableLayout layout) {
        return layout.metrics().stream()
                .filter(metric -> metric.best().isPresent())
                .map(metric -> layout.isWilcoxon(metric) ? "Wilcoxon test" : "t test")
                .distinct()
                .collect(Collectors.joining(" and "));
    }

    private static boolean hasMark(PaperTable table, Mark mark) {
        return table.cells().stream().anyMatch(cell -> cell.mark() == mark);
    }
}
