package org.experimaestro.cli.option;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.experimaestro.PlanException;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.text.ShellWord;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.copy.bundle.OpenedBundles;
import org.experimaestro.core.file.HomeFolder;
import org.experimaestro.settings.ExperimentFile;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The options that name the workspace, and the choice of a workspace without them. */
public final class WorkdirOption {
    /** The description of the option {@code --workspace}. */
    public static final String NAME_DESCRIPTION =
            "The workspace by its name in your settings.yaml, in place of --workdir. See workspaces list.";

    @Spec(Spec.Target.MIXEE)
    @Nullable
    public CommandSpec command;

    @Option(
            names = "--workdir",
            paramLabel = "DIR",
            description =
                    "The workspace. Default: workdir: of the experiment's YAML file, which may stand before other"
                            + " arguments; else of the YAML files in the current folder; else $"
                            + WorkspaceChoice.VARIABLE
                            + ", else the one whose trigger in your settings.yaml matches the experiment, else the one that the"
                            + " current folder is in, else the first in your settings.yaml without a trigger, else ~/experimaestro.")
    private @Nullable Path option;

    @Option(names = "--workspace", paramLabel = "NAME", description = NAME_DESCRIPTION)
    private @Nullable String name;

    private @Nullable ExperimentFile file;

    /**
     * Takes the experiment's file, if it is the first of a command's arguments. It names the workspace then.
     *
     * @param arguments the arguments of the command
     * @return the other arguments
     * @throws PlanException if the file is missing or wrong
     */
    public List<String> takeFile(List<String> arguments) {
        return takeFile(arguments, List.of());
    }

    /** Takes the experiment's file, as {@link #takeFile(List)} does, with values that replace those of the file. */
    public List<String> takeFile(List<String> arguments, List<String> overrides) {
        if (arguments.isEmpty() || !ExperimentFile.isNameOfOne(arguments.getFirst())) {
            return arguments;
        }
        file = ExperimentFile.read(HomeFolder.expand(arguments.getFirst()), overrides);
        return arguments.subList(1, arguments.size());
    }

    /**
     * Takes the experiment's file, if there is one, and the one argument behind it.
     *
     * @param arguments the arguments of the command
     * @param label the name of the argument in messages
     * @return the argument
     * @throws ParameterException if there are fewer or more arguments
     */
    public String takeFileAndOne(List<String> arguments, String label) {
        return one(takeFile(arguments), label);
    }

    /** Returns the only argument, as {@link #takeFileAndOne} does behind the file. */
    public String one(List<String> others, String label) {
        return atMostOne(others)
                .orElseThrow(() -> new ParameterException(line(), "Missing required parameter: '" + label + "'"));
    }

    /**
     * Takes the experiment's file, if there is one, and the argument behind it, if there is one.
     *
     * @param arguments the arguments of the command
     * @return the argument; empty without one
     * @throws ParameterException if there are more arguments
     */
    public Optional<String> takeFileAndAtMostOne(List<String> arguments) {
        return atMostOne(takeFile(arguments));
    }

    private Optional<String> atMostOne(List<String> others) {
        if (others.size() > 1) {
            throw new UnmatchedArgumentException(line(), others.subList(1, others.size()));
        }
        return others.stream().findFirst();
    }

    /**
     * Takes the experiment's file as the only argument of a command.
     *
     * @param argument the argument; {@code null} without one
     * @throws ParameterException if the argument is not the name of a YAML file
     */
    public void takeOnlyFile(@Nullable String argument) {
        if (argument != null && !takeFile(List.of(argument)).isEmpty()) {
            throw new UnmatchedArgumentException(line(), List.of(argument));
        }
    }

    /**
     * Takes an argument that is the experiment's file, or a name.
     *
     * @param argument the argument of the command
     * @return the name; that of the experiment, if the argument is its file
     */
    public String takeName(String argument) {
        return takeFile(List.of(argument)).isEmpty()
                ? Objects.requireNonNull(file).id()
                : argument;
    }

    private CommandLine line() {
        return Objects.requireNonNull(command).commandLine();
    }

    /** Returns the experiment's file that {@link #takeFile} has found. */
    public Optional<ExperimentFile> file() {
        return Optional.ofNullable(file);
    }

    /**
     * Chooses the workspace.
     *
     * @return the choice; its folder may be missing
     * @throws WorkspaceException if the experiments of the current folder have several workspaces, and nothing else
     *     names one
     */
    public WorkspaceChoice choose() {
        if (command != null) {
            requireOne(command, option, name);
        }
        return WorkspaceChoice.of(
                option, name, file, System.getenv(), Path.of("").toAbsolutePath(), HomeFolder::current);
    }

    private static void requireOne(CommandSpec command, @Nullable Path option, @Nullable String name) {
        if (option != null && name != null) {
            throw new ParameterException(
                    command.commandLine(), "--workdir and --workspace both name the workspace; give one of them");
        }
    }

