package org.experimaestro.core.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes small files so that a reader, on this host or another, sees the whole file or none. Thread-safe.
 *
 * <p>The content goes to a file of its own beside the target, which is then given its name by {@code rename} or {@code
 * link}: both are atomic on local file systems and on NFS (RFC 1813, sections 3.3.14 and 3.3.15).
 *
 * <p>A network file system may do what it is asked for, lose its reply, and be asked again: then {@code link} reports that
 * the name is taken, and {@code rename} that there is nothing to rename. What is there under the name decides.
 */
public final class AtomicFile {
    private static final AtomicLong COUNTER = new AtomicLong();
    private static final String TEMPORARY = ".tmp-";

    private AtomicFile() {}

    /**
     * Writes a file, in the place of an older one.
     *
     * @param file the file; its folder exists
     * @param text its content
     * @throws IOException if it cannot be written; the older file is then still there
     */
    public static void write(Path file, String text) throws IOException {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        Path temporary = writeTemporary(file, content);
        try {
            rename(temporary, file, content);
        } catch (IOException failed) {
            Files.deleteIfExists(temporary);
            throw failed;
        }
    }

    /** Gives a file its name, in the place of an older one. */
    static void rename(Path temporary, Path file, byte[] content) throws IOException {
        try {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException gone) {
            if (!isContent(content, file)) {
                throw gone;
            }
        }
    }

    /** Whether a file is there, with this content. */
    static boolean isContent(byte[] content, Path file) throws IOException {
        try {
            return Arrays.equals(Files.readAllBytes(file), content);
        } catch (NoSuchFileException notThere) {
            return false;
        }
    }

    /**
     * Writes a file that is not there yet. Of several that try at once, on whatever hosts, one succeeds.
     *
     * @param file the file; its folder exists
     * @param text its content
     * @return whether this call wrote it; false if the file was there before
     * @throws IOException if it cannot be written
     */
    public static boolean create(Path file, String text) throws IOException {
        if (Files.exists(file)) {
            return false;
        }
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        Path temporary = writeTemporary(file, content);
        try {
            Files.createLink(file, temporary);
            return true;
        } catch (FileAlreadyExistsException taken) {
            return Files.isSameFile(file, temporary);
        } catch (UnsupportedOperationException noLinks) {
            return Reservation.create(file, temporary, content);
        } catch (FileSystemException failed) {
            if (hasLinks(failed)) {
                throw failed;
            }
            return Reservation.create(file, temporary, content);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** EPERM, ENOTSUP or ENOSYS, as the system words them: link(2) on a file system that has no hard links. */
    private static boolean hasLinks(FileSystemException failed) {
        String reason = String.valueOf(failed.getReason());
        return !reason.contains("not permitted")
                && !reason.contains("not supported")
                && !reason.contains("not implemented");
    }

    /**
     * Whether a file name is that of a file that is being written, or was when its writer died.
     *
     * @param name a file's name
     * @return true for our temporary files
     */
    public static boolean isTemporary(String name) {
        return name.startsWith(TEMPORARY);
    }

    private static Path writeTemporary(Path file, byte[] content) throws IOException {
        while (true) {
            Path temporary = temporary(file);
            try {
                Files.write(temporary, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                return temporary;
            } catch (FileAlreadyExistsException another) {
                // Another's, or ours, empty, whose reply was lost: there are more names.
            } catch (IOException failed) {
                Files.deleteIfExists(temporary);
                throw failed;
            }
        }
    }

    /** A name for a file beside another one, which nobody else has. */
    static Path temporary(Path file) {
        // Distinct between threads by the counter, between processes and hosts by two clocks of different origin.
        long clocks = System.nanoTime() ^ System.currentTimeMillis() << 20;
        return file.resolveSibling(
                TEMPORARY + Long.toHexString(clocks) + "-" + COUNTER.incrementAndGet() + "-" + file.getFileName());
    }
}
