package org.experimaestro.base.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The exclusive use of a name where there are no hard links: it is reserved by the exclusive {@code open} of another file,
 * and given to the file by the process that holds the reservation. Confined to one thread.
 *
 * <p>NFS knows an exclusive {@code open} that it is asked for again by its verifier (RFC 1813, section 3.3.8). Elsewhere one
 * whose reply was lost is a reservation of nobody, like that of a process that died. It is taken away once it is a minute
 * old, or was seen for a minute: the clock of its host may be ahead of this one's.
 */
final class Reservation {
    /** A reservation is held for as long as a rename takes. */
    private static final long LIFE_MILLIS = 60_000;

    private static final long PAUSE_NANOS = 20_000_000;

    private final Path place;
    private final byte[] token;
    private final long lifeMillis;
    private @Nullable FileTime seen;
    private long seenSince;
    private boolean isInterrupted;

    private Reservation(Path place, byte[] token, long lifeMillis) {
        this.place = place;
        this.token = token;
        this.lifeMillis = lifeMillis;
    }

    /**
     * Gives a file a name that is not taken. An interruption does not end it, and stays.
     *
     * @param temporary the file, whose name no other process has
     * @param name the name
     * @return false if the name is taken
     */
    static boolean take(Path name, Path temporary) throws IOException {
        return take(name, temporary, LIFE_MILLIS);
    }

    /** With another time after which a reservation is nobody's. */
    static boolean take(Path name, Path temporary, long lifeMillis) throws IOException {
        byte[] token = temporary.getFileName().toString().getBytes(StandardCharsets.UTF_8);
        Path place = name.resolveSibling(name.getFileName() + ".reserved");
        Reservation reservation = new Reservation(place, token, lifeMillis);
        try {
            return reservation.give(temporary, name);
        } finally {
            if (reservation.isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean give(Path temporary, Path name) throws IOException {
        while (!isThere(name)) {
            if (reserve()) {
                try {
                    if (isThere(name)) {
                        return false;
                    }
                    if (isHeld()) {
                        FileName.replace(temporary, name);
                        return true;
                    }
                } finally {
                    release();
                }
            } else {
                takeAwayIfAbandoned(place.resolveSibling(temporary.getFileName() + ".reserved"));
                // An interrupted thread would not pause.
                isInterrupted |= Thread.interrupted();
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        return false;
    }

    private static boolean isThere(Path name) {
        return Files.exists(name, LinkOption.NOFOLLOW_LINKS);
    }

    private boolean reserve() throws IOException {
        try {
            Files.write(place, token, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return true;
        } catch (FileAlreadyExistsException another) {
            return false;
        }
    }

    /** False once this process was so slow that another one has taken the reservation away. */
    private boolean isHeld() throws IOException {
        try {
            return Arrays.equals(Files.readAllBytes(place), token);
        } catch (NoSuchFileException takenAway) {
            return false;
        }
    }

    private void release() throws IOException {
        if (isHeld()) {
            Files.deleteIfExists(place);
        }
    }

    /** If several processes see it, one takes it away. */
    private void takeAwayIfAbandoned(Path aside) throws IOException {
        try {
            FileTime made = Files.getLastModifiedTime(place);
            if (!made.equals(seen)) {
                seen = made;
                seenSince = System.nanoTime();
            }
            if (System.currentTimeMillis() - made.toMillis() > lifeMillis
                    || System.nanoTime() - seenSince > TimeUnit.MILLISECONDS.toNanos(lifeMillis)) {
                Files.move(place, aside, StandardCopyOption.ATOMIC_MOVE);
                Files.deleteIfExists(aside);
            }
        } catch (NoSuchFileException released) {
            // Its holder, or another process that saw this, was faster: the next try will succeed.
        }
    }
}
