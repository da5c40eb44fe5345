package org.experimaestro.cli.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
import org.experimaestro.monitor.filter.Filter;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunRow;
import org.experimaestro.monitor.view.SubmittedJobs;
import org.experimaestro.web.address.PageScreen;
import org.experimaestro.web.address.PageView;
import org.experimaestro.workspace.Workspace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro runs list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the runs of experiments, in the order of their start, with the numbers of their jobs.",
            "The state of a run is its outcome, or running; died, if its process was killed; unknown, if its process is"
                    + " of another host.",
            "A filter selects jobs: a run is listed if it submitted one of them, and only these are counted."
        },
        footer = {
            "",
            "Examples:",
            "  experimaestro runs list debug.yaml",
            "  experimaestro runs list 'state=failed' --columns run,jobs,failed,age",
            "  experimaestro runs list --sort=-started --limit 5",
            "  experimaestro runs list experiment=grid --json"
        })
final class RunsListCommand implements Callable<Integer> {
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
        return new ListingOutput<>(listing, spec.commandLine(), new ListedRuns(workspace, filter))
                .show(WorkspaceIndex.open(workspace));
    }

    /**
     * The runs that a filter selects.
     *
     * @param workspace the workspace
     * @param filter the filter
     */
    private record ListedRuns(Workspace workspace, Filter filter) implements ListedRows<RunRow> {
        /** All jobs without a folder are added, so that each run counts all that it has submitted. */
        @Override
        public JobsView listed(JobsView stored) {
            return SubmittedJobs.addTo(workspace, stored, stored.runs());
        }

        @Override
        public List<RunRow> rows(JobsView view, Instant now) {
            return filter.runs(view, now);
        }

        @Override
        public ListingColumns<RunRow> columns(JobsView view, Instant now) {
            RunColumns<RunRow> columns = new RunColumns<>(row -> row, now);
            List<ListingColumn<RunRow>> all = new ArrayList<>(List.of(
                    columns.name(),
                    ListingColumn.of("experiment", row -> row.run().folder().experiment()),
                    ListingColumn.of("name", row -> row.run().folder().name())));
            all.addAll(columns.details());
            return columns.withTags(
                    view,
                    all,
                    List.of(
                            columns.name(),
                            columns.state(),
                            columns.started(),
                            columns.time(),
                            columns.jobs(),
                            columns.done(),
                            columns.failed(),
                            columns.active(),
                            columns.unstarted(),
                            columns.tags(),
                            columns.note(),
                            columns.process()));
        }

        @Override
        public Optional<PageView> page(JobsView view, ListingOptions options) {
            return Optional.of(filter.experiment()
                    .map(experiment -> PageView.of(PageScreen.EXPERIMENT, experiment))
                    .orElse(PageView.of(PageScreen.WORKSPACE)));
        }

        @Override
        public String state(RunRow row) {
            return RunColumns.state(row.run());
        }

        @Override
        public String totals(List<RunRow> rows) {
            return StateOrder.totals("run", rows.stream().map(this::state));
        }

        @Override
        public List<String> nothing(JobsView view) {
            String experiment = filter.experiment().orElse("");
            boolean isOfExperiment = !experiment.isEmpty() && filter.equals(Filter.ofExperiment(experiment));
            if (view.runs().isEmpty() || isOfExperiment) {
                return List.of("The workspace " + workspace + " has no runs"
                        + (isOfExperiment ? " of the experiment " + experiment : ""));
            }
            List<String> lines = new ArrayList<>();
            lines.add("None of the " + view.runs().size() + " runs in " + workspace + " has a job like that");
            lines.addAll(filter.advice(view));
            return lines;
        }
    }
}
