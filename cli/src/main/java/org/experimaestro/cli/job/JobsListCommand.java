package org.experimaestro.cli.job;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.experimaestro.WorkspaceException;
import org.experimaestro.cli.listing.ListedRows;
import org.experimaestro.cli.listing.ListingColumn;
import org.experimaestro.cli.listing.ListingColumns;
import org.experimaestro.cli.listing.ListingOptions;
import org.experimaestro.cli.listing.ListingOutput;
import org.experimaestro.cli.listing.StateOrder;
import org.experimaestro.cli.option.FilterOptions;
import org.experimaestro.cli.option.StateConverter;
import org.experimaestro.cli.option.WorkdirOption;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.monitor.filter.Filter;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.view.JobRow;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.StaleCode;
import org.experimaestro.monitor.view.SubmittedJobs;
import org.experimaestro.web.address.PageView;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.code.CodeChange;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro jobs list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the jobs of a workspace: their state, identifier, type, time, experiments and tags, and why they"
                    + " failed or how far they are.",
            "A job that waits, was skipped or was not started is new: it is listed if a run that goes on, or the latest run"
                    + " of an experiment, submitted it.",
            "A job has a line for each set of tags with which the latest runs of experiments submitted it.",
            "Needs nothing but the workspace: no experiment has to run."
        },
        footer = {
            "",
            "Examples:",
            "  experimaestro jobs list debug.yaml",
            "  experimaestro jobs list 'state=failed and (k1=0.6..1.2 or age<2h)'",
            "  experimaestro jobs list state=done --columns id,k1,metric.map --sort=-map --limit 10",
            "  experimaestro jobs list @bad --json",
            "  experimaestro jobs list state=running --watch"
        })
public final class JobsListCommand implements Callable<Integer> {
    @Mixin
    private final WorkdirOption workdir = new WorkdirOption();

    @Mixin
    private final FilterOptions options = new FilterOptions();

    @Mixin
    private final ListingOptions listing = new ListingOptions();

    @Option(
            names = "--stale",
            description = "Only jobs that are done and ran other code than the latest run that submitted them (with"
                    + " --experiment, the latest of that experiment), and which classes and jars differ.")
    private boolean stale;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        Filter filter = options.filter(workdir, workdir.takeFile(listing.words()));
        var listed = new ListedJobs(listing.open(workdir), filter);
        ListingOutput<JobRow> output = new ListingOutput<>(listing, spec.commandLine(), listed);
        WorkspaceIndex index = WorkspaceIndex.open(listed.workspace);
        int exitCode = output.show(index);
        if (index.isWorthStoring()) {
            index.store();
        }
        return exitCode;
    }

    private final class ListedJobs implements ListedRows<JobRow> {
        private final Workspace workspace;
        private final Filter filter;
        private final Map<String, CodeChange> changes = new HashMap<>();

        ListedJobs(Workspace workspace, Filter filter) {
            this.workspace = workspace;
            this.filter = filter;
        }

        @Override
        public JobsView listed(JobsView stored) {
            return SubmittedJobs.addTo(workspace, stored);
        }

        @Override
        public List<JobRow> rows(JobsView view, Instant now) {
            List<JobRow> rows = filter.rows(view, now);
            if (!stale) {
                return rows;
            }
            changes.clear();
            StaleCode code = new StaleCode(workspace, view, filter.experiment().orElse(null));
            return rows.stream().filter(row -> isStale(row.job(), code)).toList();
        }

        /** A job whose code cannot be compared is named, and left out. */
        private boolean isStale(JobView job, StaleCode code) {
            try {
                CodeChange change = code.find(job).orElse(CodeChange.NONE);
                changes.put(job.name(), change);
                return !change.isNone();
            } catch (WorkspaceException unreadable) {
                Printer.err(spec.commandLine()).warning(String.valueOf(unreadable.getMessage()));
                return false;
            }
        }

        @Override
        public ListingColumns<JobRow> columns(JobsView view, Instant now) {
            return new JobColumns(workspace, view, now, stale ? changes : null);
        }

        @Override
        public Workspace workspace() {
            return workspace;
        }

        /** The page does not compare the code of jobs. */
        @Override
        public Optional<PageView> page(JobsView view, ListingOptions options) {
            if (stale) {
                return Optional.empty();
            }
            Set<String> own = columns(view, Instant.now()).all().stream()
                    .map(ListingColumn::name)
                    .collect(Collectors.toSet());
            return Optional.of(new ListedJobsView(view, filter, own).of(options));
        }

        @Override
        public String state(JobRow row) {
            return StateConverter.name(row.job().state());
        }

        @Override
        public String totals(List<JobRow> rows) {
            return StateOrder.totals(
                    "job", rows.stream().map(JobRow::job).distinct().map(job -> StateConverter.name(job.state())));
        }

        @Override
        public List<String> nothing(JobsView view) {
            if (view.jobs().isEmpty()) {
                return List.of("The workspace " + workspace + " has no jobs");
            }
            List<String> lines = new ArrayList<>();
            lines.add("None of the " + view.jobs().size() + " jobs in " + workspace + " is like that");
            lines.addAll(filter.advice(view));
            return lines;
        }
    }
}
