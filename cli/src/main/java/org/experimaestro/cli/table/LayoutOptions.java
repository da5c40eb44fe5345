package org.experimaestro.cli.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.experimaestro.Best;
import org.experimaestro.JobReport;
import org.experimaestro.Table;
import org.experimaestro.TableLayout;
import org.experimaestro.cli.option.CommandLineProblem;
import org.experimaestro.cli.option.NameConverter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that lay out a table. */
final class LayoutOptions {
    @Spec(Spec.Target.MIXEE)
    @Nullable
    CommandSpec command;

    @Option(
            names = "--rows",
            paramLabel = "TAG",
            split = ",",
            converter = NameConverter.class,
            required = true,
            description = {"Tags whose values make the rows.", NameConverter.QUOTES})
    private List<String> rows = List.of();

    @Option(
            names = "--columns",
            paramLabel = "TAG",
            split = ",",
            converter = NameConverter.class,
            description = "Tags whose values make the columns.")
    private List<String> columns = List.of();

    @Option(
            names = "--metric",
            paramLabel = "METRIC",
            split = ",",
            converter = NameConverter.class,
            description = "Metrics whose means are in the cells.")
    private List<String> means = List.of();

    @Option(
            names = "--median",
            paramLabel = "METRIC",
            split = ",",
            converter = NameConverter.class,
            description = "Metrics whose medians are in the cells.")
    private List<String> medians = List.of();

    @Option(
            names = "--over",
            paramLabel = "TAG",
            split = ",",
            converter = NameConverter.class,
            description = "Tags that only tell replicates apart, such as seed: means are over their values.")
    private List<String> over = List.of();

    @Option(
            names = "--highest",
            paramLabel = "METRIC",
            split = ",",
            converter = NameConverter.class,
            description = "Mark the best cells of these metrics, of which higher values are better.")
    private List<String> highest = List.of();

    @Option(
            names = "--lowest",
            paramLabel = "METRIC",
            split = ",",
            converter = NameConverter.class,
            description = "Mark the best cells of these metrics, of which lower values are better.")
    private List<String> lowest = List.of();

    @Option(names = "--best-per-row", description = "Mark the best cells of each row, in the place of each column.")
    private boolean bestPerRow;

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
     * @throws ParameterException if no metric is given, or a direction is that of an unknown one
     */
    TableLayout layout(List<? extends JobReport> reports) {
        checkNames();
        TableLayout layout = Table.of(List.copyOf(reports)).rows(rows.getFirst(), rest(rows));
        if (!columns.isEmpty()) {
            layout = layout.columns(columns.getFirst(), rest(columns));
        }
        if (!over.isEmpty()) {
            layout = layout.over(over.getFirst(), rest(over));
        }
        for (String metric : means) {
            layout = directed(layout.mean(metric), metric);
        }
        for (String metric : medians) {
            layout = directed(layout.median(metric), metric);
        }
        layout = confidence == null ? layout : layout.confidence(confidence);
        layout = bootstrap == null ? layout : layout.bootstrap(bootstrap);
        layout = bestPerRow ? layout.bestPerRow() : layout;
        layout = wilcoxon ? layout.wilcoxon() : layout;
        layout = perUnit ? layout.perUnit() : layout;
        return jobs ? layout.withJobs() : layout;
    }

    private void checkNames() {
        if (rows.isEmpty()) { // of "--rows=,"
            throw wrong("Missing required option: '--rows=TAG'");
        }
        List<String> metrics = new ArrayList<>(means);
        metrics.addAll(medians);
        if (metrics.isEmpty()) {
            throw wrong("Missing required option: '--metric=METRIC' or '--median=METRIC'");
        }
        List<String> directed = new ArrayList<>(highest);
        directed.addAll(lowest);
        for (String metric : directed) {
            if (!metrics.contains(metric)) {
                throw wrong("the table has no metric \"" + metric + "\"; "
                        + CommandLineProblem.advice(metric, metrics, "metrics"));
            }
            if (highest.contains(metric) && lowest.contains(metric)) {
                throw wrong("\"" + metric + "\" is in both --highest and --lowest");
            }
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(Objects.requireNonNull(command).commandLine(), message);
    }

    private TableLayout directed(TableLayout layout, String metric) {
        return highest.contains(metric)
                ? layout.best(Best.HIGHEST)
                : lowest.contains(metric) ? layout.best(Best.LOWEST) : layout;
    }

    private static String[] rest(List<String> tags) {
        return tags.subList(1, tags.size()).toArray(String[]::new);
    }
}
