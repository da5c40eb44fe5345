package org.experimaestro.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.Best;
import org.experimaestro.PaperTable.Mark;
import org.experimaestro.PaperTable.Verdict;
import org.experimaestro.TableLayout;

/** The marks of the best cells, and those of the cells that tests tell from the best ones, or from the baseline. */
final class CellMarks {
    private final List<CellJobs> jobs;
    private final List<TableCell> cells;
    private final TableLayout layout;

    private CellMarks(List<CellJobs> jobs, List<TableCell> cells, TableLayout layout) {
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
    static List<TableCell> mark(List<CellJobs> jobs, TableLayout layout, Optional<Baseline> baseline) {
        Map<TableLayout.Metric, Integer> expected = new HashMap<>();
        jobs.forEach(cell ->
                expected.merge(cell.metric(), Math.max(1, cell.replicates().size()), Math::max));
        List<TableCell> cells = new ArrayList<>();
        jobs.forEach(cell -> cells.add(cell.cell(expected.getOrDefault(cell.metric(), 1), layout)));
        CellMarks marks = new CellMarks(jobs, cells, layout);
        for (List<Integer> rivals : marks.competitions()) {
            List<Integer> best = marks.markBest(rivals);
            baseline.ifPresentOrElse(
                    against -> marks.compareWithBaseline(rivals, against), () -> marks.compareWithBest(rivals, best));
        }
        return cells;
    }

    /** Returns the numbers of the complete cells that compete with each other. */
    private List<List<Integer>> competitions() {
        Competition competition = new Competition(layout);
        Map<List<Object>, List<Integer>> competitions = new LinkedHashMap<>();
        for (int i = 0; i < cells.size(); i++) {
            TableCell cell = cells.get(i);
            if (cell.isComplete() && cell.metric().best().isPresent()) {
                competitions
                        .computeIfAbsent(competition.group(cell), key -> new ArrayList<>())
                        .add(i);
            }
        }
        // A cell without a rival is not the best of anything
        return competitions.values().stream()
                .filter(rivals -> rivals.size() > 1)
                .toList();
    }

    /** Marks the best cells, and returns them. */
    private List<Integer> markBest(List<Integer> rivals) {
        double best = bestValue(rivals);
        List<Integer> found =
                rivals.stream().filter(rival -> value(rival) == best).toList();
        found.forEach(rival -> cells.set(rival, cells.get(rival).marked(Mark.BEST)));
        return found;
    }

    private double bestValue(List<Integer> rivals) {
        double[] values = rivals.stream().mapToDouble(this::value).toArray();
        return (isHighestBest(rivals.getFirst())
                        ? Arrays.stream(values).max()
                        : Arrays.stream(values).min())
                .orElseThrow();
    }

    private double value(int cell) {
        return cells.get(cell).value().orElseThrow();
    }

    private boolean isHighestBest(int cell) {
        return cells.get(cell).metric().best().equals(Optional.of(Best.HIGHEST));
    }

    private void compareWithBest(List<Integer> rivals, List<Integer> best) {
        List<Integer> others = new ArrayList<>(rivals);
        others.removeAll(best);
        for (CellComparison test : CellComparison.all(best.getFirst(), others, jobs, layout)) {
            boolean isWorse = isSignificant(test) && !isBetter(test);
            cells.set(test.cell(), tested(test).marked(isWorse ? Mark.NONE : Mark.NOT_WORSE));
        }
    }

    /** Compares cells with that of the baseline, which may be incomplete and is not among the rivals then. */
    private void compareWithBaseline(List<Integer> rivals, Baseline baseline) {
        Optional<Integer> found =
                rivals.stream().filter(rival -> baseline.has(cells.get(rival))).findFirst();
        if (found.isEmpty()) {
            return;
        }
        int own = found.get();
        cells.set(own, cells.get(own).judged(Verdict.BASELINE));
        List<Integer> others = rivals.stream().filter(rival -> rival != own).toList();
        for (CellComparison test : CellComparison.all(own, others, jobs, layout)) {
            Verdict verdict =
                    !isSignificant(test) ? Verdict.UNDECIDED : isBetter(test) ? Verdict.BETTER : Verdict.WORSE;
            cells.set(test.cell(), tested(test).judged(verdict));
        }
    }

    private TableCell tested(CellComparison test) {
        return cells.get(test.cell()).tested(test.p(), test.pairs());
    }

    private boolean isSignificant(CellComparison test) {
        return test.p() <= layout.testLevel();
    }

    /** Returns whether the differences are to the cell's advantage, which those of units need not be for the best cell. */
    private boolean isBetter(CellComparison test) {
        return isHighestBest(test.cell()) ? test.difference() > 0 : test.difference() < 0;
    }
}
