package org.experimaestro.tui.wire;

import java.util.List;
import java.util.Optional;

/**
 * The answer with the table for a paper.
 *
 * @param rows the tags of the rows
 * @param cols the tags of the columns
 * @param metrics the metrics
 * @param over the tags that means are over
 * @param columns the columns
 * @param lines the lines
 * @param legend remarks on the table
 * @param problem the reason why there is no table
 * @param command a command that prints the same
 */
public record WireTable(
        List<String> rows,
        List<String> cols,
        List<String> metrics,
        List<String> over,
        List<Column> columns,
        List<Line> lines,
        List<String> legend,
        Optional<String> problem,
        String command) {
    /**
     * A column.
     *
     * @param label the values of the columns' tags
     * @param metric the metric
     */
    public record Column(List<String> label, String metric) {}

    /**
     * A line.
     *
     * @param label the values of the rows' tags
     * @param cells its cells
     */
    public record Line(List<String> label, List<Cell> cells) {}

    /**
     * A cell.
     *
     * @param text its text as it is printed
     * @param isBest whether it is the best one
     * @param isNear whether it is not significantly worse than the best one
     * @param filter the filter that selects its jobs
     */
    public record Cell(String text, boolean isBest, boolean isNear, String filter) {}
}
