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
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes small files so that a reader, on this host or another, sees the whole file or none. Thread-safe.
 *
 * <p>The content goes to a file of its own beside the target, which is then given its name by {@code rename} or {@code
 * link}: both are atomic on local file systems and on NFS (RFC 1813, sections 3.3.14 and 3.3.15).
 */
public final class AtomicFile {
    private static final AtomicLong COUNTER = new AtomicLong();
    private static final String TEMPORARY = ".tmp-";
    /** A reservation is held for as long as a rename takes. */
    private static final long RESERVATION_MILLIS = 60_000;

    private AtomicFile() {}

    /**
     * Writes a file, in the place of an older one.
     *
     * @param file the file; its folder exists
     * @param text its content
     * @throws IOException if it cannot be written; the older file is then still there
     */
    public static void write(Path file, String text) throws IOException {
        Path temporary = writeTemporary(file, text);
        try {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            Files.deleteIfExists(temporary);
            throw failed;
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
        Path temporary = writeTemporary(file, text);
        try {
            Files.createLink(file, temporary);
            return true;
        } catch (FileAlreadyExistsException other) {
            return false;
        } catch (UnsupportedOperationException noLinks) {
            return createWithoutLinks(file, temporary);
        } catch (FileSystemException failed) {
            if (hasLinks(failed)) {
                throw failed;
            }
            return createWithoutLinks(file, temporary);
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
     * Some file systems have no hard links. There the name is reserved by an exclusive {@code open} of another file,
     * and the content moved onto the free name by whoever holds the reservation.
     */
    private static boolean createWithoutLinks(Path file, Path temporary) throws IOException {
        Path reservation = file.resolveSibling(file.getFileName() + ".reserved");
        try {
            Files.createFile(reservation);
        } catch (FileAlreadyExistsException other) {
            releaseAbandoned(reservation);
            return false;
        }
        if (Files.exists(file)) {
            return false;
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        Files.deleteIfExists(reservation);
        return true;
    }

    /** Who died between the reservation and the move has left a reservation that is of no use. One takes it away. */
    private static void releaseAbandoned(Path reservation) throws IOException {
        try {
            long age = System.currentTimeMillis()
                    - Files.getLastModifiedTime(reservation).toMillis();
            if (age > RESERVATION_MILLIS) {
                Path taken = reservation.resolveSibling(TEMPORARY + COUNTER.incrementAndGet() + "-"
                        + Long.toHexString(System.nanoTime()) + "-" + reservation.getFileName());
                Files.move(reservation, taken, StandardCopyOption.ATOMIC_MOVE);
                Files.deleteIfExists(taken);
            }
        } catch (NoSuchFileException released) {
            // Its holder, or somebody else who saw this, was faster: the next try will succeed.
        }
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

    private static Path writeTemporary(Path file, String text) throws IOException {
        // Distinct between threads by the counter, between processes and hosts by two clocks of different origin.
        long clocks = System.nanoTime() ^ System.currentTimeMillis() << 20;
        Path temporary = file.resolveSibling(
                TEMPORARY + Long.toHexString(clocks) + "-" + COUNTER.incrementAndGet() + "-" + file.getFileName());
        try {
            Files.write(
                    temporary,
                    text.getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE);
            return temporary;
        } catch (IOException failed) {
            Files.deleteIfExists(temporary);
            throw failed;
        }
    }
}
