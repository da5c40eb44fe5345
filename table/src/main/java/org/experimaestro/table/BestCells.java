package org.experimaestro.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.statistics.descriptive.Mean;
import org.experimaestro.Best;
import org.experimaestro.PaperTable.Mark;
import org.experimaestro.TableLayout;

/** The marks of the best cells, and of those that are not significantly worse. */
final class BestCells {
    private final List<CellJobs> jobs;
    private final List<TableCell> cells;
    private final TableLayout layout;

    private BestCells(List<CellJobs> jobs, List<TableCell> cells, TableLayout layout) {
        this.jobs = jobs;
        this.cells = cells;
        this.layout = layout;
    }

    /**
     * Computes and marks cells. Complete cells of a metric compete with those of the same column, or
     * row, or with all.
     *
     * @return the cells in the same order
     */
    static List<TableCell> mark(List<CellJobs> jobs, TableLayout layout) {
        Map<TableLayout.Metric, Integer> expected = new HashMap<>();
        jobs.forEach(cell ->
                expected.merge(cell.metric(), Math.max(1, cell.replicates().size()), Math::max));
        List<TableCell> cells = new ArrayList<>();
        jobs.forEach(cell -> cells.add(cell.cell(expected.getOrDefault(cell.metric(), 1), layout)));
        BestCells marks = new BestCells(jobs, cells, layout);
        marks.competitions().forEach(marks::mark);
        return cells;
    }

    /** Returns the numbers of the complete cells that compete with each other. */
    private List<List<Integer>> competitions() {
        Map<List<Object>, List<Integer>> competitions = new LinkedHashMap<>();
        for (int i = 0; i < cells.size(); i++) {
            TableCell cell = cells.get(i);
            if (cell.isComplete() && cell.metric().best().isPresent()) {
                competitions
                        .computeIfAbsent(List.of(cell.metric(), competition(cell)), key -> new ArrayList<>())
                        .add(i);
            }
        }
        // A cell without a rival is not the best of anything
        return competitions.values().stream()
                .filter(rivals -> rivals.size() > 1)
                .toList();
    }

    /** Returns what the rivals of a cell have in common. */
    private Object competition(TableCell cell) {
        if (layout.isBestOfTable()) {
            return layout;
        }
        return layout.isBestPerRow() ? cell.row() : cell.column();
    }

    private void mark(List<Integer> rivals) {
        double best = bestValue(rivals);
        int bestCell =
                rivals.stream().filter(cell -> value(cell) == best).findFirst().orElseThrow();
        Map<Object, Double> left = compared(bestCell);
        List<Integer> compared = new ArrayList<>();
        List<Double> pValues = new ArrayList<>();
        List<Integer> pairs = new ArrayList<>();
        List<Boolean> worse = new ArrayList<>();
        for (int rival : rivals) {
            if (value(rival) == best) {
                cells.set(rival, cells.get(rival).marked(Mark.BEST, OptionalDouble.empty(), 0));
                continue;
            }
            double[] differences = differences(left, compared(rival));
            OptionalDouble p = layout.isWilcoxon(cells.get(rival).metric())
                    ? PairedTests.wilcoxon(differences)
                    : PairedTests.t(differences);
            if (p.isPresent()) {
                compared.add(rival);
                pValues.add(p.getAsDouble());
                pairs.add(differences.length);
                worse.add(isWorse(differences, cells.get(rival)));
            }
        }
        double[] adjusted = Holm.adjust(CellJobs.array(pValues));
        for (int i = 0; i < adjusted.length; i++) {
            boolean isWorse = adjusted[i] <= layout.testLevel() && worse.get(i);
            Mark mark = isWorse ? Mark.NONE : Mark.NOT_WORSE;
            int cell = compared.get(i);
            cells.set(cell, cells.get(cell).marked(mark, OptionalDouble.of(adjusted[i]), pairs.get(i)));
        }
    }

    /** Returns whether the differences are to the rival's disadvantage, which those of units need not be. */
    private static boolean isWorse(double[] differences, TableCell rival) {
        double mean = Mean.of(differences).getAsDouble();
        return rival.metric().best().equals(Optional.of(Best.HIGHEST)) ? mean > 0 : mean < 0;
    }

    private double bestValue(List<Integer> rivals) {
        double[] values = rivals.stream().mapToDouble(this::value).toArray();
        Best direction = cells.get(rivals.getFirst()).metric().best().orElseThrow();
        return (direction == Best.HIGHEST
                        ? Arrays.stream(values).max()
                        : Arrays.stream(values).min())
                .orElseThrow();
    }

    private double value(int cell) {
        return cells.get(cell).value().orElseThrow();
    }

    /** Returns the values of a cell that are compared, by unit or replicate. */
    private Map<Object, Double> compared(int cell) {
        return layout.isPerUnit() ? jobs.get(cell).unitValues() : jobs.get(cell).values();
    }

    /** Returns the differences of the values that both cells have, of the same unit or replicate. */
    private static double[] differences(Map<Object, Double> left, Map<Object, Double> right) {
        List<Double> differences = new ArrayList<>();
        left.forEach((key, value) -> {
            Double other = right.get(key);
            if (other != null) {
                differences.add(value - other);
            }
        });
        return CellJobs.array(differences);
    }
}
