package org.experimaestro.base.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class BoundedLinesTest {
    private static final int MOST = 200_000;

    @TempDir
    Path folder;

    @Test
    void next_severalPieces_areTheLines() throws IOException {
        String large = "x".repeat(MOST);

        assertThat(lines("a\n\n" + large + "\nb\n")).containsExactly("a|", "|", large + "|", "b|");
    }

    @Test
    void next_lastLineWithoutAnEnd_saysSo() throws IOException {
        assertThat(lines("a\nb")).containsExactly("a|", "b");
        assertThat(lines("")).isEmpty();
    }

    @Test
    void next_lineThatIsTooLong_isRefusedWithTheLimit() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "a\n" + "x".repeat(MOST + 1) + "\n");

        try (BoundedLines lines = BoundedLines.open(file, MOST)) {
            assertThat(lines.next()).asString().isEqualTo("a");
            assertThatThrownBy(lines::next)
                    .isInstanceOf(FileSystemException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("longer than 200000 bytes");
        }
    }

    @Test
    void open_link_isRefused() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("/dev/zero"));

        assertThatThrownBy(() -> BoundedLines.open(link, MOST)).hasMessageContaining("symbolic link");
    }

    /** Returns the lines, with a bar for each line end. */
    private List<String> lines(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), text);
        List<String> found = new ArrayList<>();
        try (BoundedLines lines = BoundedLines.open(file, MOST)) {
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                found.add(new String(line, StandardCharsets.UTF_8) + (lines.hasEnded() ? "|" : ""));
            }
        }
        return found;
    }
}
