package org.experimaestro.cli.job;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.experimaestro.cli.option.JobArgument;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.cli.web.LinkOption;
import org.experimaestro.monitor.detail.JobDetails;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.view.JobSearch;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.SubmittedJobs;
import org.experimaestro.web.address.PageView;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.Workspace;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro jobs show}. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = {
            "Shows all of one job: its state and the reason of it first, then times, place, attempts, tags, metrics,"
                    + " parameters, dependencies and dependents.",
            "For a failed job it ends with the last lines of the log."
        },
        footer = {
            "",
            "Examples:",
            "  experimaestro jobs show 2804b8d4",
            "  experimaestro jobs show debug.yaml manual.search/2804 --json"
        })
public final class JobsShowCommand implements Callable<Integer> {
    @Mixin
    private final JobArgument argument = new JobArgument();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private final LinkOption link = new LinkOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public JobsShowCommand() {}

    @Override
    public Integer call() {
        String id = argument.digits();
        Workspace workspace = argument.workspace();
        JobsView stored = WorkspaceIndex.open(workspace).view();
        JobsView view = SubmittedJobs.addTo(workspace, stored);
        JobFolder folder = JobSearch.find(workspace, view, id);
        Optional<PageView> page = Optional.of(JobPage.of(folder));
        if (link.isOnly()) {
            return link.print(workspace, page);
        }
        JobView job = view.find(folder.name()).orElseGet(() -> JobView.missing(folder));
        JobDetails details = JobDetails.of(workspace, view, job, Instant.now());
        Printer out = Printer.out(spec.commandLine());
        if (json) {
            out.line(JobDetailTexts.json(workspace, details, view));
        } else {
            new JobDetailTexts(details, view, ZoneId.systemDefault()).print(out);
        }
        view.problems().forEach(Printer.err(spec.commandLine())::warning);
        if (!json) {
            link.show(workspace, page);
        }
        return ExitCode.OK;
    }
}
