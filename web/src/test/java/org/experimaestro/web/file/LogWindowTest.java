package org.experimaestro.web.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogWindowTest {
    private static final int COUNT = 4096;

    @TempDir
    Path folder;

    @Test
    void last_shortLog_isTheWholeLog() throws IOException {
        assertThat(last("one\ntwo\nthree", false)).isEqualTo(new LogWindow(0, 13, "one\ntwo\nthree"));
    }

    @Test
    void last_longLog_beginsWhereALineBegins() throws IOException {
        String log = "a line of a log\n".repeat(10_000);

        LogWindow window = last(log, false);

        assertThat(window.to()).isEqualTo(160_000);
        assertThat(window.from() % 16).isZero();
        assertThat(window.to() - window.from()).isEqualTo(COUNT);
        assertThat(window.text()).startsWith("a line");
    }

    @Test
    void last_oneLongLine_beginsWhereACharacterBegins() throws IOException {
        LogWindow window = last("ä".repeat(10_000) + "x", false);

        assertThat(window.text()).startsWith("ä").endsWith("x").doesNotContain("\uFFFD");
    }

    @Test
    void last_characterThatIsNotWholeYet_waitsForItsRest() throws IOException {
        byte[] log = "two €".getBytes(StandardCharsets.UTF_8);

        assertThat(last(log, 6, true)).isEqualTo(new LogWindow(0, 4, "two "));
        assertThat(last(log, 6, false).to()).isEqualTo(6);
        assertThat(last(log, 7, true).text()).isEqualTo("two €");
    }

    @Test
    void at_byteInALine_goesBackToTheLine() throws IOException {
        LogWindow window = at("one\ntwo\nthree\n", 5);

        assertThat(window).isEqualTo(new LogWindow(4, 14, "two\nthree\n"));
        assertThat(at("one\ntwo\nthree\n", 4).from()).isEqualTo(4);
        assertThat(at("one\ntwo\nthree\n", 99)).isEqualTo(new LogWindow(14, 14, ""));
    }

    @Test
    void at_anyLog_readFromPartToPartIsTheWholeLog() throws IOException {
        Random random = new Random(7);
        for (int round = 0; round < 20; round++) {
            StringBuilder log = new StringBuilder();
            while (log.length() < 60_000) {
                log.append("€ä x".repeat(random.nextInt(round % 4 == 0 ? 9000 : 30)))
                        .append('\n');
            }
            assertThat(readThrough(log.toString())).isEqualTo(log.toString());
        }
    }

    private String readThrough(String log) throws IOException {
        byte[] bytes = log.getBytes(StandardCharsets.UTF_8);
        StringBuilder read = new StringBuilder();
        try (SeekableByteChannel channel = open(bytes)) {
            long position = 0;
            while (position < bytes.length) {
                LogWindow window = LogWindow.at(channel, bytes.length, position, COUNT, false);
                assertThat(window.to()).isGreaterThan(position);
                assertThat(window.to() - window.from()).isLessThanOrEqualTo(COUNT);
                byte[] text = window.text().getBytes(StandardCharsets.UTF_8);
                int known = (int) (position - window.from());
                read.append(new String(text, known, text.length - known, StandardCharsets.UTF_8));
                position = window.to();
            }
        }
        return read.toString();
    }

    private LogWindow last(String log, boolean isGrowing) throws IOException {
        byte[] bytes = log.getBytes(StandardCharsets.UTF_8);
        return last(bytes, bytes.length, isGrowing);
    }

    private LogWindow last(byte[] log, int size, boolean isGrowing) throws IOException {
        try (SeekableByteChannel channel = open(log)) {
            return LogWindow.last(channel, size, COUNT, isGrowing);
        }
    }

    private LogWindow at(String log, long from) throws IOException {
        byte[] bytes = log.getBytes(StandardCharsets.UTF_8);
        try (SeekableByteChannel channel = open(bytes)) {
            return LogWindow.at(channel, bytes.length, from, COUNT, false);
        }
    }

    private SeekableByteChannel open(byte[] log) throws IOException {
        return Files.newByteChannel(Files.write(folder.resolve("log"), log));
    }
}
