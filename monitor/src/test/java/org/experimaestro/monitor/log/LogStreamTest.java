package org.experimaestro.monitor.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogStreamTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private Path file;
    private LogStream stream;

    @BeforeEach
    void open() {
        file = folder.resolve("log");
        stream = new LogStream(file);
    }

    @Test
    void copyTo_fileThatGrows_copiesEachByteOnce() throws IOException {
        Random random = new Random(3);
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        for (int i = 0; i < 40; i++) {
            byte[] piece = new byte[random.nextInt(5) == 0 ? 200_000 : random.nextInt(100)];
            random.nextBytes(piece);
            append(piece);
            written.writeBytes(piece);

            assertThat(stream.hasMore()).isEqualTo(piece.length > 0);
            int last = stream.copyTo(out);

            assertThat(last).isEqualTo(piece.length == 0 ? -1 : piece[piece.length - 1]);
            assertThat(out.toByteArray()).isEqualTo(written.toByteArray());
        }
    }

    @Test
    void copyTo_linesWithCarriageReturnsAndZeros_areAsTheyAre() throws IOException {
        byte[] bytes = "10 %\r20 %\r\nb\0\u001b[1m\u00e9".getBytes(StandardCharsets.UTF_8);
        append(bytes);

        stream.copyTo(out);

        assertThat(out.toByteArray()).isEqualTo(bytes);
    }

    @Test
    void copyTo_fileThatBeganAnew_copiesItFromItsBeginning() throws IOException {
        append("the first attempt, long\n".getBytes(StandardCharsets.UTF_8));
        stream.copyTo(out);
        out.reset();
        Files.writeString(file, "again\n");

        assertThat(stream.hasMore()).isTrue();
        stream.copyTo(out);

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("again\n");
    }

    @Test
    void copyTo_noFileYet_copiesNothingAndThenAll() throws IOException {
        assertThat(stream.hasMore()).isFalse();
        assertThat(stream.copyTo(out)).isEqualTo(-1);
        append("x".getBytes(StandardCharsets.UTF_8));

        assertThat(stream.copyTo(out)).isEqualTo('x');
    }

    @Test
    void copyTo_linkThatLeadsElsewhere_isRefused() throws IOException {
        Files.createSymbolicLink(file, Path.of("/etc/passwd"));

        assertThatThrownBy(() -> stream.copyTo(out)).isInstanceOf(FileSystemException.class);
        assertThat(out.size()).isZero();
    }

    /** Compared with lines that are cut as simply as can be. */
    @Test
    void skipToLast_anyText_leavesAsManyLines() throws IOException {
        Random random = new Random(4);
        for (int i = 0; i < 100; i++) {
            StringBuilder text = new StringBuilder();
            for (int left = random.nextInt(30); left > 0; left--) {
                text.append("ab\r".repeat(random.nextInt(20) == 0 ? 30_000 : random.nextInt(3)))
                        .append(random.nextInt(3) == 0 ? "" : "\n");
            }
            Files.writeString(file, text);
            int lines = random.nextInt(6);
            out.reset();
            LogStream tail = new LogStream(file);
            tail.skipToLast(lines);
            tail.copyTo(out);

            assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(last(text.toString(), lines));
        }
    }

    private static String last(String text, int lines) {
        List<String> all = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
            all.add(text.substring(start, end + 1));
            start = end + 1;
        }
        if (start < text.length()) {
            all.add(text.substring(start));
        }
        return String.join("", all.subList(Math.max(0, all.size() - lines), all.size()));
    }

    private void append(byte[] bytes) throws IOException {
        Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
