package org.experimaestro.web.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;

/**
 * A part of a log, which begins and ends between two lines, or at least between two characters.
 *
 * @param from the first byte
 * @param to the byte behind the last one
 * @param text the text; bytes that are no UTF-8 are U+FFFD
 */
record LogWindow(long from, long to, String text) {
    /** The most bytes of a part, and its usual number. */
    static final int MOST = 256 * 1024;

    /** A line is followed back to its beginning at most so far. */
    private static final int MOST_BACK = 64 * 1024;

    /** The most bytes of a character in UTF-8 behind its first one. */
    private static final int MOST_CONTINUATION = 3;

    /**
     * Reads the end of a log.
     *
     * @param size the size of the log that counts
     * @param count the most bytes
     * @param isGrowing whether a character at the end may lack bytes that come later
     */
    static LogWindow last(SeekableByteChannel log, long size, int count, boolean isGrowing) throws IOException {
        long wanted = Math.max(0, size - count);
        // The byte before is read too: after a line break, the line begins right here.
        long start = Math.max(0, wanted - 1);
        byte[] bytes = read(log, start, (int) (size - start));
        int begin = 0;
        if (wanted > 0) {
            int lineBreak = indexOf(bytes, '\n');
            begin = lineBreak >= 0 && lineBreak < bytes.length - 1 ? lineBreak + 1 : boundary(bytes, 1);
        }
        return of(bytes, begin, bytes.length, start, true, isGrowing);
    }

    /**
     * Reads a part of a log. It begins where the line begins that has a byte, if that is near.
     *
     * @param size the size of the log that counts
     * @param asked the byte
     * @param count the most bytes
     * @param isGrowing whether a character at the end may lack bytes that come later
     */
    static LogWindow at(SeekableByteChannel log, long size, long asked, int count, boolean isGrowing)
            throws IOException {
        long wanted = Math.min(asked, size);
        // A part must reach behind the byte that was asked for, or a reader would never come to the end of a line.
        long start = Math.max(0, wanted - Math.min(MOST_BACK, count / 2) - 1);
        byte[] bytes = read(log, start, (int) Math.min(size - start, wanted - start + count));
        int middle = (int) (wanted - start);
        int begin = lastIndexOf(bytes, '\n', Math.min(middle, bytes.length)) + 1;
        if (begin == 0 && start > 0) {
            begin = boundary(bytes, Math.min(middle, bytes.length));
        }
        int end = Math.min(bytes.length, begin + count);
        return of(bytes, begin, end, start, start + end == size, isGrowing);
    }

    private static LogWindow of(byte[] bytes, int begin, int limit, long start, boolean isEnd, boolean isGrowing) {
        int end = limit;
        if (!isEnd) {
            int lineBreak = lastIndexOf(bytes, '\n', limit);
            end = lineBreak >= begin ? lineBreak + 1 : limit;
        }
        if (end > begin && bytes[end - 1] != '\n' && (isGrowing || !isEnd)) {
            end = wholeCharacters(bytes, begin, end);
        }
        String text = new String(bytes, begin, end - begin, StandardCharsets.UTF_8);
        return new LogWindow(start + begin, start + end, text);
    }

    private static byte[] read(SeekableByteChannel log, long start, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        log.position(start);
        while (buffer.hasRemaining() && log.read(buffer) >= 0) {
            // until the buffer is full, or the file ends
        }
        byte[] bytes = new byte[buffer.position()];
        buffer.flip().get(bytes);
        return bytes;
    }

    /** Returns the first index at or behind an index at which a character begins. */
    private static int boundary(byte[] bytes, int index) {
        int most = Math.min(bytes.length, index + MOST_CONTINUATION);
        for (int i = index; i < most; i++) {
            if (!isContinuation(bytes[i])) {
                return i;
            }
        }
        return Math.min(index, bytes.length);
    }

    /** Returns the end without a character whose last bytes are missing, unless nothing would be left. */
    private static int wholeCharacters(byte[] bytes, int begin, int end) {
        int first = end - 1;
        while (first > begin && end - first <= MOST_CONTINUATION && isContinuation(bytes[first])) {
            first--;
        }
        return first > begin && end - first < length(bytes[first]) ? first : end;
    }

    private static boolean isContinuation(byte each) {
        return (each & 0xC0) == 0x80;
    }

    /** Returns the number of bytes of the character that a byte begins. */
    private static int length(byte first) {
        int value = first & 0xFF;
        if (value < 0xC0) {
            return 1;
        }
        return value < 0xE0 ? 2 : value < 0xF0 ? 3 : 4;
    }

    private static int indexOf(byte[] bytes, char wanted) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    /** Returns the last index below an end at which a byte is; -1 without one. */
    private static int lastIndexOf(byte[] bytes, char wanted, int end) {
        for (int i = end - 1; i >= 0; i--) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }
}
