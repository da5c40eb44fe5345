package org.experimaestro;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.experimaestro.base.process.PlanLine;
import org.jspecify.annotations.Nullable;

/**
 * The layout of a table for a paper: which tags make rows and columns, which metrics are in the cells, and which tags
 * only tell replicates apart. Immutable; each method returns a new layout.
 *
 * <pre>{@code
 * System.out.println(report.table().rows("k1").columns("b").mean("map").best(Best.HIGHEST).over("seed"));
 * }</pre>
 *
 * <p>A cell has the jobs with the same values of the row and column tags. Its value is the mean over the replicates,
 * with a confidence interval. Another tag that differs among a cell's jobs is an error, because the mean would mix
 * different settings.
 */
public final class TableLayout {
    /** The tag over which cells have means without being asked, unless it makes rows or columns. */
    public static final String REPLICATE = "replicate";

    private static final double DEFAULT_CONFIDENCE = 0.95;

    private final List<JobReport> jobs;
    /** True if jobs have different values of the tag {@value #REPLICATE}: asked for each cell, and the same for all. */
    private final boolean hasReplicates;

    private List<String> rowTags = List.of();
    private List<String> columnTags = List.of();
    private List<Metric> metrics = List.of();
    private List<String> replicateTags = List.of();
    private double confidence = DEFAULT_CONFIDENCE;
    private OptionalLong bootstrapSeed = OptionalLong.empty();
    private boolean wilcoxon;
    private boolean perUnit;
    private boolean bestPerRow;
    private boolean bestOfTable;
    private Map<String, Object> baseline = Map.of();
    private boolean withPValues;
    private boolean withJobs;

    TableLayout(List<JobReport> jobs) {
        this.jobs = List.copyOf(jobs);
        this.hasReplicates = LayoutTags.differ(this.jobs, REPLICATE);
    }

    private TableLayout(TableLayout other) {
        this.jobs = other.jobs;
        this.hasReplicates = other.hasReplicates;
        this.rowTags = other.rowTags;
        this.columnTags = other.columnTags;
        this.metrics = other.metrics;
        this.replicateTags = other.replicateTags;
        this.confidence = other.confidence;
        this.bootstrapSeed = other.bootstrapSeed;
        this.wilcoxon = other.wilcoxon;
        this.perUnit = other.perUnit;
        this.bestPerRow = other.bestPerRow;
        this.bestOfTable = other.bestOfTable;
        this.baseline = other.baseline;
        this.withPValues = other.withPValues;
        this.withJobs = other.withJobs;
    }

    private TableLayout with(Consumer<TableLayout> change) {
        TableLayout layout = new TableLayout(this);
        change.accept(layout);
        return layout;
    }

    /**
     * Adds tags whose values make the rows.
     *
     * @param tag the name of a tag
     * @param more the names of further tags: a row for each combination of values that a job has
     * @return a new layout
     */
    public TableLayout rows(String tag, String... more) {
        return with(layout -> layout.rowTags = LayoutTags.joined(rowTags, tag, more));
    }

    /**
     * Adds tags whose values make the columns.
     *
     * @param tag the name of a tag
     * @param more the names of further tags
     * @return a new layout
     */
    public TableLayout columns(String tag, String... more) {
        return with(layout -> layout.columnTags = LayoutTags.joined(columnTags, tag, more));
    }

    /**
     * Adds tags that only tell replicates apart, such as {@code seed}. Cells have means over their values. The tag {@value
     * #REPLICATE} need not be added: {@link #replicateTags}.
     *
     * @param tag the name of a tag
     * @param more the names of further tags: a replicate is a combination of values
     * @return a new layout
     */
    public TableLayout over(String tag, String... more) {
        return with(layout -> layout.replicateTags = LayoutTags.joined(replicateTags, tag, more));
    }

    /**
     * Adds a metric, of which each cell has the arithmetic mean. Its interval is that of Student's t distribution, or
     * of the {@link #bootstrap}.
     *
     * @param metric the name of the metric
     * @return a new layout
     */
    public TableLayout mean(String metric) {
        return with(new Metric(metric, Statistic.MEAN, null));
    }

    /**
     * Adds a metric, of which each cell has the median. It has an interval only by the {@link #bootstrap}, and is
     * compared by the Wilcoxon test.
     *
     * @param metric the name of the metric
     * @return a new layout
     */
    public TableLayout median(String metric) {
        return with(new Metric(metric, Statistic.MEDIAN, null));
    }

