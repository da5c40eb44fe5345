package org.experimaestro.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalLogTest {
    private static final int MANY = 5_000;

    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    private final TerminalLog log = new TerminalLog(new PrintStream(terminal, true, StandardCharsets.UTF_8), true);

    @ParameterizedTest
    @ValueSource(strings = {"\r", "\u001B", "\u001B[", "\u001B[3", "\u001B[3m", "3", ";", "\r\n", "x"})
    void unfinished_manyOfOneKind_looksAtEachCharacterOnce(String piece) {
        for (String text :
                new String[] {piece.repeat(MANY), piece.repeat(MANY) + "x", "\u001B[" + piece.repeat(MANY)}) {
            CountedText counted = new CountedText(text, new AtomicLong());

            TerminalLog.unfinished(counted);

            assertThat(counted.looks.get()).isLessThanOrEqualTo(text.length() + 200L);
        }
    }

    @Test
    void write_manyCarriageReturnsInPieces_areOneBeginning() {
        byte[] piece = "\r".repeat(MANY).getBytes(StandardCharsets.UTF_8);
        write("10 %");
        for (int i = 0; i < 3; i++) {
            log.write(piece, 0, piece.length);
        }
        assertThat(terminal).hasToString("10 %");

        write("100 %");
        log.write(piece, 0, piece.length);
        write("\n");

        assertThat(terminal).hasToString("10 %\r\u001B[K100 %\n");
    }

    @Test
    void write_colorThatNeverEnds_isShownAsEscapesWhetherWholeOrInPieces() {
        String endless = "\u001B[" + "1;".repeat(40) + "m";

        write(endless);
        write("\n");
        endless.chars().forEach(log::write);

        assertThat(terminal).hasToString("\\u001B" + endless.substring(1) + "\n\\u001B" + endless.substring(1));
    }

    private void write(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        log.write(bytes, 0, bytes.length);
    }

    /** Counts how often one of its characters is looked at. */
    private record CountedText(String text, AtomicLong looks) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            looks.incrementAndGet();
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new CountedText(text.substring(start, end), looks);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
