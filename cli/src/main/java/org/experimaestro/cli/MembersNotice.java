package org.experimaestro.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.internal.file.PrivateFolder;
import org.experimaestro.internal.identity.Md5;
import org.experimaestro.loader.settings.Strangers;
import org.experimaestro.loader.settings.UserSettings;

/**
 * Tells a user once who may write in a workspace beside those whom the user's settings name, because they can run code with the
 * user's rights; and again when these have changed. What was told is kept in the folder of the user's state.
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
     * The notice, which counts as told then.
     *
     * @param workspace a workspace that is there
     * @return empty if there is nobody, or they were told before
     */
    Optional<String> take(Path workspace) {
        try {
            Strangers strangers = Strangers.ofFolders(folders(workspace), settings);
            Path told = state.resolve(FOLDER).resolve(name(workspace));
            if (strangers.isEmpty()) {
                Files.deleteIfExists(told);
                return Optional.empty();
            }
            return isTold(told, strangers) ? Optional.empty() : Optional.of(text(workspace, strangers));
        } catch (IOException failed) {
            return Optional.of("Cannot see who may write in the workspace " + workspace + ": " + failed.getMessage());
        }
    }

    private static List<Path> folders(Path workspace) {
        return Stream.of(workspace, workspace.resolve("jobs"), workspace.resolve("classpath"))
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

    private String text(Path workspace, Strangers strangers) {
        return "Whoever may write in the workspace " + workspace
                + " can run code with your rights, and these may beside you: " + strangers.all() + "; "
                + settings.advice(strangers) + ". This is said once.";
    }

    private static String name(Path workspace) {
        byte[] bytes = workspace.toString().getBytes(StandardCharsets.UTF_8);
        return Md5.of(bytes, bytes.length) + ".txt";
    }
}
