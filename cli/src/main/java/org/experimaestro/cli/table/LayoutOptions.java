package org.experimaestro.cli.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.experimaestro.Best;
import org.experimaestro.JobReport;
import org.experimaestro.Table;
import org.experimaestro.TableLayout;
import org.experimaestro.cli.option.CommandLineProblem;
import org.experimaestro.cli.option.NamesConverter;
import org.experimaestro.cli.option.NamesConverter.Names;
import org.experimaestro.cli.option.TagConverter;
import org.experimaestro.monitor.filter.TagConditions;
import org.experimaestro.web.address.PageScreen;
import org.experimaestro.web.address.PageView;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that lay out a table. */
final class LayoutOptions {
    private static final int HUNDRED = 100;

    @Spec(Spec.Target.MIXEE)
    @Nullable
    CommandSpec command;

    @Option(
            names = "--rows",
            paramLabel = "TAG[,TAG...]",
            converter = NamesConverter.class,
            required = true,
            description = {"Tags whose values make the rows.", NamesConverter.QUOTES})
    private List<Names> rows = List.of();

    @Option(
            names = "--columns",
            paramLabel = "TAG[,TAG...]",
            converter = NamesConverter.class,
            description = "Tags whose values make the columns.")
    private List<Names> columns = List.of();

    @Option(
            names = "--metric",
            paramLabel = "METRIC[,METRIC...]",
            converter = NamesConverter.class,
            description = "Metrics whose means are in the cells.")
    private List<Names> means = List.of();

    @Option(
            names = "--median",
            paramLabel = "METRIC[,METRIC...]",
            converter = NamesConverter.class,
            description = "Metrics whose medians are in the cells.")
    private List<Names> medians = List.of();

    @Option(
            names = "--over",
            paramLabel = "TAG[,TAG...]",
            converter = NamesConverter.class,
            description =
                    "Tags that only tell replicates apart, such as seed: means are over their values. The tag replicate"
                            + " is always one, unless it makes rows or columns.")
    private List<Names> over = List.of();

    @Option(
            names = "--highest",
            paramLabel = "METRIC[,METRIC...]",
            converter = NamesConverter.class,
            description = "Mark the best cells of these metrics, of which higher values are better.")
    private List<Names> highest = List.of();

    @Option(
            names = "--lowest",
            paramLabel = "METRIC[,METRIC...]",
            converter = NamesConverter.class,
            description = "Mark the best cells of these metrics, of which lower values are better.")
    private List<Names> lowest = List.of();

    @Option(
            names = "--best",
            paramLabel = "OF",
            description =
                    "Mark the best cells of each column, of each row, or of the whole table: column, row or table."
                            + " Default: column.")
    private Competition competition = Competition.COLUMN;

    /** Takes the name that {@code --best row} had before, which scripts may still have. */
    @Option(names = "--best-per-row", hidden = true, description = "The same as --best row.")
    void setBestPerRow(boolean isPerRow) {
        competition = isPerRow ? Competition.ROW : competition;
    }

    /** The cells that compete, as the option names them. */
    private enum Competition {
        COLUMN,
        ROW,
        TABLE
    }

    @Option(
            names = "--baseline",
            paramLabel = TagConverter.FORM,
            converter = TagConverter.class,
            description = {
                "Compare cells with the row of these tags, such as model=bm25, in the place of the best cells, and mark"
                        + " those that are significantly better or worse. With --best row it is a column, and with --best"
                        + " table a cell.",
                TagConverter.QUOTES
            })
    private List<TagConverter.Tags> baseline = List.of();

    @Option(names = "--p-values", description = "Add the corrected p-values of the tests to the cells.")
    private boolean pValues;

    @Option(
            names = "--confidence",
            paramLabel = "LEVEL",
            description = "The confidence level of the intervals. Default: 0.95. Tests have the level 1 - LEVEL.")
    private @Nullable Double confidence;

    @Option(
            names = "--bootstrap",
            paramLabel = "SEED",
            description = "Compute intervals by the bootstrap with this seed, in the place of the t distribution.")
    private @Nullable Long bootstrap;

    @Option(names = "--wilcoxon", description = "Compare means by the Wilcoxon test, in the place of the t test.")
    private boolean wilcoxon;

    @Option(
            names = "--per-unit",
            description = "Pair the values of the tests by unit, such as a topic, in the place of the replicate.")
    private boolean perUnit;

    @Option(names = "--jobs", description = "Add the jobs' identifiers and folders to csv and json.")
    private boolean jobs;

