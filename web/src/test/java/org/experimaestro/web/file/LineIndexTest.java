package org.experimaestro.web.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineIndexTest {
    private static final String LINE = "a line of seventeen\n";

    @TempDir
    Path folder;

    @Test
    void lineAt_longLog_isTheNumberOfItsLine() throws IOException {
        Path log = Files.writeString(folder.resolve("log"), LINE.repeat(100_000) + "last");
        try (SeekableByteChannel channel = Files.newByteChannel(log)) {
            LineIndex index = counted(channel);

            for (int line : new int[] {1, 2, 13_107, 13_108, 26_215, 100_000}) {
                assertThat(index.lineAt(channel, (long) (line - 1) * LINE.length()))
                        .hasValue(line);
            }
            assertThat(index.lineAt(channel, channel.size() - 1)).hasValue(100_001);
            assertThat(index.lineAt(channel, channel.size())).hasValue(100_001);
            assertThat(index.lines(channel.size())).hasValue(100_001);
        }
    }

    @Test
    void count_logThatHasGrown_goesOn() throws IOException {
        Path log = Files.writeString(folder.resolve("log"), LINE.repeat(20_000) + "unfini");
        try (SeekableByteChannel channel = Files.newByteChannel(log)) {
            LineIndex index = counted(channel);
            assertThat(index.lines(channel.size())).hasValue(20_001);
            assertThat(index.lines(channel.size() + 1)).isEmpty();

            Files.writeString(log, "shed\n" + LINE.repeat(20_000), StandardOpenOption.APPEND);
            assertThat(index.beginCounting(channel.size())).isTrue();
            assertThat(index.beginCounting(channel.size())).isFalse();
            index.count(channel, channel.size());

            assertThat(index.lines(channel.size())).hasValue(40_001);
            assertThat(index.lineAt(channel, channel.size() - 1)).hasValue(40_001);
        }
    }

    @Test
    void isOf_logThatWasCutOrReplaced_isFalse() throws IOException {
        Path log = Files.writeString(folder.resolve("log"), LINE);
        try (SeekableByteChannel channel = Files.newByteChannel(log)) {
            LineIndex index = counted(channel);

            assertThat(index.isOf("file", LINE.length())).isTrue();
            assertThat(index.isOf("file", LINE.length() - 1)).isFalse();
            assertThat(index.isOf("other", LINE.length())).isFalse();
        }
    }

    private static LineIndex counted(SeekableByteChannel channel) throws IOException {
        LineIndex index = new LineIndex("file");
        assertThat(index.beginCounting(channel.size())).isTrue();
        index.count(channel, channel.size());
        return index;
    }
}
