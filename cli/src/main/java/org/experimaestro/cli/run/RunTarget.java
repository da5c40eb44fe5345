package org.experimaestro.cli.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.experimaestro.WorkspaceException;
import org.experimaestro.cli.option.WorkdirOption;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.monitor.action.RunInquiry;
import org.experimaestro.workspace.ExperimentFolder;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.RunRequest;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The run that a command names, and the requests to it. */
public final class RunTarget {
    @Spec(Spec.Target.MIXEE)
    @Nullable
    CommandSpec command;

    @Mixin
    private final WorkdirOption workdir = new WorkdirOption();

    @Parameters(
            index = "0",
            paramLabel = "RUN",
            description =
                    "EXPERIMENT/RUN, such as grid/20260131-120000 or grid/latest; or the run's name, or its first digits; or"
                            + " the experiment or its YAML file: its run that is under way, for a tag or note the last one.")
    private String name = "";

    private @Nullable Workspace viewed;

    Workspace workspace() {
        if (viewed == null) {
            name = workdir.takeName(name);
            viewed = workdir.change();
        }
        return viewed;
    }

    /**
     * Sends a request to the run, waits for the answer, and prints it.
     *
     * @param action the action of the run, as in "Cannot stop the run x"
     * @param request the request
     * @return the exit code of an accepted request
     * @throws WorkspaceException if the run cannot be asked, does not answer, or refuses
     */
    int ask(String action, RunRequest request) throws InterruptedException {
        RunFolder run = find();
        String answer = RunInquiry.ask(run, action, request);
        CommandSpec spec = command == null ? CommandSpec.create() : command;
        Printer.out(spec.commandLine()).message(run.qualifiedName() + ": ", answer);
        return 0;
    }

    /**
     * Finds the run; of an experiment, the one that is under way.
     *
     * @throws WorkspaceException if there is no such run, or several runs may be meant
     */
    RunFolder find() {
        Workspace workspace = workspace(); // a file in the place of the name is read now
        return named(workspace, name).orElseGet(() -> findLive(name, runs(workspace, name)));
    }

    /**
     * Finds the run; of an experiment, its last one.
     *
     * @throws WorkspaceException if there is no such run, or several runs may be meant
     */
    RunFolder findLast() {
        Workspace workspace = workspace();
        return findLast(workspace, name);
    }

    /**
     * Finds a run; of an experiment, its last one.
     *
     * @throws WorkspaceException if there is no such run, or several runs may be meant
     */
    public static RunFolder findLast(Workspace workspace, String name) {
        return named(workspace, name).orElseGet(() -> runs(workspace, name).getLast());
    }

    /**
     * Returns the earlier runs of an experiment, the last one of them first.
     *
     * @param workspace the workspace
     * @param name the name for which {@link #findLast(Workspace, String)} has found the last run
     * @return empty if the name is that of a run
     */
    public static List<RunFolder> earlier(Workspace workspace, String name) {
        List<RunFolder> runs = named(workspace, name).isPresent() ? List.of() : runs(workspace, name);
        return runs.reversed().stream().skip(1).toList();
    }

    private static Optional<RunFolder> named(Workspace workspace, String name) {
        List<ExperimentFolder> experiments = workspace.experiments();
        if (experiments.stream().anyMatch(experiment -> experiment.name().equals(name))) {
            return Optional.empty();
        }
        String last = RunName.experiment(name);
        if (!last.equals(name)) {
            return Optional.of(runs(workspace, last).getLast());
        }
        List<RunFolder> all = experiments.stream()
                .flatMap(experiment -> experiment.runs().stream())
                .toList();
        Optional<RunFolder> found = RunName.named(all, run -> run, name);
        if (found.isEmpty() && name.indexOf('/') >= 0) {
            throw RunName.missing(all, run -> run, name);
        }
        return found;
    }

    private static List<RunFolder> runs(Workspace workspace, String experiment) {
        for (ExperimentFolder folder : workspace.experiments()) {
            if (folder.name().equals(experiment) && !folder.runs().isEmpty()) {
                return folder.runs();
            }
        }
        List<String> known =
                workspace.experiments().stream().map(ExperimentFolder::name).toList();
        throw WorkspaceException.of(
                        "There is no run of an experiment \"" + experiment + "\" in the workspace " + workspace)
                .advice(
                        known.isEmpty()
                                ? "choose another workspace with --workdir"
                                : "its experiments are " + String.join(", ", known))
                .build();
    }

    private static RunFolder findLive(String experiment, List<RunFolder> runs) {
        List<RunFolder> live = new ArrayList<>();
        for (RunFolder run : runs) {
            if (RunInquiry.mayAnswer(run)) {
                live.add(run);
            }
        }
        if (live.size() == 1) {
            return live.getFirst();
        }
        throw live.isEmpty()
                ? WorkspaceException.of("No run of the experiment " + experiment + " is under way; the last one was "
                                + runs.getLast().name())
                        .build()
                : WorkspaceException.of(live.size() + " runs of the experiment " + experiment + " may be under way")
                        .advice("name one of them: "
                                + String.join(
                                        ", ",
                                        live.stream()
                                                .map(RunFolder::qualifiedName)
                                                .toList()))
                        .build();
    }
}
