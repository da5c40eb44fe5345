package org.experimaestro.web.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a file, in bytes.
 *
 * @param from the first byte
 * @param length the number of bytes
 */
record FileRange(long from, long length) {
    private static final int PIECE = 64 * 1024;
    private static final Pattern HEADER = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

    /** Returns whether a header asks for one range. Others are answered with the whole file, as RFC 9110 allows. */
    static boolean isOne(String header) {
        return HEADER.matcher(header).matches() && !header.equals("bytes=-");
    }

    /**
     * Parses a header for which {@link #isOne} holds.
     *
     * @return the part of the file; empty if the file has no such part
     */
    static Optional<FileRange> parse(String header, long size) {
        Matcher matcher = HEADER.matcher(header);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(header + " is no header of one range");
        }
        String first = matcher.group(1);
        String last = matcher.group(2);
        long from = first.isEmpty() ? Math.max(0, size - Long.parseLong(last)) : Long.parseLong(first);
        long end = first.isEmpty() || last.isEmpty() ? size : Math.min(size, Long.parseLong(last) + 1);
        return from < end ? Optional.of(new FileRange(from, end - from)) : Optional.empty();
    }

    /** Copies the part. */
    void copy(SeekableByteChannel channel, OutputStream out) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        channel.position(from);
        long left = length;
        while (left > 0) {
            piece.clear().limit((int) Math.min(PIECE, left));
            int count = channel.read(piece);
            if (count < 0) {
                throw new EOFException("The file was cut while it was sent");
            }
            out.write(piece.array(), 0, count);
            left -= count;
        }
    }
}
