package org.experimaestro.web.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A table for a paper, or the reason why there is none.
 *
 * @param rows the tags of the rows
 * @param cols the tags of the columns
 * @param metrics the metrics
 * @param lowest those of the metrics of which lower values are better, by the question or by their names
 * @param over the tags that tell replicates apart
 * @param choices the names that a question may use
 * @param columns the columns
 * @param lines the rows with their cells
 * @param legend sentences that explain the numbers and marks
 * @param problem the reason why there is no table
 * @param command the command that prints the same
 */
record TableAnswer(
        List<String> rows,
        List<String> cols,
        List<String> metrics,
        List<String> lowest,
        List<String> over,
        Choices choices,
        List<Column> columns,
        List<Line> lines,
        List<String> legend,
        Optional<String> problem,
        String command) {

    /**
     * Names that a layout may use.
     *
     * @param tags the tags in which the jobs differ
     * @param metrics the metrics that jobs have
     */
    record Choices(List<String> tags, List<String> metrics) {}

    /**
     * A column.
     *
     * @param label the values of the column tags
     * @param metric its metric
     */
    record Column(List<String> label, String metric) {}

    /**
     * A row.
     *
     * @param label the values of the row tags
     * @param cells a cell for each column
     */
    record Line(List<String> label, List<Cell> cells) {}

    /**
     * A cell.
     *
     * @param text the number as it is printed; without a value, the states of the jobs
     * @param mean the mean
     * @param half half of the confidence interval
     * @param n the number of values
     * @param missing the number of replicates without a value
     * @param states the numbers of the jobs by state
     * @param isBest whether the cell is the best one
     * @param isNear whether the cell is not significantly worse than the best one
     * @param filter selects the jobs
     */
    record Cell(
            String text,
            OptionalDouble mean,
            OptionalDouble half,
            int n,
            int missing,
            Map<CountedState, Integer> states,
            boolean isBest,
            boolean isNear,
            String filter) {}
}
