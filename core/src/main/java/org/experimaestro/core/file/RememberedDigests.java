package org.experimaestro.core.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.file.Digests;
import org.experimaestro.core.host.HostIdentity;
import org.experimaestro.model.identity.Md5;
import org.jspecify.annotations.Nullable;

/**
 * A cache of digests of files, in this process and in the user's cache folder. A file is read again only if its size,
 * its times, or its place in the file system have changed. A program can set back the time of a change of content. It
 * cannot set the time of any change ({@code st_ctim} of stat(2)), which a change of the owner also sets. Thread-safe,
 * also between processes.
 *
 * <p>A file that is changed twice within one step of its file system's clock has the same stamp before and after.
 * Therefore a digest is cached only if the clock has advanced between the last change and the reading (compare "racy"
 * entries in Git's index). For a large file, the cache waits for that; another file that was just changed is read
 * again the next time.
 *
 * <p>The cache is only an optimization: if nothing can be stored, files are read.
 */
public final class RememberedDigests {
    /** The size of files that are read as fast as they are looked up. */
    private static final long SMALL_BYTES = 1 << 14;

    /** The size of files that take longer to read than a step of a fine clock. */
    private static final long LARGE_BYTES = 32 << 20;

    /** A time longer than a step of a fine clock. */
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(40);

    /** The days after which the last query of a digest is stored again. */
    private static final int RENEWAL_DAYS = 7;

    private final Reader read;
    private final Stamps stamps;
    private final @Nullable DigestFile file;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Map<String, DigestFile.Line> known;
    private boolean isStored = true;

    /** A source of files' stamps. */
    interface Stamps {
        FileStamp of(Path file) throws IOException;

        /**
         * Waits until a change of a file would give it another stamp, if the clock of its file system is fine. An
         * interruption ends the wait, and the thread stays interrupted.
         */
        default void awaitStep() {
            // The time is that of the file system, possibly another host's clock, which advances while this process
            // waits.
            long start = System.nanoTime();
            while (System.nanoTime() - start < STEP_NANOS
                    && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(STEP_NANOS);
            }
        }
    }

    /** The stamps of the system. */
    static final class RealStamps implements Stamps {
        @Override
        public FileStamp of(Path file) throws IOException {
            return FileStamp.of(file);
        }
    }

    /** A reader of a file. */
    interface Reader {
        byte[] digest(Path file) throws IOException;
    }

    /**
     * Creates a cache.
     *
     * @param file the file of the cache; {@code null} for a cache in this process only
     * @param read reads files
     * @param stamps returns the stamps of files
     * @param clock the time
     */
    RememberedDigests(@Nullable DigestFile file, Reader read, Stamps stamps, Clock clock) {
        this.file = file;
        this.read = read;
        this.stamps = stamps;
        this.clock = clock;
    }

    /** Returns the digests of this user on this machine; in memory only if the user has no folder for them. */
    static RememberedDigests inCache(String kind, Reader read) {
        // The host is part of the name, because hosts may share a home folder, but have different files at a path.
        HostIdentity host = HostIdentity.current();
        String machine = host.machine().isEmpty() ? host.name() : host.machine();
        DigestFile file = null;
        try {
            file = new DigestFile(
                    UserFolder.CACHE.path().resolve("content").resolve(kind + "-" + name(machine) + ".txt"), machine);
        } catch (WorkspaceException | InvalidPathException none) {
            System.getLogger(RememberedDigests.class.getName())
                    .log(System.Logger.Level.DEBUG, "Digests of files are not stored", none);
        }
        return new RememberedDigests(file, read, new RealStamps(), Clock.systemUTC());
    }

    /** Returns the SHA-256 of files (FIPS 180-4), for files that are executed after a check. */
    public static RememberedDigests sha256() {
        return Sha256.REMEMBERED;
    }

    /** A holder that creates the cache at its first use. */
    private static final class Sha256 {
        static final RememberedDigests REMEMBERED = inCache("sha256", file -> Digests.read(file, Digests.newSha256()));
    }

    /**
     * Returns the digest of a file.
     *
     * @param path a regular file
     * @return the digest of its bytes
     * @throws IOException if it cannot be read, or changes while it is read
     */
    public byte[] of(Path path) throws IOException {
        if (Files.size(path) < SMALL_BYTES) {
            return read.digest(path);
        }
        String name = name(path.toAbsolutePath().toString());
        FileStamp stamp = stamps.of(path);
        byte[] before = find(name, stamp);
        if (before != null) {
            return before;
        }
        boolean isSettled = isSettled(path, stamp);
        byte[] digest = read.digest(path);
        if (isSettled && stamp.equals(stamps.of(path))) {
            remember(new DigestFile.Line(name, stamp.toString(), HexFormat.of().formatHex(digest), today()));
        }
        return digest;
    }

    /** Returns whether each change from now on will give the file another stamp. */
    private boolean isSettled(Path path, FileStamp stamp) throws IOException {
        Instant now = clock.instant();
        if (stamp.isOld(TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano())) {
            return true;
        }
        // Many small files may be equally new, and each would wait.
        if (!stamp.isFine() || stamp.size() < LARGE_BYTES) {
            return false;
        }
        stamps.awaitStep();
        return !Thread.currentThread().isInterrupted() && stamp.equals(stamps.of(path));
    }

    private byte @Nullable [] find(String name, FileStamp stamp) {
        lock.lock();
        try {
            DigestFile.Line line = known().get(name);
            if (line == null || !line.stamp().equals(stamp.toString())) {
                return null;
            }
            if (today() - line.day() >= RENEWAL_DAYS) {
                remember(new DigestFile.Line(name, line.stamp(), line.digest(), today()));
            }
            return HexFormat.of().parseHex(line.digest());
        } finally {
            lock.unlock();
        }
    }

    private void remember(DigestFile.Line line) {
        lock.lock();
        try {
            known().put(line.name(), line);
            if (file != null && isStored) {
                file.add(line);
            }
        } catch (IOException failed) {
            keepHere(failed);
        } finally {
            lock.unlock();
        }
    }

    private Map<String, DigestFile.Line> known() {
        Map<String, DigestFile.Line> lines = known;
        if (lines == null) {
            lines = new HashMap<>();
            try {
                if (file != null) {
                    lines = file.read(today());
                }
            } catch (IOException failed) {
                keepHere(failed);
            }
            known = lines;
        }
        return lines;
    }

    private void keepHere(IOException failed) {
        isStored = false;
        System.getLogger(RememberedDigests.class.getName())
                .log(System.Logger.Level.DEBUG, "Digests of files are not stored", failed);
    }

    private long today() {
        return TimeUnit.SECONDS.toDays(clock.instant().getEpochSecond());
    }

    /** Returns a text of any characters and length as one word. */
    private static String name(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Md5.of(bytes, bytes.length).toString();
    }
}