    /**
     * Chooses the workspace of a run.
     *
     * @param command the command that has the options
     * @param option the value of {@code --workdir}; {@code null} without it
     * @param name the value of {@code --workspace}; {@code null} without it
     * @param file the file of the experiment
     * @return the choice; its folder may be missing
     * @throws WorkspaceException if it is a bundle, which is read-only
     */
    public static WorkspaceChoice ofRun(
            CommandSpec command, @Nullable Path option, @Nullable String name, ExperimentFile file) {
        requireOne(command, option, name);
        WorkspaceChoice choice = WorkspaceChoice.of(
                option, name, file, System.getenv(), Path.of("").toAbsolutePath(), HomeFolder::current);
        if (OpenedBundles.isBundle(choice.folder())) {
            Workspace.view(choice.folder()); // which refuses it before the plan is compiled
        }
        return choice;
    }

    /**
     * Opens the workspace for reading. If the user did not name it, its folder is printed on the standard error.
     *
     * @return an existing workspace
     * @throws WorkspaceException if the workspace does not exist, or if a newer version wrote it
     */
    public Workspace view() {
        Workspace workspace = existing();
        noteReadOnly(workspace);
        return workspace;
    }

    private Workspace existing() {
        ExperimentFile given = file;
        return chosen().orElseThrow(() -> WorkspaceException.of("There is no workspace in " + choose())
                .advice(
                        given == null
                                ? "name one with --workdir or " + WorkspaceChoice.VARIABLE
                                        + ", give the experiment's YAML file as the first"
                                        + " argument, or run an experiment to make the workspace"
                                : "the first run of the experiment makes it: " + runCommand(given))
                .build());
    }

    /**
     * Returns the command that runs the experiment of a file in the chosen workspace.
     *
     * @param experiment the file
     * @return the command for a shell
     */
    public String runCommand(ExperimentFile experiment) {
        String chosen = option != null
                ? "--workdir " + ShellWord.of(option.toString()) + " "
                : name != null ? "--workspace " + ShellWord.of(name) + " " : "";
        return "experimaestro run-experiment " + chosen
                + ShellWord.of(experiment.path().toString());
    }

    /**
     * Opens the workspace for following what happens in it, as {@link #view} does. If it does not exist, a line on the
     * standard error says that its first run is awaited.
     *
     * @return a workspace that need not exist
     */
    public Workspace follow() {
        return find().orElseGet(() -> {
            WorkspaceChoice choice = choose();
            Printer.err(line()).line("There is no workspace in " + choice + " yet; its first run is awaited");
            return Workspace.view(choice.folder());
        });
    }

    /**
     * Opens the workspace for a change of what is in it, as {@link #view} does.
     *
     * @throws WorkspaceException also if the workspace is a bundle, which is read-only, or this user may not write there
     */
    public Workspace change() {
        Workspace workspace = existing();
        workspace.requireWritable();
        return workspace;
    }

    /**
     * Opens a workspace that another option names for reading.
     *
     * @param name a folder or a bundle
     * @return an existing workspace
     * @throws WorkspaceException if there is no workspace
     */
    public Workspace viewOf(String name) {
        Path folder = HomeFolder.expand(name).toAbsolutePath().normalize();
        Workspace workspace = opened(folder);
        if (!workspace.exists()) {
            throw WorkspaceException.of("There is no workspace in " + folder)
                    .advice("name a workspace, or a bundle")
                    .build();
        }
        return workspace;
    }

    /** Returns a workspace, or that of a bundle. */
    private static Workspace opened(Path folder) {
        if (!OpenedBundles.isBundle(folder)) {
            return Workspace.view(folder);
        }
        try {
            return Workspace.view(OpenedBundles.open(folder));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw WorkspaceException.of("Cannot open the bundle " + folder + ": interrupted")
                    .cause(interrupted)
                    .build();
        }
    }

    /** Opens the workspace for reading, as {@link #view} does; empty if it does not exist. */
    public Optional<Workspace> find() {
        Optional<Workspace> workspace = chosen();
        workspace.ifPresent(this::noteReadOnly);
        return workspace;
    }

    /** Prints why this user may only look. A bundle is meant to be read, and needs no such line. */
    private void noteReadOnly(Workspace workspace) {
        if (command != null && workspace.findBundle().isEmpty()) {
            workspace.findObstacle().ifPresent(obstacle -> Printer.err(line()).line("read-only: " + obstacle));
        }
    }

    private Optional<Workspace> chosen() {
        WorkspaceChoice choice = choose();
        Workspace workspace = opened(choice.folder());
        if (!workspace.exists()) {
            return Optional.empty();
        }
        if (choice.origin().isImplicit() && command != null) {
            Printer.err(command.commandLine()).line("Workspace: " + choice);
        }
        return Optional.of(workspace);
    }
}
