package org.experimaestro.cli.run;

import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.experimaestro.cli.option.WorkdirOption;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.cli.output.RunSummaryTexts;
import org.experimaestro.cli.web.LinkOption;
import org.experimaestro.monitor.detail.RunSummary;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.reason.Reasons;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.monitor.view.SubmittedJobs;
import org.experimaestro.web.address.PageView;
import org.experimaestro.workspace.RunState;
import org.experimaestro.workspace.Workspace;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro runs show}. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = {
            "Shows a run: its state, the states of its jobs, why they wait or have failed, and the time left. Of a run that"
                    + " has ended, it shows how it has left its jobs, whatever has become of them since.",
            "A time left is withheld until 3 jobs of each type that is left are done."
        },
        footer = {
            "",
            "Examples:",
            "  experimaestro runs show grid",
            "  experimaestro runs show grid/20261128-120000 --json"
        })
final class RunsShowCommand implements Callable<Integer> {
    @Mixin
    private final WorkdirOption workdir = new WorkdirOption();

    @Parameters(paramLabel = "RUN", description = RunName.DESCRIPTION)
    private String name = "";

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private final LinkOption link = new LinkOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        String named = workdir.takeName(name);
        Workspace workspace = workdir.view();
        JobsView stored = WorkspaceIndex.open(workspace).view();
        RunView run = RunName.find(stored, named);
        Optional<PageView> page = Optional.of(
                PageView.ofRun(run.folder().experiment(), run.folder().name()));
        if (link.isOnly()) {
            return link.print(workspace, page);
        }
        JobsView view = SubmittedJobs.addTo(workspace, stored, List.of(run));
        Set<String> names = new HashSet<>();
        run.submissions().forEach(submission -> names.add(submission.job()));
        List<JobView> jobs =
                view.jobs().stream().filter(job -> names.contains(job.name())).toList();
        RunSummary summary = RunSummary.ofRun(new Reasons(workspace, view), view, run, jobs, Instant.now());
        Printer out = Printer.out(spec.commandLine());
        if (json) {
            out.line(RunSummaryTexts.json(summary));
        } else {
            new RunSummaryTexts(summary, ZoneId.systemDefault()).print(label(summary), out, view);
        }
        view.problems().forEach(Printer.err(spec.commandLine())::warning);
        if (!json) {
            link.show(workspace, page);
        }
        return ExitCode.OK;
    }

    /** Returns the label of the counts, which says of which time they are. */
    private static String label(RunSummary summary) {
        if (summary.changed().isPresent()) {
            return "Jobs at its end";
        }
        boolean isOver =
                summary.run().state() == RunState.ENDED || summary.run().state() == RunState.DIED;
        return isOver ? "Jobs now, as it has not recorded how it left them" : "Jobs";
    }
}
