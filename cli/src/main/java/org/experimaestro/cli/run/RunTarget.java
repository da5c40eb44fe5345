package org.experimaestro.cli.run;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.experimaestro.WorkspaceException;
import org.experimaestro.cli.option.WorkdirOption;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.settings.ExperimentFile;
import org.experimaestro.workspace.ExperimentFolder;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.RunRequest;
import org.experimaestro.workspace.RunRequests;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The run that a command names, and the requests to it. */
final class RunTarget {
    /** The longest time to wait for an answer; a run reads its requests each second. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration PAUSE = Duration.ofMillis(100);
    /** The number of pauses after the end of a run in which it may still write answers. */
    private static final int LAST_LOOKS = 10;

    @Spec(Spec.Target.MIXEE)
    @Nullable
    CommandSpec command;

    @Mixin
    private final WorkdirOption workdir = new WorkdirOption();

    @Parameters(
            index = "0",
            paramLabel = "RUN",
            description = "The experiment or its YAML file, if one run of it is under way; else EXPERIMENT/RUN, such as"
                    + " grid/20260131-120000.")
    private String name = "";

    private @Nullable Workspace viewed;

    Workspace workspace() {
        if (viewed == null) {
            workdir.takeFile(List.of(name));
            name = workdir.file().map(ExperimentFile::id).orElse(name);
            viewed = workdir.view();
        }
        return viewed;
    }

    /**
     * Sends a request to the run, waits for the answer, and prints it.
     *
     * @param action the action of the run, as in "Cannot stop the run x"
     * @param request the request
     * @return the exit code of an accepted request
     * @throws WorkspaceException if the run cannot be asked, does not answer within {@link #PATIENCE}, or refuses
     */
    int ask(String action, RunRequest request) throws InterruptedException {
        RunFolder run = find();
        String what = "Cannot " + action + " the run " + run.experiment() + "/" + run.name() + ": ";
        try {
            RunRequests requests = new RunRequests(run);
            Optional<String> silence = requests.findSilence();
            if (silence.isPresent()) {
                throw WorkspaceException.of(what + "it " + silence.get()).build();
            }
            RunRequests.Answer answer = await(requests, requests.send(request), what);
            if (!answer.isAccepted()) {
                throw WorkspaceException.of(what + answer.message()).build();
            }
            CommandSpec spec = command == null ? CommandSpec.create() : command;
            Printer.out(spec.commandLine()).message(run.experiment() + "/" + run.name() + ": ", answer.message());
            return 0;
        } catch (IOException failed) {
            throw WorkspaceException.of(what + Failures.reason(failed))
                    .advice("who asks something of a run must be able to write in its folder " + run.path())
                    .cause(failed)
                    .build();
        } catch (JsonException | IllegalArgumentException damaged) {
            throw WorkspaceException.of(what + damaged.getMessage())
                    .cause(damaged)
                    .build();
        }
    }

    private static RunRequests.Answer await(RunRequests requests, String request, String what)
            throws IOException, InterruptedException {
        boolean isAnswered = false;
        int silent = 0;
        try {
            for (Duration waited = Duration.ZERO; waited.compareTo(PATIENCE) < 0; waited = waited.plus(PAUSE)) {
                Optional<String> silence = requests.findSilence();
                Optional<RunRequests.Answer> answer = requests.findAnswer(request);
                if (answer.isPresent()) {
                    isAnswered = true;
                    return answer.get();
                }
                silent += silence.isPresent() ? 1 : 0;
                if (silence.isPresent() && silent > LAST_LOOKS) {
                    return new RunRequests.Answer(false, "it " + silence.get());
                }
                Thread.sleep(PAUSE);
            }
        } finally {
            if (!isAnswered) {
                requests.withdraw(request);
            }
        }
        // The run may have read the request just before it was withdrawn.
        Optional<RunRequests.Answer> late = requests.findAnswer(request);
        if (late.isPresent()) {
            return late.get();
        }
        throw WorkspaceException.of(
                        what + "it has not answered for " + PATIENCE.toSeconds() + " s, and the request was taken back")
                .advice("look whether its process still runs, on the host where it was started")
                .build();
    }

    /**
     * Finds the run.
     *
     * @throws WorkspaceException if there is no such run, or several runs may be meant
     */
    RunFolder find() {
        workspace(); // a file in the place of the name is read now
        int slash = name.lastIndexOf('/');
        String experiment = slash < 0 ? name : name.substring(0, slash);
        List<RunFolder> runs = runs(experiment);
        if (slash < 0) {
            return findLive(experiment, runs);
        }
        String wanted = name.substring(slash + 1);
        return runs.stream()
                .filter(run -> run.name().equals(wanted))
                .findFirst()
                .orElseThrow(
                        () -> WorkspaceException.of("There is no run " + wanted + " of the experiment " + experiment)
                                .advice("the last one is " + runs.getLast().name())
                                .build());
    }

    private List<RunFolder> runs(String experiment) {
        for (ExperimentFolder folder : workspace().experiments()) {
            if (folder.name().equals(experiment) && !folder.runs().isEmpty()) {
                return folder.runs();
            }
        }
        List<String> known =
                workspace().experiments().stream().map(ExperimentFolder::name).toList();
        throw WorkspaceException.of(
                        "There is no run of an experiment \"" + experiment + "\" in the workspace " + workspace())
                .advice(
                        known.isEmpty()
                                ? "choose another workspace with --workdir"
                                : "its experiments are " + String.join(", ", known))
                .build();
    }

    private static RunFolder findLive(String experiment, List<RunFolder> runs) {
        List<RunFolder> live = new ArrayList<>();
        for (RunFolder run : runs) {
            if (mayLive(run)) {
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
                                                .map(run -> experiment + "/" + run.name())
                                                .toList()))
                        .build();
    }

    /**
     * Returns whether a run seems to be under way. A run with damaged files is left out; its own name still finds it.
     */
    private static boolean mayLive(RunFolder run) {
        try {
            return new RunRequests(run).findSilence().isEmpty();
        } catch (WorkspaceException | JsonException | IllegalArgumentException damaged) {
            return false;
        }
    }
}
