package org.experimaestro.table;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.experimaestro.JobReport;
import org.experimaestro.PaperTable;
import org.experimaestro.TableLayout;

/** A computed cell; {@link PaperTable.Cell} documents its values. */
record TableCell(
        Map<String, Object> row,
        Map<String, Object> column,
        TableLayout.Metric metric,
        OptionalDouble value,
        OptionalDouble lower,
        OptionalDouble upper,
        int n,
        int expected,
        Map<String, Integer> states,
        PaperTable.Mark mark,
        PaperTable.Verdict verdict,
        OptionalDouble p,
        int pairs,
        List<JobReport> jobs)
        implements PaperTable.Cell {

    @Override
    public OptionalDouble halfWidth() {
        return lower.isPresent() && upper.isPresent()
                ? OptionalDouble.of((upper.getAsDouble() - lower.getAsDouble()) / 2)
                : OptionalDouble.empty();
    }

    /** Returns whether the cell has a value of each replicate, so that it competes with others. */
    boolean isComplete() {
        return n == expected && value.isPresent() && !Double.isNaN(value.getAsDouble());
    }

    TableCell marked(PaperTable.Mark newMark) {
        return new TableCell(
                row, column, metric, value, lower, upper, n, expected, states, newMark, verdict, p, pairs, jobs);
    }

    TableCell judged(PaperTable.Verdict newVerdict) {
        return new TableCell(
                row, column, metric, value, lower, upper, n, expected, states, mark, newVerdict, p, pairs, jobs);
    }

    TableCell tested(double newP, int newPairs) {
        OptionalDouble found = OptionalDouble.of(newP);
        return new TableCell(
                row, column, metric, value, lower, upper, n, expected, states, mark, verdict, found, newPairs, jobs);
    }
}
