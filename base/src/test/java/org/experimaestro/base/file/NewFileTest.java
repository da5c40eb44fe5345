package org.experimaestro.base.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class NewFileTest {
    @TempDir
    Path folder;

    @Test
    void open_noFile_isMade() throws IOException {
        Path file = folder.resolve("file");

        write(file, "new");

        assertThat(file).hasContent("new");
    }

    @Test
    void open_fileWithAnotherName_leavesThatOne() throws IOException {
        Path other = Files.writeString(folder.resolve("other"), "old");
        Path file = Files.createLink(folder.resolve("file"), other);

        write(file, "new");

        assertThat(file).hasContent("new");
        assertThat(other).hasContent("old");
    }

    @Test
    void open_link_isRefusedAndItsTargetStays() throws IOException {
        Path target = Files.writeString(folder.resolve("target"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), target);
        Path toNothing = Files.createSymbolicLink(folder.resolve("broken"), folder.resolve("none"));

        for (Path planted : new Path[] {link, toNothing}) {
            assertThatThrownBy(() -> write(planted, "new"))
                    .isInstanceOf(FileSystemException.class)
                    .hasMessageContaining(planted.toString())
                    .hasMessageContaining("symbolic link");
        }
        assertThat(target).hasContent("old");
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void open_folder_isRefused() {
        assertThatThrownBy(() -> write(folder, "new")).hasMessageContaining("a folder");
    }

    private static void write(Path file, String text) throws IOException {
        try (OutputStream out = NewFile.open(file)) {
            out.write(text.getBytes());
        }
    }
}
