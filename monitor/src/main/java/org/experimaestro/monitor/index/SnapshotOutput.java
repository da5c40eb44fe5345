package org.experimaestro.monitor.index;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Bytes of an index's copy while it is written. Numbers are written in big-endian order. */
final class SnapshotOutput extends ByteArrayOutputStream {
    static final byte LATIN = 0;
    static final byte UTF_16 = 1;

    /** Returns the bytes written so far, and perhaps more. */
    byte[] buffer() {
        return buf;
    }

    void integer(int value) {
        write(value >>> 24);
        write(value >>> 16);
        write(value >>> 8);
        write(value);
    }

    void number(long value) {
        integer((int) (value >>> 32));
        integer((int) value);
    }

    void decimal(double value) {
        number(Double.doubleToRawLongBits(value));
    }

    /** Writes a text of any characters, also of unpaired surrogates, which UTF-8 cannot represent. */
    void text(String text) {
        boolean isLatin = text.chars().allMatch(character -> character < 256);
        byte[] bytes = isLatin ? text.getBytes(StandardCharsets.ISO_8859_1) : characters(text);
        integer(bytes.length);
        write(isLatin ? LATIN : UTF_16);
        writeBytes(bytes);
    }

    /** Returns the characters as UTF-16 bytes. An encoder would replace unpaired surrogates. */
    private static byte[] characters(String text) {
        byte[] bytes = new byte[2 * text.length()];
        for (int i = 0; i < text.length(); i++) {
            bytes[2 * i] = (byte) (text.charAt(i) >>> 8);
            bytes[2 * i + 1] = (byte) text.charAt(i);
        }
        return bytes;
    }

    /** Writes the bytes of a part, after their number. */
    void part(SnapshotOutput part) {
        integer(part.size());
        write(part.buffer(), 0, part.size());
    }
}
