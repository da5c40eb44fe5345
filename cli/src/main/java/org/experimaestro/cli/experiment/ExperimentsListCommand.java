package org.experimaestro.cli.experiment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.experimaestro.cli.listing.ListedRows;
import org.experimaestro.cli.listing.ListingColumn;
import org.experimaestro.cli.listing.ListingColumns;
import org.experimaestro.cli.listing.ListingOptions;
import org.experimaestro.cli.listing.ListingOutput;
import org.experimaestro.cli.listing.RunColumns;
import org.experimaestro.cli.listing.StateOrder;
import org.experimaestro.cli.option.FilterOptions;
import org.experimaestro.cli.option.WorkdirOption;
import org.experimaestro.cli.output.Line;
import org.experimaestro.monitor.filter.Filter;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunRow;
import org.experimaestro.monitor.view.SubmittedJobs;
import org.experimaestro.web.address.PageScreen;
import org.experimaestro.web.address.PageView;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro experiments list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the experiments of a workspace by name, with the number of their runs, and with the jobs of the last one.",
            "A filter selects jobs: an experiment is listed if a run of it submitted one of them, and only these are"
                    + " counted."
        },
        footer = {
            "",
            "Examples:",
            "  experimaestro experiments list",
            "  experimaestro experiments list state=failed",
            "  experimaestro experiments list --columns experiment,jobs,done,age --sort age",
            "  experimaestro experiments list --json"
        })
final class ExperimentsListCommand implements Callable<Integer> {
    @Mixin
    private final WorkdirOption workdir = new WorkdirOption();

    @Mixin
    private final FilterOptions options = new FilterOptions();

    @Mixin
    private final ListingOptions listing = new ListingOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        Filter filter = options.filter(workdir, workdir.takeFile(listing.words()));
        Workspace workspace = listing.open(workdir);
        return new ListingOutput<>(listing, spec.commandLine(), new ListedExperiments(workspace, filter))
                .show(WorkspaceIndex.open(workspace));
    }

    /**
     * An experiment.
     *
     * @param name its name
     * @param runs its selected runs, in the order of their start
     */
    private record ExperimentRow(String name, List<RunRow> runs) {
        @Nullable
        RunRow last() {
            return runs.isEmpty() ? null : runs.getLast();
        }
    }

    /**
     * The experiments that a filter selects.
     *
     * @param workspace the workspace
     * @param filter the filter
     */
    private record ListedExperiments(Workspace workspace, Filter filter) implements ListedRows<ExperimentRow> {
        /** The jobs without a folder are added, so that each experiment counts all that its last run has submitted. */
        @Override
        public JobsView listed(JobsView stored) {
            return SubmittedJobs.addTo(workspace, stored);
        }

        @Override
        public List<ExperimentRow> rows(JobsView view, Instant now) {
            Map<String, List<RunRow>> runs = new LinkedHashMap<>();
            view.experiments().forEach(name -> runs.put(name, new ArrayList<>()));
            filter.runs(view, now)
                    .forEach(row -> runs.computeIfAbsent(row.run().folder().experiment(), name -> new ArrayList<>())
                            .add(row));
            return runs.entrySet().stream()
                    .filter(entry -> !entry.getValue().isEmpty() || filter.equals(Filter.ALL))
                    .map(entry -> new ExperimentRow(entry.getKey(), entry.getValue()))
                    .toList();
        }

        @Override
        public ListingColumns<ExperimentRow> columns(JobsView view, Instant now) {
            RunColumns<ExperimentRow> last = new RunColumns<>(ExperimentRow::last, now);
            ListingColumn<ExperimentRow> name = ListingColumn.of("experiment", ExperimentRow::name);
            ListingColumn<ExperimentRow> runs =
                    ListingColumn.of("runs", row -> row.runs().size());
            ListingColumn<ExperimentRow> run = ListingColumn.of(
                            "lastRun",
                            (ExperimentRow row) -> row.last() == null
                                    ? null
                                    : row.last().run().folder().name())
                    .shownAs(
                            "LAST RUN",
                            row -> Line.of(
                                    row.last() == null
                                            ? ""
                                            : row.last().run().folder().name()));
            List<ListingColumn<ExperimentRow>> all = new ArrayList<>(List.of(name, runs, run));
            all.addAll(last.details());
            return last.withTags(
                    view,
                    all,
                    List.of(
                            name,
                            runs,
                            run,
                            last.state(),
                            last.jobs(),
                            last.done(),
                            last.failed(),
                            last.active(),
                            last.unstarted()));
        }

        @Override
        public Optional<PageView> page(JobsView view, ListingOptions options) {
            return Optional.of(PageView.of(PageScreen.WORKSPACE));
        }

        @Override
        public String state(ExperimentRow row) {
            RunRow last = row.last();
            return last == null ? "without a run" : RunColumns.state(last.run());
        }

        @Override
        public String totals(List<ExperimentRow> rows) {
            return StateOrder.totals("experiment", rows.stream().map(this::state));
        }

        @Override
        public List<String> nothing(JobsView view) {
            if (view.experiments().isEmpty()) {
                return List.of("The workspace " + workspace + " has no experiments");
            }
            List<String> lines = new ArrayList<>();
            lines.add("None of the " + view.experiments().size() + " experiments in " + workspace
                    + " has a job like that");
            lines.addAll(filter.advice(view));
            return lines;
        }
    }
}
