package org.experimaestro.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.experimaestro.disturbance.JvmCommand;
import org.experimaestro.disturbance.OtherUser;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotesTest {
    @TempDir
    private Path root;

    /** A program that prints the notes on the runs of a workspace. */
    static final class Lister {
        private Lister() {}

        public static void main(String[] arguments) {
            for (RunFolder run :
                    Workspace.open(Path.of(arguments[0])).experiment("grid").runs()) {
                System.out.println(Notes.of(run).list().stream().map(Note::text).toList());
            }
        }
    }

    @Test
    void list_folderThatCannotBeListed_hasNoNotes() throws IOException {
        OtherUser other = OtherUser.find().orElse(null);
        Assumptions.assumeTrue(other != null, "another user can only be played by root");
        RunFolder run = Workspace.open(root).experiment("grid").newRun(Instant.now());
        Notes.of(run).add("mine", Instant.now());
        assertThat(list(other)).isEqualTo("[mine]");

        Path notes = run.path().resolve(Notes.FOLDER);
        other.own(notes);
        Files.setPosixFilePermissions(notes, PosixFilePermissions.fromString("rwx--x--x"));

        assertThat(list(other)).isEqualTo("[]");
    }

    private String list(OtherUser other) throws IOException {
        List<String> command =
                JvmCommand.of("-cp", System.getProperty("java.class.path"), Lister.class.getName(), root.toString());
        return other.runKeptOut("'" + String.join("' '", command) + "'").strip();
    }
}
