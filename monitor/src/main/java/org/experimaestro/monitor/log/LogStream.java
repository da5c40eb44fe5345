package org.experimaestro.monitor.log;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.experimaestro.workspace.LogFile;

/**
 * A file with a process's output, read in pieces, so that neither long files nor long lines need much memory. Confined
 * to one thread.
 */
final class LogStream {
    private static final int PIECE = 64 * 1024;

    private final Path file;
    private final ByteBuffer piece = ByteBuffer.allocate(PIECE);
    private long position;

    LogStream(Path file) {
        this.file = file;
    }

    /** Moves to the beginning of the last lines. An unfinished line at the end counts too. */
    void skipToLast(int lines) throws IOException {
        try (SeekableByteChannel channel = LogFile.open(file)) {
            long size = channel.size();
            position = size;
            if (lines == 0) {
                return;
            }
            int ends = 0;
            for (long end = size; end > 0; ) {
                long start = Math.max(0, end - PIECE);
                fill(channel, start, (int) (end - start));
                for (int i = piece.limit() - 1; i >= 0; i--) {
                    // A line break at the end of the file ends the last line, and begins no other.
                    if (piece.get(i) == '\n' && start + i < size - 1 && ++ends == lines) {
                        position = start + i + 1;
                        return;
                    }
                }
                end = start;
            }
            position = 0;
        } catch (NoSuchFileException notYet) {
            position = 0;
        }
    }

    /** Returns whether the file has bytes that were not copied yet. */
    boolean hasMore() throws IOException {
        try (SeekableByteChannel channel = LogFile.open(file)) {
            return channel.size() > continued(channel.size());
        } catch (NoSuchFileException notYet) {
            return false;
        }
    }

    /**
     * Returns the position at which to go on. A file that is shorter than its copied part was replaced, and is copied
     * from its beginning.
     */
    private long continued(long size) {
        return size < position ? 0 : position;
    }

    /**
     * Copies the bytes that exist now. Bytes that are added meanwhile are left for the next call. Otherwise, a process
     * that prints faster than the terminal would keep this method from returning.
     *
     * @return the last byte, or -1 if there was nothing to copy
     */
    int copyTo(OutputStream out) throws IOException {
        int last = -1;
        try (SeekableByteChannel channel = LogFile.open(file)) {
            long size = channel.size();
            position = continued(size);
            while (position < size && !isClosed(out)) {
                fill(channel, position, (int) Math.min(PIECE, size - position));
                if (!piece.hasRemaining()) {
                    break; // the file was cut meanwhile
                }
                out.write(piece.array(), 0, piece.limit());
                last = piece.get(piece.limit() - 1);
                position += piece.limit();
            }
        } catch (NoSuchFileException notYet) {
            return -1;
        }
        return last;
    }

    /**
     * Returns whether the reader of a print stream, such as {@code head}, has closed it. Print streams throw no
     * exception then.
     */
    static boolean isClosed(OutputStream out) {
        return out instanceof PrintStream stream && stream.checkError();
    }

    private void fill(SeekableByteChannel channel, long start, int length) throws IOException {
        channel.position(start);
        piece.clear().limit(length);
        while (piece.hasRemaining() && channel.read(piece) >= 0) {
            // until the buffer is full, or the file ends
        }
        piece.flip();
    }
}