    private TableLayout with(Metric metric) {
        List<Metric> all = new ArrayList<>(metrics);
        all.add(metric);
        return with(layout -> layout.metrics = List.copyOf(all));
    }

    /**
     * Marks the best cells of the metric that was added last, and the cells that are not significantly worse. Each
     * complete cell is compared with the best one of its column by a paired two-sided test. Holm's method corrects
     * for the number of comparisons; the level is 1 - {@link #confidence(double) confidence}.
     *
     * @param direction the direction in which the metric gets better
     * @return a new layout
     * @throws PlanException if no metric was added
     */
    public TableLayout best(Best direction) {
        if (metrics.isEmpty()) {
            throw PlanException.of("Cannot mark the best cells: the table has no metric yet")
                    .at(PlanLine.current())
                    .advice("call mean(\"…\") before best(…)")
                    .build();
        }
        List<Metric> all = new ArrayList<>(metrics);
        Metric last = all.remove(all.size() - 1);
        all.add(new Metric(last.name, last.statistic, direction));
        return with(layout -> layout.metrics = List.copyOf(all));
    }

    /**
     * Marks the best cells of each row, in the place of those of each column.
     *
     * @return a new layout
     */
    public TableLayout bestPerRow() {
        return with(layout -> {
            layout.bestPerRow = true;
            layout.bestOfTable = false;
        });
    }

    /**
     * Marks the best cells of the whole table, in the place of those of each column.
     *
     * @return a new layout
     */
    public TableLayout bestOfTable() {
        return with(layout -> {
            layout.bestOfTable = true;
            layout.bestPerRow = false;
        });
    }

    /**
     * Compares the cells with those of one row, the baseline, in the place of the best ones, and marks those that are
     * significantly better or worse. With {@link #bestPerRow} the baseline is a column, and with {@link #bestOfTable} a
     * cell. The metrics that have a {@linkplain #best direction} are compared.
     *
     * @param tag the name of a tag that makes rows; columns with {@link #bestPerRow}
     * @param value its value in the baseline; several calls may be necessary to tell one row from the others
     * @return a new layout
     */
    public TableLayout baseline(String tag, Object value) {
        Map<String, Object> tags = new LinkedHashMap<>(baseline);
        tags.put(tag, value);
        return with(layout -> layout.baseline = Collections.unmodifiableMap(tags));
    }

    /**
     * Adds the corrected p-values of the tests to the cells of all formats. {@link TableFormat#CSV} and {@link
     * TableFormat#JSON} always have them.
     *
     * @return a new layout
     */
    public TableLayout pValues() {
        return with(layout -> layout.withPValues = true);
    }

    /**
     * Sets the confidence level of the intervals. The level of the tests is 1 minus this.
     *
     * @param level greater than 0 and less than 1; 0.95 by default
     * @return a new layout
     * @throws PlanException if the level is out of range
     */
    public TableLayout confidence(double level) {
        if (!(level > 0 && level < 1)) {
            throw PlanException.of("Cannot compute an interval of the confidence level " + level
                            + ": it must be greater than 0 and less than 1")
                    .at(PlanLine.current())
                    .advice("write 0.95 for 95%")
                    .build();
        }
        return with(layout -> layout.confidence = level);
    }

    /**
     * Computes intervals by the percentile bootstrap, from 10,000 samples. They need no normal distribution, and are
     * too narrow for few replicates.
     *
     * @param seed the seed of the random numbers; equal seeds give equal intervals
     * @return a new layout
     */
    public TableLayout bootstrap(long seed) {
        return with(layout -> layout.bootstrapSeed = OptionalLong.of(seed));
    }

    /**
     * Compares means by the Wilcoxon signed-rank test, in the place of the paired t test.
     *
     * @return a new layout
     */
    public TableLayout wilcoxon() {
        return with(layout -> layout.wilcoxon = true);
    }

    /**
     * Pairs the values of the tests by unit, such as a topic or a fold, in the place of the replicate. The value of a
     * unit is its mean over the cell's replicates. Tasks record such values by {@link TaskContext#metric(String,
     * String, double)}.
     *
     * @return a new layout
     */
    public TableLayout perUnit() {
        return with(layout -> layout.perUnit = true);
    }

    /**
     * Adds the identifiers and folders of each cell's jobs to {@link TableFormat#CSV} and {@link TableFormat#JSON}.
     *
     * @return a new layout
     */
    public TableLayout withJobs() {
        return with(layout -> layout.withJobs = true);
    }

