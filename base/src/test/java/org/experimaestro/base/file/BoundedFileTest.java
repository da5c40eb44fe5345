package org.experimaestro.base.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class BoundedFileTest {
    private static final int MOST = 10;

    @TempDir
    Path folder;

    @Test
    void read_upToTheLimit_isTheContent() throws IOException {
        assertThat(BoundedFile.read(written(""), MOST)).isEmpty();
        assertThat(BoundedFile.read(written("0123456789"), MOST)).asString().isEqualTo("0123456789");
    }

    @Test
    void read_largerFile_isRefusedWithTheLimit() throws IOException {
        Path file = written("0123456789a");

        assertThatThrownBy(() -> BoundedFile.read(file, MOST))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("larger than 10 bytes");
    }

    @Test
    void read_fileThatTellsNoSize_isReadUpToTheLimit() throws IOException {
        Path status = Path.of("/proc/self/status");
        assumeTrue(Files.exists(status), "only Linux has /proc");

        assertThat(BoundedFile.read(status, 1_000_000)).asString().contains("\nUid:");
        assertThatThrownBy(() -> BoundedFile.read(status, MOST)).hasMessageContaining("larger than 10 bytes");
    }

    @Test
    void read_link_isRefusedWhereverItLeads() throws IOException {
        Path file = written("secret");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        Path toNothing = Files.createSymbolicLink(folder.resolve("broken"), folder.resolve("none"));
        Path endless = Files.createSymbolicLink(folder.resolve("endless"), Path.of("/dev/zero"));

        for (Path planted : new Path[] {link, toNothing, endless}) {
            assertThatThrownBy(() -> BoundedFile.read(planted, MOST)).hasMessageContaining("symbolic link");
            assertThatThrownBy(() -> BoundedFile.open(planted).close()).hasMessageContaining("symbolic link");
        }
    }

    @Test
    void read_pipeWithoutAWriter_isRefusedAtOnce() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        assertThatThrownBy(() -> BoundedFile.read(pipe, MOST)).hasMessageContaining("a pipe");
        assertThatThrownBy(() -> BoundedFile.open(pipe).close()).hasMessageContaining("a pipe");
    }

    @Test
    void read_folder_isRefused() {
        assertThatThrownBy(() -> BoundedFile.read(folder, MOST)).hasMessageContaining("a folder");
    }

    @Test
    void read_noFile_saysSo() {
        assertThatThrownBy(() -> BoundedFile.read(folder.resolve("none"), MOST))
                .isInstanceOf(NoSuchFileException.class);
    }

    private Path written(String text) throws IOException {
        return Files.writeString(folder.resolve("file"), text);
    }
}
