package org.experimaestro.cli.experiment;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.experimaestro.cli.option.WorkdirOption;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.cli.trash.Cleaning;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.Workspace;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro experiments prune}. */
@Command(
        name = "prune",
        mixinStandardHelpOptions = true,
        description = {
            "Moves all but the last runs of an experiment to the trash. Prints them first, and asks.",
            "Jobs stay. Those that only these runs have submitted are named; jobs clean --orphans cleans them."
        },
        footer = {"", "Examples:", "  experimaestro experiments prune grid --keep 3"})
final class ExperimentsPruneCommand implements Callable<Integer> {
    @Mixin
    private final WorkdirOption workdir = new WorkdirOption();

    @Mixin
    private final Cleaning cleaning = new Cleaning();

    @Parameters(index = "0", paramLabel = "EXPERIMENT", description = "The experiment, or its YAML file.")
    private String id = "";

    @Option(names = "--keep", paramLabel = "N", required = true, description = "The number of runs that stay.")
    private int keep;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        if (keep < 0) {
            throw new ParameterException(spec.commandLine(), "The number of runs is 0 or more, not " + keep);
        }
        String experiment = workdir.takeName(id);
        Workspace workspace = workdir.change();
        WorkspaceIndex index = WorkspaceIndex.open(workspace);
        JobsView view = index.view();
        view.requireExperiment(experiment);
        List<RunView> ofExperiment = view.runs().stream()
                .filter(run -> run.folder().experiment().equals(experiment))
                .toList();
        List<RunView> old = ofExperiment.subList(0, Math.max(0, ofExperiment.size() - keep));
        Printer err = Printer.err(spec.commandLine());
        if (old.isEmpty()) {
            err.line("The experiment " + experiment + " has no more than " + keep + " runs");
            return ExitCode.OK;
        }
        List<String> orphans = orphans(view, old);
        if (!orphans.isEmpty()) {
            err.line("No other run has submitted " + String.join(", ", orphans));
        }
        List<RunFolder> runs = old.stream().map(RunView::folder).toList();
        String command = "experiments prune " + experiment + " --keep " + keep;
        return cleaning.clean(workspace, index, command, List.of(), runs);
    }

    /** Returns the jobs that only some runs have submitted. */
    private static List<String> orphans(JobsView view, List<RunView> old) {
        Set<String> names = new HashSet<>();
        old.forEach(run -> names.add(run.folder().qualifiedName()));
        return view.jobs().stream()
                .filter(job -> !job.submissions().isEmpty()
                        && job.submissions().stream().allMatch(submission -> names.contains(submission.qualifiedRun())))
                .map(job -> job.name())
                .toList();
    }
}
