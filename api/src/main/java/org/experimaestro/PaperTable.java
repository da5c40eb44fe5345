package org.experimaestro;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.ServiceLoader;

/**
 * A computed table for a paper: a row for each combination of the row tags' values, a column for each combination of
 * the column tags' values, and in each of their cells the mean of a metric over the replicates. Immutable.
 *
 * <pre>{@code
 * PaperTable table = report.table().rows("model").mean("accuracy").over("seed").compute();
 * Files.writeString(folder.resolve("table.tex"), table.to(TableFormat.LATEX));
 * }</pre>
 */
public interface PaperTable {

    /**
     * Returns the layout that the table was computed from.
     *
     * @return the layout
     */
    TableLayout layout();

    /**
     * Returns the rows.
     *
     * @return the values of the row tags by name, in the order in which the jobs were submitted; a tag that the row's
     *     jobs do not have is absent
     */
    List<Map<String, Object>> rows();

    /**
     * Returns the columns.
     *
     * @return the values of the column tags by name, as for {@link #rows}; one empty map without column tags
     */
    List<Map<String, Object>> columns();

    /**
     * Returns the cells.
     *
     * @return row by row; in each row, column by column; in each column, in the order of the layout's metrics
     */
    List<Cell> cells();

    /**
     * Writes the table.
     *
     * @param format the format
     * @return lines that end with a line feed
     * @throws PlanException if the table cannot be plotted: see {@link TableFormat#SVG}
     */
    String to(TableFormat format);

    /** Returns the table as {@link TableFormat#TEXT}, without the last line feed. */
    @Override
    String toString();

    /** A cell: one metric of the jobs that have the tags of one row and one column. Immutable. */
    interface Cell {

        /**
         * Returns the tags of the cell's row.
         *
         * @return one of {@link PaperTable#rows}
         */
        Map<String, Object> row();

        /**
         * Returns the tags of the cell's column.
         *
         * @return one of {@link PaperTable#columns}
         */
        Map<String, Object> column();

        /**
         * Returns the metric, with its statistic and direction.
         *
         * @return one of the layout's metrics
         */
        TableLayout.Metric metric();

        /**
         * Returns the mean, or the median, of the {@link #n} values.
         *
         * @return empty if no job of the cell is done
         */
        OptionalDouble value();

        /**
         * Returns the lower end of the confidence interval.
         *
         * @return empty with fewer than two values, and if one of them is NaN or infinite
         */
        OptionalDouble lower();

        /**
         * Returns the upper end of the confidence interval.
         *
         * @return empty if {@link #lower} is
         */
        OptionalDouble upper();

        /**
         * Returns half of the width of the confidence interval, which stands behind ±.
         *
         * @return at least 0; empty if {@link #lower} is
         */
        OptionalDouble halfWidth();

        /**
         * Returns the number of values: the replicates that are done.
         *
         * @return from 0 to {@link #expected}
         */
        int n();

        /**
         * Returns the number of replicates of a complete cell: the largest number of replicates, done or not, that a
         * cell of this metric has.
         *
         * @return at least 1
         */
        int expected();

        /**
         * Returns the jobs of the cell that give no value, by their states.
         *
         * @return the number of jobs for each word of {@link JobReport#state}, and for {@code no metric}, which means a
         *     job that is done without the metric; unmodifiable
         */
        Map<String, Integer> states();

        /**
         * Returns the mark of the cell among the cells that it competes with.
         *
         * @return {@link Mark#NONE} also for an incomplete cell
         */
        Mark mark();

        /**
         * Returns the verdict of the test against the baseline.
         *
         * @return {@link Verdict#NONE} if the layout has no baseline
         */
        Verdict verdict();

        /**
         * Returns the p-value of the paired test against the baseline, or against the best cell if the layout has no
         * baseline. It is corrected by Holm's method for all comparisons with that cell.
         *
         * @return from 0 to 1; empty if the cell is compared with none
         */
        OptionalDouble p();

        /**
         * Returns the number of pairs in the test.
         *
         * @return 0 if the cell is compared with none
         */
        int pairs();

        /**
         * Returns the jobs of the cell, done or not.
         *
         * @return the jobs, in the order of submission
         */
        List<JobReport> jobs();
    }

    /** The place of a cell among the cells that it competes with. */
    enum Mark {
        /** The cell does not compete, or is significantly worse than the best one. */
        NONE,
        /** The value is the best one. Equal values are all the best. */
        BEST,
        /** The value is not the best, and the test does not find it worse. No cell has this mark beside a baseline. */
        NOT_WORSE
    }

    /** The verdict of the test of a cell against the baseline. */
    enum Verdict {
        /**
         * The cell is not compared: it or the baseline is incomplete, the two have fewer than two pairs, or all pairs differ
         * by the same number, which the t test cannot judge.
         */
        NONE,
        /** The cell is the baseline. */
        BASELINE,
        /** The cell is significantly better. */
        BETTER,
        /** The cell is significantly worse. */
        WORSE,
        /** The test finds the cell neither better nor worse. */
        UNDECIDED
    }

    /** A provider of computed tables. The module {@code table} has the only one; plans do not use it. */
    interface Provider {

        /**
         * Computes a table.
         *
         * @param layout the layout and its jobs
         * @return the table
         * @throws PlanException if the layout does not fit to the jobs
         */
        PaperTable compute(TableLayout layout);

        /**
         * Finds the provider.
         *
         * @return the first service of this type that the class path has; empty without the module {@code table}
         */
        static Optional<Provider> find() {
            return ServiceLoader.load(Provider.class, Provider.class.getClassLoader())
                    .findFirst();
        }
    }
}
