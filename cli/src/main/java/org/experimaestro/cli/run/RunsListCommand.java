package org.experimaestro.cli.run;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.experimaestro.cli.option.WorkdirOption;
import org.experimaestro.cli.output.Line;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.cli.output.TextTable;
import org.experimaestro.cli.output.ValueTexts;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.workspace.Note;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.RunState;
import org.experimaestro.workspace.Workspace;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro runs list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the runs of experiments, in the order of their start, with the numbers of their jobs.",
            "The state of a run is its outcome, or running; died, if its process was killed; unknown, if its process is"
                    + " of another host."
        })
final class RunsListCommand implements Callable<Integer> {
    private static final int LONGEST = 60;

    @Mixin
    private final WorkdirOption workdir = new WorkdirOption();

    @Option(names = "--experiment", paramLabel = "NAME", description = "The runs of this experiment only.")
    private String experiment = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Workspace workspace = workdir.view();
        JobsView view = WorkspaceIndex.open(workspace).view();
        List<RunView> runs = view.runs().stream()
                .filter(run -> experiment.isEmpty() || run.folder().experiment().equals(experiment))
                .toList();
        if (runs.isEmpty()) {
            Printer.err(spec.commandLine())
                    .line("The workspace " + workspace + " has no runs"
                            + (experiment.isEmpty() ? "" : " of the experiment " + experiment));
            return ExitCode.OK;
        }
        TextTable table = new TextTable("RUN", "STATE", "JOBS", "TAGS", "PROCESS", "NOTE");
        for (RunView run : runs) {
            RunState state = run.state();
            long jobs =
                    run.submissions().stream().map(job -> job.job()).distinct().count();
            table.add(
                    Line.of(run.folder().experiment() + "/" + run.folder().name()),
                    Line.of(run.outcome().orElse(state.name()).toLowerCase(Locale.ROOT)),
                    Line.of(Long.toString(jobs)),
                    Line.of(ValueTexts.cut(tags(run), LONGEST)),
                    Line.of(
                            state == RunState.ENDED
                                    ? ""
                                    : run.process()
                                            .map(ProcessIdentity::toString)
                                            .orElse("")),
                    Line.of(ValueTexts.line(lastNote(run), LONGEST)));
        }
        table.lines().forEach(Printer.out(spec.commandLine())::line);
        return ExitCode.OK;
    }

    private static String tags(RunView run) {
        return run.tags().entrySet().stream()
                .map(tag -> tag.getValue().isEmpty() ? tag.getKey() : tag.getKey() + "=" + tag.getValue())
                .collect(Collectors.joining(" "));
    }

    private static String lastNote(RunView run) {
        return run.notes().stream()
                .filter(note -> !note.isTag())
                .map(Note::text)
                .reduce("", (before, last) -> last);
    }
}
