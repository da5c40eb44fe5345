package org.experimaestro.model.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** The bytes of a configuration as in {@code docs/identifier-bytes.md}: a line for each part, with its meaning. */
final class AnnotatedDump {
    private static final int WIDTH = 48;

    private final ByteBuffer bytes;
    private final StringBuilder text = new StringBuilder();

    private AnnotatedDump(byte[] stream) {
        this.bytes = ByteBuffer.wrap(stream);
    }

    static String of(byte[] stream, String md5) {
        AnnotatedDump dump = new AnnotatedDump(stream);
        dump.configuration();
        return dump.text + "\nMD5: " + md5 + "\n";
    }

    private void configuration() {
        line(1, "format 1");
        line(1, "C: a configuration");
        text("type id");
        line(4, "version");
        while (true) {
            switch (peek()) {
                case 'P' -> {
                    line(1, "P: a parameter");
                    text("name");
                    value();
                }
                case 'A' -> line(17, "A: an init task");
                case 'T' -> line(17, "T: the task that makes it");
                default -> {
                    line(1, "Z: the end");
                    return;
                }
            }
        }
    }

    private void value() {
        switch (peek()) {
            case 'I' ->
                line(9, "I: the integer " + ByteBuffer.wrap(ahead(9), 1, 8).getLong());
            case 'D' ->
                line(9, "D: the number " + ByteBuffer.wrap(ahead(9), 1, 8).getDouble());
            case 'R' -> line(17, "R: a configuration's identifier");
            case 'S' -> {
                line(1, "S: a string");
                text("its text");
            }
            case 'J' -> {
                line(1, "J: a path inside a job's folder");
                text("type id");
                line(16, "identifier");
                text("the path below");
            }
            case 'O' -> {
                line(1, "O: a path below a named root");
                text("the root");
                text("the path below");
            }
            case 'X' -> {
                int count = count("X: a set of ");
                for (int i = 0; i < count; i++) {
                    value();
                }
            }
            case 'M' -> {
                int count = count("M: a map of ");
                for (int i = 0; i < 2 * count; i++) {
                    value();
                }
            }
            default -> throw new IllegalArgumentException("No words for the value " + (char) peek());
        }
    }

    private int count(String words) {
        int count = ByteBuffer.wrap(ahead(5), 1, 4).getInt();
        line(5, words + count);
        return count;
    }

    private void text(String what) {
        int length = bytes.getInt(bytes.position());
        byte[] block = ahead(4 + length);
        String content = new String(Arrays.copyOfRange(block, 4, block.length), StandardCharsets.UTF_8);
        String hex = HexFormat.of().formatHex(block);
        append(hex.substring(0, 8) + " " + hex.substring(8), what + " \"" + content + "\"");
        bytes.position(bytes.position() + block.length);
    }

    private void line(int length, String words) {
        String hex = HexFormat.of().formatHex(ahead(length));
        boolean tagged = words.indexOf(':') == 1 && length > 1;
        append(tagged ? hex.substring(0, 2) + " " + hex.substring(2) : hex, words);
        bytes.position(bytes.position() + length);
    }

    private void append(String hex, String words) {
        text.append(hex)
                .append(" ".repeat(Math.max(2, WIDTH - hex.length())))
                .append(words)
                .append('\n');
    }

    private byte[] ahead(int length) {
        return Arrays.copyOfRange(bytes.array(), bytes.position(), bytes.position() + length);
    }

    private int peek() {
        return bytes.get(bytes.position());
    }
}
