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

    TableCell marked(PaperTable.Mark newMark, OptionalDouble newP, int newPairs) {
        return new TableCell(
                row, column, metric, value, lower, upper, n, expected, states, newMark, newP, newPairs, jobs);
    }
}
