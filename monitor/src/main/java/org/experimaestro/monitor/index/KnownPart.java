package org.experimaestro.monitor.index;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.experimaestro.core.file.FileStamp;

/**
 * The part of a file that was read, where the file grows at its end. If the part is still there, only what follows it
 * must be read. Its bytes are read again for that, and not parsed.
 *
 * @param key the file, as in {@link FileStamp#key}
 * @param end the length of the part, bytes
 * @param check the checksum of the part (CRC-32C)
 */
record KnownPart(String key, long end, long check) {
    private static final int BUFFER = 1 << 16;

    /**
     * Returns the part of a file before an offset.
     *
     * @param file the file
     * @param key the file's key when it was read
     * @param end the offset
     * @return the part
     * @throws IOException if the file cannot be read, or is shorter
     */
    static KnownPart of(Path file, String key, long end) throws IOException {
        return new KnownPart(key, end, check(file, end));
    }

    /** Returns whether a file begins with this part; false if it cannot be read. */
    boolean isIn(Path file) {
        try {
            return FileStamp.look(file).key().equals(key) && check(file, end) == check;
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static long check(Path file, long end) throws IOException {
        CRC32C check = new CRC32C();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            long left = end;
            while (left > 0) {
                int read = in.read(buffer, 0, (int) Math.min(left, BUFFER));
                if (read < 0) {
                    throw new IOException(file + " has become shorter than " + end + " bytes");
                }
                check.update(buffer, 0, read);
                left -= read;
            }
        }
        return check.getValue();
    }
}
