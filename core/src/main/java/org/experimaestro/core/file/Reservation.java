package org.experimaestro.core.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;

/**
 * The exclusive creation of a file where there are no hard links: its name is reserved by the exclusive {@code open} of
 * another file, and the content moved onto the free name by the process that holds the reservation. Confined to one thread.
 *
 * <p>NFS knows an exclusive {@code open} that it is asked for again by its verifier (RFC 1813, section 3.3.8). Elsewhere one
 * whose reply was lost is a reservation of nobody, like that of a process that died: it is taken away after a minute.
 */
final class Reservation {
    /** A reservation is held for as long as a rename takes. */
    private static final long LIFE_MILLIS = 60_000;

    private static final long PAUSE_NANOS = 20_000_000;

    private final Path place;
    private final byte[] token;

    private Reservation(Path place, byte[] token) {
        this.place = place;
        this.token = token;
    }

    /**
     * Moves a file onto a name that is not taken.
     *
     * @param file the name
     * @param temporary the file, whose name no other process has
     * @param content what is in it
     * @return false if the name is taken
     */
    static boolean create(Path file, Path temporary, byte[] content) throws IOException {
        byte[] token = temporary.getFileName().toString().getBytes(StandardCharsets.UTF_8);
        Reservation reservation = new Reservation(file.resolveSibling(file.getFileName() + ".reserved"), token);
        while (!Files.exists(file)) {
            if (reservation.take()) {
                try {
                    if (Files.exists(file)) {
                        return false;
                    }
                    if (reservation.isHeld()) {
                        AtomicFile.rename(temporary, file, content);
                        return true;
                    }
                } finally {
                    reservation.release();
                }
            } else {
                reservation.takeAwayIfAbandoned();
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        return false;
    }

    private boolean take() throws IOException {
        try {
            Files.write(place, token, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return true;
        } catch (FileAlreadyExistsException another) {
            return false;
        }
    }

    /** False once this process was so slow that another one has taken the reservation away. */
    private boolean isHeld() throws IOException {
        return AtomicFile.isContent(token, place);
    }

    private void release() throws IOException {
        if (isHeld()) {
            Files.deleteIfExists(place);
        }
    }

    /** Of several processes that see it, one takes it away. */
    private void takeAwayIfAbandoned() throws IOException {
        try {
            long age = System.currentTimeMillis()
                    - Files.getLastModifiedTime(place).toMillis();
            if (age > LIFE_MILLIS) {
                Path taken = AtomicFile.temporary(place);
                Files.move(place, taken, StandardCopyOption.ATOMIC_MOVE);
                Files.deleteIfExists(taken);
            }
        } catch (NoSuchFileException released) {
            // Its holder, or another process that saw this, was faster: the next try will succeed.
        }
    }
}
