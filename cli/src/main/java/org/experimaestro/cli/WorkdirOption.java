package org.experimaestro.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.file.HomeFolder;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.WorkspaceLayout;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option that names the workspace, and the choice of a workspace without it. */
public final class WorkdirOption {
    /** The environment variable that names the workspace. */
    public static final String VARIABLE = "EXPERIMAESTRO_WORKDIR";

    @Spec(Spec.Target.MIXEE)
    @Nullable
    CommandSpec command;

    @Option(
            names = "--workdir",
            paramLabel = "DIR",
            description = "The workspace. Default: $" + VARIABLE
                    + ", else the workspace that the current folder is in, else ~/experimaestro.")
    private @Nullable Path option;

    /** The source of the choice of a workspace. */
    public enum Origin {
        /** The option names the workspace. */
        OPTION("--workdir"),
        /** The file of the experiment names the workspace. */
        FILE("workdir: in the file"),
        /** The environment variable names the workspace. */
        VARIABLE(WorkdirOption.VARIABLE),
        /** The current folder, or a folder above it, is the workspace. */
        CURRENT_FOLDER("the current folder is in it"),
        /** The workspace is the default, {@code ~/experimaestro}. */
        HOME("the default");

        private final String phrase;

        Origin(String phrase) {
            this.phrase = phrase;
        }

        /**
         * Returns the origin in words.
         *
         * @return a phrase for parentheses behind the folder
         */
        public String phrase() {
            return phrase;
        }

        /**
         * Returns whether a command prints the chosen workspace.
         *
         * @return false if the user named the workspace
         */
        public boolean isImplicit() {
            return this == CURRENT_FOLDER || this == HOME;
        }
    }

    /**
     * A chosen workspace.
     *
     * @param folder its absolute path
     * @param origin the source of the choice
     */
    public record Choice(Path folder, Origin origin) {
        @Override
        public String toString() {
            return folder + " (" + origin.phrase() + ")";
        }
    }

    /**
     * Chooses the workspace.
     *
     * @param fromFile the workspace that the experiment's file names, which the option overrides; {@code null} if
     *     there is none
     * @return the choice; its folder may be missing
     */
    public Choice choose(@Nullable Path fromFile) {
        return choose(option, fromFile, System.getenv(), Path.of("").toAbsolutePath(), HomeFolder::current);
    }

    static Choice choose(
            @Nullable Path option,
            @Nullable Path fromFile,
            Map<String, String> environment,
            Path current,
            Supplier<Path> home) {
        if (option != null) {
            return choice(current.resolve(HomeFolder.expand(option.toString())), Origin.OPTION);
        }
        if (fromFile != null) {
            return choice(current.resolve(fromFile), Origin.FILE);
        }
        String variable = environment.getOrDefault(VARIABLE, "");
        if (!variable.isEmpty()) {
            return choice(current.resolve(HomeFolder.expand(variable)), Origin.VARIABLE);
        }
        for (Path folder = current; folder != null; folder = folder.getParent()) {
            if (WorkspaceLayout.isWorkspace(folder)) {
                return choice(folder, Origin.CURRENT_FOLDER);
            }
        }
        return choice(home.get().resolve("experimaestro"), Origin.HOME);
    }

    private static Choice choice(Path folder, Origin origin) {
        return new Choice(folder.toAbsolutePath().normalize(), origin);
    }

    /**
     * Opens the workspace for reading. If the user did not name it, its folder is printed on the standard error.
     *
     * @return an existing workspace
     * @throws WorkspaceException if the workspace does not exist, or if a newer version wrote it
     */
    Workspace view() {
        return find().orElseThrow(() -> WorkspaceException.of("There is no workspace in " + choose(null))
                .advice("name one with --workdir or " + VARIABLE + ", or run an experiment to make it")
                .build());
    }

    /** Opens the workspace for reading, as {@link #view} does; empty if it does not exist. */
    Optional<Workspace> find() {
        Choice choice = choose(null);
        Workspace workspace = Workspace.view(choice.folder());
        if (!workspace.exists()) {
            return Optional.empty();
        }
        if (choice.origin().isImplicit() && command != null) {
            Printer.err(command.commandLine()).line("Workspace: " + choice);
        }
        return Optional.of(workspace);
    }
}
