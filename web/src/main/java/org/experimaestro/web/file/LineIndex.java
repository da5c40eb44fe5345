package org.experimaestro.web.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * The numbers of line breaks before certain bytes of a log, so that the number of any line is known after reading a
 * part of the same length everywhere. It is made once, from the beginning to the end, and goes on as the log grows.
 * Thread-safe.
 */
final class LineIndex {
    /** The bytes between two numbers. */
    private static final int STEP = 256 * 1024;

    private final Object key;
    private long[] breaksBefore = new long[16];
    private int steps = 1;
    private long counted;
    private long breaks;
    private boolean endsWithBreak = true;
    private boolean isCounting;

    /**
     * Creates the index of nothing.
     *
     * @param key the identity of the file
     */
    LineIndex(Object key) {
        this.key = key;
    }

    /** Returns whether this is the index of a file, which may have grown, but was not replaced or cut. */
    synchronized boolean isOf(Object file, long size) {
        return key.equals(file) && counted <= size;
    }

    /** Claims the counting, which one thread does at a time. */
    synchronized boolean beginCounting(long size) {
        if (isCounting || counted >= size) {
            return false;
        }
        isCounting = true;
        return true;
    }

    /** Counts the lines up to a size, after {@link #beginCounting}. */
    void count(SeekableByteChannel log, long size) throws IOException {
        try {
            ByteBuffer step = ByteBuffer.allocate(STEP);
            long position = counted();
            while (position < size && !Thread.currentThread().isInterrupted()) {
                // A step ends where a number is kept, so that each number is that of a known byte.
                int length = (int) Math.min(STEP - position % STEP, size - position);
                step.clear().limit(length);
                log.position(position);
                while (step.hasRemaining() && log.read(step) >= 0) {
                    // until the step is read, or the file ends
                }
                if (step.position() == 0) {
                    return; // the file was cut
                }
                add(step.array(), step.position());
                position = counted();
            }
        } finally {
            endCounting();
        }
    }

    private synchronized long counted() {
        return counted;
    }

    private synchronized void endCounting() {
        isCounting = false;
    }

    private void add(byte[] bytes, int length) {
        int found = breaks(bytes, length);
        synchronized (this) {
            counted += length;
            breaks += found;
            endsWithBreak = bytes[length - 1] == '\n';
            if (counted % STEP == 0) {
                if (steps == breaksBefore.length) {
                    breaksBefore = Arrays.copyOf(breaksBefore, steps * 2);
                }
                breaksBefore[steps] = breaks;
                steps++;
            }
        }
    }

    private static int breaks(byte[] bytes, int length) {
        int found = 0;
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n') {
                found++;
            }
        }
        return found;
    }

    /** Returns the number of lines of the whole log, the last one included if it has not ended; empty until it is known. */
    synchronized OptionalLong lines(long size) {
        return counted == size ? OptionalLong.of(breaks + (endsWithBreak ? 0 : 1)) : OptionalLong.empty();
    }

    /**
     * Returns the number of the line that has a byte.
     *
     * @return the number, from 1; empty until the log is counted so far
     */
    OptionalLong lineAt(SeekableByteChannel log, long position) throws IOException {
        long before;
        long known;
        synchronized (this) {
            if (position > counted) {
                return OptionalLong.empty();
            }
            int step = (int) (position / STEP);
            before = breaksBefore[step];
            known = (long) step * STEP;
        }
        ByteBuffer rest = ByteBuffer.allocate((int) (position - known));
        log.position(known);
        while (rest.hasRemaining() && log.read(rest) >= 0) {
            // until the position, or the file ends
        }
        return OptionalLong.of(before + breaks(rest.array(), rest.position()) + 1);
    }
}