    /**
     * Lays out a table.
     *
     * @throws ParameterException if no metric is given, a direction is that of an unknown one, or cells are to be
     *     compared without any
     */
    TableLayout layout(List<? extends JobReport> reports) {
        checkNames();
        List<String> tags = NamesConverter.list(rows);
        TableLayout layout = Table.of(List.copyOf(reports)).rows(tags.getFirst(), rest(tags));
        if (!columns.isEmpty()) {
            List<String> names = NamesConverter.list(columns);
            layout = layout.columns(names.getFirst(), rest(names));
        }
        if (!over.isEmpty()) {
            List<String> names = NamesConverter.list(over);
            layout = layout.over(names.getFirst(), rest(names));
        }
        for (String metric : NamesConverter.list(means)) {
            layout = directed(layout.mean(metric), metric);
        }
        for (String metric : NamesConverter.list(medians)) {
            layout = directed(layout.median(metric), metric);
        }
        layout = confidence == null ? layout : layout.confidence(confidence);
        layout = bootstrap == null ? layout : layout.bootstrap(bootstrap);
        layout = switch (competition) {
            case COLUMN -> layout;
            case ROW -> layout.bestPerRow();
            case TABLE -> layout.bestOfTable();
        };
        for (Map.Entry<String, String> tag : TagConverter.map(baseline).entrySet()) {
            layout = layout.baseline(tag.getKey(), value(tag.getKey(), tag.getValue(), reports));
        }
        layout = pValues ? layout.pValues() : layout;
        layout = wilcoxon ? layout.wilcoxon() : layout;
        layout = perUnit ? layout.perUnit() : layout;
        return jobs ? layout.withJobs() : layout;
    }

    /** Returns the value of a tag that a text means, which may be a number; the text if no job has it. */
    private static Object value(String tag, String text, List<? extends JobReport> reports) {
        return reports.stream()
                .flatMap(job -> Stream.ofNullable(job.tags().get(tag)))
                .filter(value -> TagConditions.isSame(text, value))
                .findFirst()
                .orElse(text);
    }

    /** Returns the view of the page with the same table of one run. The page shows means, and chooses which are best. */
    PageView page(String experiment, String run) {
        List<String> metrics = new ArrayList<>(NamesConverter.list(means));
        metrics.addAll(NamesConverter.list(medians));
        String best = highest.isEmpty() && lowest.isEmpty()
                ? "none"
                : competition == Competition.COLUMN ? "" : competition.name().toLowerCase(Locale.ROOT);
        return PageView.of(PageScreen.TABLE)
                .in(experiment, run)
                .with("rows", NamesConverter.list(rows))
                .with("cols", NamesConverter.list(columns))
                .with("metrics", metrics)
                .with("over", NamesConverter.list(over))
                .with("ci", confidence == null ? "" : Long.toString(Math.round(confidence * HUNDRED)))
                .with("best", best);
    }

    private void checkNames() {
        List<String> metrics = new ArrayList<>(NamesConverter.list(means));
        metrics.addAll(NamesConverter.list(medians));
        if (metrics.isEmpty()) {
            throw wrong("Missing required option: '--metric=METRIC' or '--median=METRIC'");
        }
        List<String> both = NamesConverter.list(lowest);
        List<String> directed = new ArrayList<>(NamesConverter.list(highest));
        for (String metric : directed) {
            if (both.contains(metric)) {
                throw wrong("\"" + metric + "\" is in both --highest and --lowest");
            }
        }
        directed.addAll(both);
        for (String metric : directed) {
            if (!metrics.contains(metric)) {
                throw wrong("the table has no metric \"" + metric + "\"; "
                        + CommandLineProblem.advice(metric, metrics, "metrics"));
            }
        }
        if (directed.isEmpty() && (pValues || !baseline.isEmpty())) {
            throw wrong((pValues ? "--p-values" : "--baseline")
                    + " needs to know which values are better; add --highest METRIC or --lowest METRIC");
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(Objects.requireNonNull(command).commandLine(), message);
    }

    private TableLayout directed(TableLayout layout, String metric) {
        return NamesConverter.list(highest).contains(metric)
                ? layout.best(Best.HIGHEST)
                : NamesConverter.list(lowest).contains(metric) ? layout.best(Best.LOWEST) : layout;
    }

    private static String[] rest(List<String> tags) {
        return tags.subList(1, tags.size()).toArray(String[]::new);
    }
}
