package org.experimaestro.table;

import org.experimaestro.PaperTable;

/**
 * The names of a format's marks, for the legend.
 *
 * @param best the mark of the best cells
 * @param notWorse the mark of the cells that are not significantly worse than the best
 * @param better the mark of the cells that are significantly better than the baseline
 * @param worse the mark of the cells that are significantly worse than the baseline
 */
record MarkNames(String best, String notWorse, String better, String worse) {
    /** The marks that are signs behind the number. */
    static final MarkNames SIGNS = new MarkNames("*", "~", "+", "-");

    /** Returns the signs of a cell: {@code *}, {@code ~}, {@code +}, {@code -}, {@code * +}; empty without a mark. */
    static String signs(PaperTable.Cell cell) {
        String mark = switch (cell.mark()) {
            case BEST -> SIGNS.best;
            case NOT_WORSE -> SIGNS.notWorse;
            case NONE -> "";
        };
        return (mark + " " + verdict(cell)).strip();
    }

    /** Returns the sign of a cell's verdict; empty if the cell is neither better nor worse. */
    static String verdict(PaperTable.Cell cell) {
        return switch (cell.verdict()) {
            case BETTER -> SIGNS.better;
            case WORSE -> SIGNS.worse;
            case NONE, BASELINE, UNDECIDED -> "";
        };
    }
}
