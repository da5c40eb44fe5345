package org.experimaestro.monitor.index;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A reader of the bytes that {@link SnapshotOutput} writes. For other bytes it throws a {@link BufferUnderflowException}
 * or an {@link IllegalArgumentException}.
 */
final class SnapshotInput {
    private final ByteBuffer in;

    SnapshotInput(byte[] bytes, int start, int length) {
        this.in = ByteBuffer.wrap(bytes, start, length);
    }

    byte next() {
        return in.get();
    }

    int integer() {
        return in.getInt();
    }

    long number() {
        return in.getLong();
    }

    double decimal() {
        return Double.longBitsToDouble(in.getLong());
    }

    /** Reads a number of elements. Each element has at least one byte, which limits the number. */
    int count() {
        int count = in.getInt();
        if (count < 0 || count > in.remaining()) {
            throw new IllegalArgumentException("there are no " + count + " more");
        }
        return count;
    }

    String text() {
        int length = in.getInt();
        boolean isLatin = in.get() == SnapshotOutput.LATIN;
        int start = skip(length);
        if (isLatin) {
            return new String(in.array(), start, length, StandardCharsets.ISO_8859_1);
        }
        char[] characters = new char[length / 2];
        for (int i = 0; i < characters.length; i++) {
            characters[i] = in.getChar(start + 2 * i);
        }
        return new String(characters);
    }

    private int skip(int length) {
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("there are no " + length + " bytes here");
        }
        int start = in.position();
        in.position(start + length);
        return start;
    }

    /** Returns a reader of a part, which another thread may use, and goes on after it. */
    SnapshotInput part() {
        int length = in.getInt();
        return new SnapshotInput(in.array(), skip(length), length);
    }

    /** Reads the number of an element of a table. */
    <T> T of(List<T> table) {
        int number = in.getInt();
        if (number < 0 || number >= table.size()) {
            throw new IllegalArgumentException("nothing has the number " + number);
        }
        return table.get(number);
    }
}
