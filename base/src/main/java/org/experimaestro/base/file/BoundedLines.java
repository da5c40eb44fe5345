package org.experimaestro.base.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a file that may be larger than memory, and that somebody else may have put in the place of ours: see
 * {@link BoundedFile}. Confined to one thread.
 */
public final class BoundedLines implements AutoCloseable {
    private static final int PIECE_BYTES = 64 * 1024;

    private final Path file;
    private final int mostBytes;
    private final InputStream in;
    private final byte[] piece = new byte[PIECE_BYTES];
    private int position;
    private int end;
    private boolean ended;

    private BoundedLines(Path file, int mostBytes, InputStream in) {
        this.file = file;
        this.mostBytes = mostBytes;
        this.in = in;
    }

    /**
     * Opens a file.
     *
     * @param file the file
     * @param mostBytes how long a line may be
     * @return its lines, from the first
     * @throws java.nio.file.NoSuchFileException if there is none
     * @throws FileSystemException if it is a link, a folder, a pipe or a device
     * @throws IOException if it cannot be opened
     */
    public static BoundedLines open(Path file, int mostBytes) throws IOException {
        return open(file, mostBytes, 0);
    }

    /**
     * Opens a file that has been read before, up to the end of a line.
     *
     * @param file the file
     * @param mostBytes how long a line may be
     * @param offset where the next line begins, in bytes
     * @return its lines from there on; none if the file is shorter
     * @throws java.nio.file.NoSuchFileException if there is none
     * @throws FileSystemException if it is a link, a folder, a pipe or a device
     * @throws IOException if it cannot be opened
     */
    public static BoundedLines open(Path file, int mostBytes, long offset) throws IOException {
        InputStream in = BoundedFile.open(file);
        try {
            in.skip(offset); // a seek, which may go beyond the end
        } catch (IOException failed) {
            in.close();
            throw failed;
        }
        return new BoundedLines(file, mostBytes, in);
    }

    /**
     * Reads the next line. Lines are cut as bytes, since the last one may end in the middle of a character.
     *
     * @return its bytes without the line feed, {@code null} at the end of the file
     * @throws FileSystemException if it is longer than a line may be
     * @throws IOException if it cannot be read
     */
    public byte @Nullable [] next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (position < end || fill()) {
            int start = position;
            while (position < end && piece[position] != '\n') {
                position++;
            }
            line.write(piece, start, position - start);
            if (line.size() > mostBytes) {
                throw new FileSystemException(
                        file.toString(), null, "a line of it is longer than " + mostBytes + " bytes");
            }
            if (position < end) {
                position++;
                ended = true;
                return line.toByteArray();
            }
        }
        ended = false;
        return line.size() == 0 ? null : line.toByteArray();
    }

    /**
     * Whether the last line that was read had an end: one that has none is still being written, or was cut.
     *
     * @return false also at the end of the file
     */
    public boolean hasEnded() {
        return ended;
    }

    private boolean fill() throws IOException {
        position = 0;
        end = Math.max(0, in.read(piece));
        return end > 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
