package org.experimaestro.cli;

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
 * Tells a user once who may write in a workspace, or in Maven's local repository, beside those whom the user's settings name,
 * because they can run code with the user's rights; and again when these have changed. What was told is kept in the folder of the user's state.
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
     * The notice of a workspace, which counts as told then.
     *
     * @param workspace a workspace that is there
     * @return empty if there is nobody, or they were told before
     */
    Optional<String> take(Path workspace) {
        return take("the workspace " + workspace, workspace, () -> Strangers.ofFolders(folders(workspace), settings));
    }

    /**
     * The notice of Maven's local repository, whose files have the permissions that Maven and the umask give them.
     *
     * @param repository the repository
     * @param classPath the plan's libraries, of which those in the repository count
     * @return empty if there is nobody, or they were told before
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
