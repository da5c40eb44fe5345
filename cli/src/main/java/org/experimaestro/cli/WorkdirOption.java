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

/** The option that names the workspace, and what is done without it. */
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

    /** Where the choice of a workspace comes from. */
    public enum Origin {
        /** The option. */
        OPTION("--workdir"),
        /** The file of the experiment. */
        FILE("workdir: in the file"),
        /** The environment. */
        VARIABLE(WorkdirOption.VARIABLE),
        /** The current folder, or one above it, is a workspace. */
        CURRENT_FOLDER("the current folder is in it"),
        /** Nothing said anything. */
        HOME("the default");

        private final String phrase;

        Origin(String phrase) {
            this.phrase = phrase;
        }

        /**
         * The origin in words.
         *
         * @return a phrase to be put in parentheses behind the folder
         */
        public String phrase() {
            return phrase;
        }

        /**
         * Whether the user has to be told.
         *
         * @return false where the user named the workspace
         */
        public boolean isImplicit() {
            return this == CURRENT_FOLDER || this == HOME;
        }
    }

    /**
     * A workspace's folder.
     *
     * @param folder an absolute path
     * @param origin why this one
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
     * @param fromFile what the experiment's file says, which the option overrides; or {@code null}
     * @return the choice, whether the folder exists or not
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
     * The workspace, to be looked at. Says on the standard error which one it is where the user did not name it.
     *
     * @return a workspace that exists
     * @throws WorkspaceException if it does not exist, or a newer version wrote it
     */
    Workspace view() {
        return find().orElseThrow(() -> WorkspaceException.of("There is no workspace in " + choose(null))
                .advice("name one with --workdir or " + VARIABLE + ", or run an experiment to make it")
                .build());
    }

    /** The workspace, to be looked at, if it exists. */
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
