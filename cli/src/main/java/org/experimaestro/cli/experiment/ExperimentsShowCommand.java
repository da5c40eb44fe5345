package org.experimaestro.cli.experiment;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
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
import org.experimaestro.web.address.PageScreen;
import org.experimaestro.web.address.PageView;
import org.experimaestro.workspace.ExperimentFolder;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.Workspace;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro experiments show}. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = {
            "Shows an experiment: its last run, the states of its jobs, why the others wait or"
                    + " have failed, what the failed ones share, and the time left.",
            "A time left is withheld until 3 jobs of each type that is left are done."
        },
        footer = {
            "",
            "Examples:",
            "  experimaestro experiments show grid",
            "  experimaestro experiments show grid --json"
        })
final class ExperimentsShowCommand implements Callable<Integer> {
    @Mixin
    private final WorkdirOption workdir = new WorkdirOption();

    @Parameters(
            paramLabel = "EXPERIMENT",
            arity = "1",
            description = "The experiment, or its YAML file, whose workspace is meant then.")
    private String name = "";

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private final LinkOption link = new LinkOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        String experiment = workdir.takeName(name);
        Workspace workspace = workdir.view();
        JobsView stored = WorkspaceIndex.open(workspace).view();
        JobsView view = SubmittedJobs.addTo(workspace, stored);
        view.requireExperiment(experiment);
        Optional<PageView> page = Optional.of(PageView.of(PageScreen.EXPERIMENT, experiment));
        if (link.isOnly()) {
            return link.print(workspace, page);
        }
        List<RunView> runs = view.runs().stream()
                .filter(run -> run.folder().experiment().equals(experiment))
                .toList();
        Printer out = Printer.out(spec.commandLine());
        if (runs.isEmpty()) {
            Printer.err(spec.commandLine()).line("The experiment " + experiment + " has no runs");
            return ExitCode.OK;
        }
        List<JobView> jobs = view.jobs().stream()
                .filter(job -> job.experiments().contains(experiment))
                .toList();
        RunSummary summary = RunSummary.of(new Reasons(workspace, view), view, runs.getLast(), jobs, Instant.now());
        if (json) {
            out.line(RunSummaryTexts.json(summary));
        } else {
            out.line("Experiment " + experiment + ", " + runs.size()
                    + (runs.size() == 1 ? " run; the last one:" : " runs; the last one:"));
            runs.getLast().text("title").ifPresent(out::line);
            runs.getLast()
                    .text("description")
                    .ifPresent(text -> text.strip().lines().forEach(line -> out.line("  " + line)));
            new RunSummaryTexts(summary, ZoneId.systemDefault()).print("Jobs of all runs", out, view);
            showSaved(workspace.experiment(experiment), out);
        }
        view.problems().forEach(Printer.err(spec.commandLine())::warning);
        if (!json) {
            link.show(workspace, page);
        }
        return ExitCode.OK;
    }

    private void showSaved(ExperimentFolder experiment, Printer out) {
        try {
            List<String> saved = experiment.savedNames();
            if (!saved.isEmpty()) {
                out.line("Saved configurations: " + String.join(", ", saved));
            }
        } catch (IOException unreadable) {
            Printer.err(spec.commandLine()).warning("Cannot list saved configurations: " + Failures.reason(unreadable));
        }
    }
}