    /**
     * Computes the table.
     *
     * @return the table
     * @throws PlanException if no job has one of the tags or metrics, or a cell would mix different settings
     * @throws PlanException if the module {@code table} is not on the class path
     */
    public PaperTable compute() {
        PaperTable.Provider provider = PaperTable.Provider.find()
                .orElseThrow(
                        () -> PlanException.of("Cannot compute a table of means: the code that computes it is missing")
                                .at(PlanLine.current())
                                .advice("put experimaestro-table on the class path")
                                .build());
        return provider.compute(this);
    }

    /** Computes the table, and returns it as text. */
    @Override
    public String toString() {
        return compute().toString();
    }

    /**
     * Returns the jobs of the table.
     *
     * @return the jobs, in the order of submission
     */
    public List<JobReport> jobs() {
        return jobs;
    }

    /**
     * Returns the tags that make the rows.
     *
     * @return their names
     */
    public List<String> rowTags() {
        return rowTags;
    }

    /**
     * Returns the tags that make the columns.
     *
     * @return their names
     */
    public List<String> columnTags() {
        return columnTags;
    }

    /**
     * Returns the tags that tell replicates apart: those of {@link #over}, then {@value #REPLICATE} if jobs have different
     * values of it, and it makes neither rows nor columns.
     *
     * @return their names
     */
    public List<String> replicateTags() {
        boolean isChosen = rowTags.contains(REPLICATE) || columnTags.contains(REPLICATE);
        return isChosen || !hasReplicates ? replicateTags : LayoutTags.joined(replicateTags, REPLICATE);
    }

    /**
     * Returns the metrics.
     *
     * @return the metrics, in the order of their addition
     */
    public List<Metric> metrics() {
        return metrics;
    }

    /**
     * Returns the confidence level of the intervals.
     *
     * @return greater than 0 and less than 1
     */
    public double confidenceLevel() {
        return confidence;
    }

    /**
     * Returns the level of the tests, below which an adjusted p-value is significant.
     *
     * @return 1 minus the confidence level, such as 0.05
     */
    public double testLevel() {
        return BigDecimal.ONE.subtract(BigDecimal.valueOf(confidence)).doubleValue();
    }

    /**
     * Returns the seed of the bootstrap.
     *
     * @return empty if intervals come from the t distribution
     */
    public OptionalLong bootstrapSeed() {
        return bootstrapSeed;
    }

    /**
     * Returns whether a metric is compared by the Wilcoxon test.
     *
     * @param metric one of the metrics
     * @return false if it is compared by the paired t test
     */
    public boolean isWilcoxon(Metric metric) {
        return wilcoxon || metric.statistic() == Statistic.MEDIAN;
    }

    /**
     * Returns whether tests pair values by unit.
     *
     * @return false if tests pair values by replicate
     */
    public boolean isPerUnit() {
        return perUnit;
    }

    /**
     * Returns whether cells compete in their row.
     *
     * @return false if they compete in their column, or in the whole table
     */
    public boolean isBestPerRow() {
        return bestPerRow;
    }

    /**
     * Returns whether all cells of a metric compete.
     *
     * @return false if they compete in their column, or in their row
     */
    public boolean isBestOfTable() {
        return bestOfTable;
    }

    /**
     * Returns the tags of the baseline.
     *
     * @return the values by name; empty if cells are compared with the best ones
     */
    public Map<String, Object> baselineTags() {
        return baseline;
    }

    /**
     * Returns whether the cells of all formats have p-values.
     *
     * @return false by default
     */
    public boolean hasPValues() {
        return withPValues;
    }

    /**
     * Returns whether CSV and JSON have the cells' jobs.
     *
     * @return false by default
     */
    public boolean hasJobs() {
        return withJobs;
    }

    /** A statistic of a cell's values. */
    public enum Statistic {
        /** The arithmetic mean. */
        MEAN,
        /** The median; with an even number of values, the mean of the middle two. */
        MEDIAN
    }

    /** A metric of the table. Immutable. */
    public static final class Metric {
        private final String name;
        private final Statistic statistic;
        private final @Nullable Best best;

        private Metric(String name, Statistic statistic, @Nullable Best best) {
            this.name = name;
            this.statistic = statistic;
            this.best = best;
        }

        /**
         * Returns the metric's name.
         *
         * @return the name that tasks record
         */
        public String name() {
            return name;
        }

        /**
         * Returns the statistic of the cells.
         *
         * @return the mean or the median
         */
        public Statistic statistic() {
            return statistic;
        }

        /**
         * Returns the direction in which the metric gets better.
         *
         * @return empty if no cell is marked
         */
        public Optional<Best> best() {
            return Optional.ofNullable(best);
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
