package org.experimaestro.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogTailTest {
    @TempDir
    Path folder;

    @Test
    void of_shortFile_givesAllLines() throws IOException {
        assertThat(tail("one\ntwo\n", 5)).containsExactly("one", "two");
    }

    @Test
    void of_moreLinesThanAskedFor_givesTheLast() throws IOException {
        assertThat(tail("one\ntwo\n\nthree", 2)).containsExactly("", "three");
    }

    @Test
    void of_progressBar_showsWhatATerminalWould() throws IOException {
        String bar = "  1%\r 50%\r100%\nerror: no data\n";

        assertThat(tail("start\n" + bar, 3)).containsExactly("start", "100%", "error: no data");
    }

    @Test
    void of_progressBarThatEndsWithAReturn_showsItsLastText() throws IOException {
        assertThat(tail("start\n 10%\r 20%\r", 2)).containsExactly("start", " 20%");
    }

    @Test
    void of_windowsLineEnds_areNotShown() throws IOException {
        assertThat(tail("one\r\ntwo\r\n", 5)).containsExactly("one", "two");
    }

    @Test
    void of_megabytesWithoutNewline_givesOneLineCutInTheMiddle() throws IOException {
        List<String> lines = tail("begin" + "x".repeat(3_000_000) + "end", 5);

        assertThat(lines).hasSize(1);
        assertThat(lines.get(0)).hasSizeLessThan(500).contains(" … ").endsWith("xend");
    }

    @Test
    void of_binary_hasNoControlCharacters() throws IOException {
        byte[] bytes = new byte[100_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31 + i / 256);
        }
        Path file = Files.write(folder.resolve("log"), bytes);

        assertThat(LogTail.of(file, 5))
                .hasSizeLessThanOrEqualTo(5)
                .allMatch(line -> line.chars().noneMatch(Character::isISOControl));
    }

    @Test
    void of_charactersThatATerminalObeys_areShownAsEscapes() throws IOException {
        assertThat(tail("a\tb\u001B[2J\u009B1m\u202Eend\n", 5)).containsExactly("a b\\u001B[2J\\u009B1m\\u202Eend");
    }

    @Test
    void of_emptyOrMissingFile_givesNothing() throws IOException {
        assertThat(tail("", 5)).isEmpty();
        assertThat(LogTail.of(folder.resolve("missing"), 5)).isEmpty();
        assertThat(LogTail.of(folder, 5)).isEmpty();
    }

    @Test
    void of_link_followsItToASiblingOnly() throws IOException {
        Files.createDirectory(folder.resolve("job"));
        Files.writeString(folder.resolve("job/stdout-1.log"), "words\n");
        Files.writeString(folder.resolve("secret"), "a secret\n");
        Path sibling = Files.createSymbolicLink(folder.resolve("job/stdout-2.log"), Path.of("stdout-1.log"));
        Path out = Files.createSymbolicLink(folder.resolve("job/stdout-3.log"), Path.of("../secret"));
        Path absolute = Files.createSymbolicLink(folder.resolve("job/stdout-4.log"), folder.resolve("secret"));
        Path endless = Files.createSymbolicLink(folder.resolve("job/stdout-5.log"), Path.of("/dev/zero"));
        Path twice = Files.createSymbolicLink(folder.resolve("job/stdout-6.log"), Path.of("stdout-3.log"));

        assertThat(LogTail.of(sibling, 5)).containsExactly("words");
        assertThat(List.of(out, absolute, endless, twice))
                .allSatisfy(link -> assertThat(LogTail.of(link, 5)).isEmpty());
    }

    private List<String> tail(String text, int lines) throws IOException {
        return LogTail.of(Files.writeString(folder.resolve("log"), text), lines);
    }
}
