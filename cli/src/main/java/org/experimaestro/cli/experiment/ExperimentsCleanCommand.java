package org.experimaestro.cli.experiment;

import java.util.List;
import java.util.concurrent.Callable;
import org.experimaestro.cli.option.WorkdirOption;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.cli.trash.Cleaning;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.storage.Orphans;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.Workspace;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro experiments clean}. */
@Command(
        name = "clean",
        mixinStandardHelpOptions = true,
        description = {
            "Moves the runs of an experiment to the trash, and the jobs that no run of another experiment has submitted.",
            "Prints them first, and asks. The experiment's folder of results stays.",
            "experimaestro trash undo moves all back."
        },
        footer = {
            "",
            "Examples:",
            "  experimaestro experiments clean grid",
            "  experimaestro experiments clean debug.yaml --dry-run"
        })
final class ExperimentsCleanCommand implements Callable<Integer> {
    @Mixin
    private final WorkdirOption workdir = new WorkdirOption();

    @Mixin
    private final Cleaning cleaning = new Cleaning();

    @Parameters(index = "0", paramLabel = "EXPERIMENT", description = "The experiment, or its YAML file.")
    private String id = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        String experiment = workdir.takeName(id);
        Workspace workspace = workdir.change();
        WorkspaceIndex index = WorkspaceIndex.open(workspace);
        JobsView view = index.view();
        view.requireExperiment(experiment);
        Orphans.requireAllKnown(view, "tell which jobs only the experiment " + experiment + " has");
        List<JobFolder> jobs = view.jobs().stream()
                .filter(job -> job.experiments().equals(List.of(experiment)))
                .map(JobView::folder)
                .toList();
        List<RunFolder> runs = view.runs().stream()
                .map(RunView::folder)
                .filter(run -> run.experiment().equals(experiment))
                .toList();
        if (jobs.isEmpty() && runs.isEmpty()) {
            Printer.err(spec.commandLine()).line("The experiment " + experiment + " has no runs and no jobs");
            return ExitCode.OK;
        }
        return cleaning.cleanOwn(workspace, index, "experiments clean " + experiment, jobs, runs);
    }
}
