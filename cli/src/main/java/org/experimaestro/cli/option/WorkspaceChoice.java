package org.experimaestro.cli.option;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.file.HomeFolder;
import org.experimaestro.settings.ExperimentFile;
import org.experimaestro.settings.NamedWorkspace;
import org.experimaestro.settings.UserSettings;
import org.experimaestro.workspace.WorkspaceLayout;
import org.jspecify.annotations.Nullable;

/**
 * The choice of the workspace that a command is about. docs/yaml.md has the order, which is that of {@link Origin}.
 *
 * @param folder its absolute path; it may be missing
 * @param origin the source of the choice
 * @param reason the source in words, for parentheses behind the folder
 */
public record WorkspaceChoice(Path folder, Origin origin, String reason) {
    /** The environment variable that names the workspace. */
    public static final String VARIABLE = "EXPERIMAESTRO_WORKDIR";

    /** The source of the choice of a workspace. */
    public enum Origin {
        /** An option names the workspace. */
        OPTION,
        /** The experiment's file, which the command line names, names the workspace. */
        FILE,
        /** An experiment's file in the current folder names the workspace. */
        FILE_HERE,
        /** The environment variable names the workspace. */
        VARIABLE,
        /** The user's settings name a workspace whose trigger matches the experiment. */
        TRIGGER,
        /** The current folder, or a folder above it, is the workspace. */
        CURRENT_FOLDER,
        /** The workspace is the first one of the user's settings that has no trigger. */
        USUAL,
        /** The workspace is the default, {@code ~/experimaestro}. */
        HOME;

        /**
         * Returns whether a command prints the chosen workspace.
         *
         * @return false if the user named the workspace
         */
        public boolean isImplicit() {
            return switch (this) {
                case FILE_HERE, TRIGGER, CURRENT_FOLDER, USUAL, HOME -> true;
                case OPTION, FILE, VARIABLE -> false;
            };
        }
    }

    /**
     * Chooses the workspace.
     *
     * @param option the value of {@code --workdir}; {@code null} without it
     * @param name the value of {@code --workspace}; {@code null} without it
     * @param file the experiment's file that the command line names; {@code null} without one
     * @param environment the variables of the process
     * @param current the current folder
     * @param home returns the user's home folder; called only if it is needed
     * @return the choice
     * @throws WorkspaceException if the user's settings have no workspace of that name, or if the experiments of the
     *     current folder have several workspaces, and nothing else names one
     */
    public static WorkspaceChoice of(
            @Nullable Path option,
            @Nullable String name,
            @Nullable ExperimentFile file,
            Map<String, String> environment,
            Path current,
            Supplier<Path> home) {
        if (option != null) {
            requireNoExperiment(option);
            return to(current.resolve(HomeFolder.expand(option.toString())), Origin.OPTION, "--workdir");
        }
        if (name != null) {
            UserSettings user = UserSettings.read(environment, home);
            return to(user.workspaces().get(name, user.label()).folder(), Origin.OPTION, "--workspace " + name);
        }
        Optional<ExperimentsHere> here = file == null ? Optional.of(ExperimentsHere.in(current)) : Optional.empty();
        return Optional.ofNullable(file)
                .flatMap(WorkspaceChoice::ofFile)
                .or(() -> here.flatMap(ExperimentsHere::choice))
                .or(() -> ofVariable(environment, current))
                .orElseGet(() -> {
                    Set<String> experiments = file == null ? here.orElseThrow().others() : Set.of(file.id());
                    return ofSettings(experiments, UserSettings.read(environment, home), current, home);
                });
    }

    private static void requireNoExperiment(Path option) {
        if (ExperimentFile.isNameOfOne(option.toString()) && Files.isRegularFile(option)) {
            throw WorkspaceException.of("Cannot use the workspace " + option + ": it is a file, not a folder")
                    .advice("give the experiment's file as the first argument, without --workdir")
                    .build();
        }
    }

    private static Optional<WorkspaceChoice> ofFile(ExperimentFile file) {
        return file.workdir()
                .map(folder ->
                        to(folder, Origin.FILE, "workdir: in " + file.path().getFileName()));
    }

    private static Optional<WorkspaceChoice> ofVariable(Map<String, String> environment, Path current) {
        return Optional.ofNullable(environment.get(VARIABLE))
                .filter(value -> !value.isBlank())
                .map(value -> to(current.resolve(HomeFolder.expand(value)), Origin.VARIABLE, VARIABLE));
    }

    /** Returns the workspace where nothing but the settings and the current folder tells one. */
    private static WorkspaceChoice ofSettings(
            Set<String> experiments, UserSettings user, Path current, Supplier<Path> home) {
        return ofTrigger(experiments, user)
                .or(() -> around(current))
                .or(() -> user.workspaces()
                        .findUsual()
                        .map(usual -> to(usual.folder(), Origin.USUAL, usual.name() + " in " + user.label())))
                .orElseGet(() -> to(home.get().resolve("experimaestro"), Origin.HOME, "the default"));
    }

    private static Optional<WorkspaceChoice> ofTrigger(Set<String> experiments, UserSettings user) {
        List<NamedWorkspace> triggered = experiments.stream()
                .flatMap(experiment -> user.workspaces().findFor(experiment).stream())
                .distinct()
                .toList();
        if (triggered.size() > 1) {
            throw WorkspaceException.of("The experiments of this folder have several workspaces: "
                            + triggered.stream().map(NamedWorkspace::name).collect(Collectors.joining(", ")))
                    .advice("give the file of one as the first argument, or name the workspace with --workspace")
                    .build();
        }
        return triggered.stream()
                .findFirst()
                .map(workspace -> to(
                        workspace.folder(),
                        Origin.TRIGGER,
                        workspace.name() + " in " + user.label() + ", by a trigger"));
    }

    private static Optional<WorkspaceChoice> around(Path current) {
        for (Path folder = current; folder != null; folder = folder.getParent()) {
            if (WorkspaceLayout.isWorkspace(folder)) {
                return Optional.of(to(folder, Origin.CURRENT_FOLDER, "the current folder is in it"));
            }
        }
        return Optional.empty();
    }

    private static WorkspaceChoice to(Path folder, Origin origin, String reason) {
        return new WorkspaceChoice(folder.toAbsolutePath().normalize(), origin, reason);
    }

    @Override
    public String toString() {
        return folder + " (" + reason + ")";
    }
}
