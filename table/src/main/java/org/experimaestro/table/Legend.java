package org.experimaestro.table;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.experimaestro.PaperTable;
import org.experimaestro.PaperTable.Mark;
import org.experimaestro.PaperTable.Verdict;
import org.experimaestro.TableLayout;
import org.experimaestro.TableLayout.Statistic;
import org.experimaestro.base.text.DecimalText;
import org.experimaestro.base.text.VisibleText;

/** The explanation of a table's numbers and marks, as sentences for its caption. */
final class Legend {
    private final ComputedTable table;
    private final TableLayout layout;
    private final Competition competition;
    private final MarkNames names;

    private Legend(ComputedTable table, MarkNames names) {
        this.table = table;
        this.layout = table.layout();
        this.competition = new Competition(layout);
        this.names = names;
    }

    /** Returns the sentences, those about the metrics first. */
    static List<String> of(ComputedTable table, MarkNames names) {
        Legend legend = new Legend(table, names);
        List<String> lines = new ArrayList<>(legend.metrics());
        lines.addAll(legend.marks());
        return lines;
    }

    /** Returns the sentences about marks and p-values. */
    static List<String> ofMarks(ComputedTable table, MarkNames names) {
        return new Legend(table, names).marks();
    }

    private List<String> metrics() {
        return layout.metrics().stream().map(this::metric).toList();
    }

    private String metric(TableLayout.Metric metric) {
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

    private List<String> marks() {
        List<String> lines = new ArrayList<>();
        if (table.cells().stream().anyMatch(cell -> cell.mark() == Mark.BEST)) {
            lines.add(names.best() + ": the best of " + competition.words() + " (" + directions()
                    + "); incomplete cells do not compete");
        }
        List<PaperTable.Cell> tested =
                table.cells().stream().filter(cell -> cell.p().isPresent()).toList();
        String other = table.baseline()
                .map(baseline -> "the baseline " + TableGrid.tags(baseline.tags()))
                .orElse("the best");
        if (tested.isEmpty()) {
            if (hasNumbers()) {
                lines.add("no cells are compared: a test needs two complete cells with at least two pairs of values");
            }
            return lines;
        }
        String meaning = table.baseline().isPresent()
                ? names.better() + ", " + names.worse() + ": significantly better, or worse, than "
                : names.notWorse() + ": not significantly worse than ";
        lines.add(meaning + other + " (" + tests(tested) + ")");
        if (layout.hasPValues()) {
            lines.add("p: the corrected p-value of this test");
        }
        int missing = table.baseline().isPresent() ? groupsWithoutBaseline() : 0;
        if (missing > 0) {
            lines.add("no comparison in " + missing + " of " + groups(cell -> true) + " " + competition.groupWord()
                    + "s, where the baseline or all other cells are incomplete");
        }
        return lines;
    }

    /** Returns whether the reader gets the numbers of pairs and comparisons: to judge p-values, or the baseline's tests. */
    private boolean hasNumbers() {
        return layout.hasPValues() || table.baseline().isPresent();
    }

    private int groupsWithoutBaseline() {
        return groups(cell -> true) - groups(cell -> cell.verdict() == Verdict.BASELINE);
    }

    /** Returns the number of groups of cells that compete, of which one is like this. */
    private int groups(Predicate<PaperTable.Cell> condition) {
        return (int) table.cells().stream()
                .filter(cell -> cell.metric().best().isPresent())
                .filter(condition)
                .map(competition::group)
                .distinct()
                .count();
    }

    private String directions() {
        List<TableLayout.Metric> marked = layout.metrics().stream()
                .filter(metric -> metric.best().isPresent())
                .toList();
        return marked.stream()
                .map(metric -> metric.best().orElseThrow().name().toLowerCase(Locale.ROOT)
                        + (marked.size() == 1 ? "" : " " + TableGrid.name(metric, layout)))
                .collect(Collectors.joining(", "));
    }

    private String tests(List<PaperTable.Cell> tested) {
        Collection<Long> families = tested.stream()
                .collect(Collectors.groupingBy(competition::group, Collectors.counting()))
                .values();
        String pairs = range(
                tested.stream().mapToInt(PaperTable.Cell::pairs).summaryStatistics(),
                layout.isPerUnit() ? "unit" : "pair");
        String comparisons = range(families.stream().mapToInt(Long::intValue).summaryStatistics(), "comparison");
        String tests = layout.metrics().stream()
                .filter(metric -> metric.best().isPresent())
                .map(metric -> layout.isWilcoxon(metric) ? "Wilcoxon test" : "t test")
                .distinct()
                .collect(Collectors.joining(" and "));
        return tests + ", two-sided, paired by " + (layout.isPerUnit() ? "unit" : "replicate")
                + (hasNumbers() ? ", " + pairs + ", Holm for " + comparisons : ", Holm") + ", level "
                + DecimalText.of(layout.testLevel());
    }

    /** Returns numbers in words: {@code 5 pairs}, {@code 3 to 5 pairs}, {@code 1 comparison}. */
    private static String range(IntSummaryStatistics numbers, String noun) {
        int most = numbers.getMax();
        return (numbers.getMin() == most ? "" : numbers.getMin() + " to ") + most + " " + noun + (most == 1 ? "" : "s");
    }
}
