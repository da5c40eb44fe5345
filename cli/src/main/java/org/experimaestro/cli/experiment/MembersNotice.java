package org.experimaestro.cli.experiment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.experimaestro.base.file.PrivateFolder;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.model.identity.Md5;
import org.experimaestro.settings.Strangers;
import org.experimaestro.settings.UserSettings;
import org.experimaestro.workspace.WorkspaceLayout;

/**
 * A notice about users who may write in a workspace, or in Maven's local repository, because they can run code with the
 * user's rights. Users that the user's settings trust are left out. Each notice is given once, and again when these
 * users change; the given notices are stored in the folder of the user's state.
 */
final class MembersNotice {
    private static final String FOLDER = "workspaces";

    private final Path state;
    private final UserSettings settings;

    MembersNotice(Path state, UserSettings settings) {
        this.state = state;
        this.settings = settings;
    }

    /**
     * Returns the notice about a workspace, and stores that it was given.
     *
     * @param workspace an existing workspace
     * @return empty if there are no such users, or if the same notice was given before
     */
    Optional<String> take(Path workspace) {
        return take("the workspace " + workspace, workspace, () -> Strangers.ofFolders(folders(workspace), settings));
    }

    /**
     * Returns the notice about Maven's local repository, and stores that it was given. Maven and the umask set the
     * permissions of the repository's files.
     *
     * @param repository the repository
     * @param classPath the plan's libraries; only those in the repository are checked
     * @return empty if there are no such users, or if the same notice was given before
     */
    Optional<String> take(Path repository, List<Path> classPath) {
        return take(
                "Maven's local repository " + repository,
                repository,
                () -> Strangers.below(repository, classPath, settings));
    }

    private interface Look {
        Strangers look() throws IOException;
    }

    private Optional<String> take(String what, Path place, Look look) {
        try {
            Strangers strangers = look.look();
            Path told = state.resolve(FOLDER).resolve(name(place));
            if (strangers.isEmpty()) {
                Files.deleteIfExists(told);
                return Optional.empty();
            }
            return isTold(told, strangers) ? Optional.empty() : Optional.of(text(what, strangers));
        } catch (IOException failed) {
            return Optional.of("Cannot see who may write in " + what + ": " + failed.getMessage());
        }
    }

    private static List<Path> folders(Path workspace) {
        return Stream.of(workspace, WorkspaceLayout.jobs(workspace), WorkspaceLayout.classPath(workspace))
                .filter(Files::exists)
                .toList();
    }

    private boolean isTold(Path told, Strangers strangers) {
        try {
            PrivateFolder.make(state, FOLDER);
            if (strangers.toString().equals(told(told))) {
                return true;
            }
            AtomicFile.write(told, strangers.toString());
        } catch (IOException failed) {
            System.getLogger(MembersNotice.class.getName())
                    .log(System.Logger.Level.DEBUG, "Who may write in a workspace will be told again", failed);
        }
        return false;
    }

    private static String told(Path told) throws IOException {
        try {
            return Files.readString(told);
        } catch (NoSuchFileException notYet) {
            return "";
        }
    }

    private String text(String what, Strangers strangers) {
        return "Whoever may write in " + what
                + " can run code with your rights, and these may beside you: " + strangers.all() + "; "
                + settings.advice(strangers) + ". This is said once.";
    }

    private static String name(Path place) {
        byte[] bytes = place.toString().getBytes(StandardCharsets.UTF_8);
        return Md5.of(bytes, bytes.length) + ".txt";
    }
}
