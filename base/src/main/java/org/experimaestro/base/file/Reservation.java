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
 * A reservation: the exclusive use of a name without hard links. The exclusive {@code open} of another file reserves
 * the name, and the process that holds the reservation gives it to its file. Confined to one thread.
 *
 * <p>NFS recognizes a repeated exclusive {@code open} by its verifier (RFC 1813, section 3.3.8). On other file
 * systems, a request with a lost reply leaves a reservation without a holder, as a crashed process does. Such a
 * reservation is deleted once it is a minute old. It is also deleted once it was seen for a minute, because the clock
 * of its host may be ahead of this host's.
 */
final class Reservation {
    /** The lifetime of a reservation. Its holder needs it only for the time of a rename. */
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
     * Gives a file a name that is not taken. An interruption does not end the call; the thread stays interrupted.
     *
     * @param temporary the file, whose name no other process has
     * @param name the name
     * @return false if the name is taken
     */
    static boolean take(Path name, Path temporary) throws IOException {
        return take(name, temporary, LIFE_MILLIS);
    }

    /** Gives a file a name, with another lifetime of reservations. */
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

    /** Returns false if this process was so slow that another process has deleted the reservation. */
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

    /** Deletes an abandoned reservation. If several processes try, one succeeds. */
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
            // Its holder, or another process that saw it, was faster, so the next try will succeed.
        }
    }
}
