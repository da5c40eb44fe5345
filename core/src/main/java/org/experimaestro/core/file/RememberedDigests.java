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
 * Digests of files, remembered in this process and in the user's cache folder: a file is read again only if its size, its
 * times, or its place in the file system have changed. A program can set back the time of a change of content, but not that of
 * any change ({@code st_ctim} of stat(2)), with which a new owner comes too. Thread-safe, also between processes.
 *
 * <p>A file that is changed twice within one step of its file system's clock has one stamp before and after. So a digest is
 * remembered only if the clock had gone on between the last change and the reading (compare "racy" entries in Git's index).
 * For a large file that is waited for; another one that was just changed is read again the next time.
 *
 * <p>Only an optimization: if nothing can be stored, files are read.
 */
public final class RememberedDigests {
    /** Files that are read as fast as they are looked up. */
    private static final long SMALL_BYTES = 1 << 14;

    /** Files that take longer to read than a step of a fine clock. */
    private static final long LARGE_BYTES = 32 << 20;

    /** Longer than a step of a fine clock. */
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(40);

    /** How often it is stored that a digest is still asked for. */
    private static final int RENEWAL_DAYS = 7;

    private final Reader read;
    private final Stamps stamps;
    private final @Nullable DigestFile file;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Map<String, DigestFile.Line> known;
    private boolean isStored = true;

    /** Tells files' stamps. */
    interface Stamps {
        FileStamp of(Path file) throws IOException;

        /**
         * Waits until a file that changes gets another stamp, where the clock of its file system is fine. An interruption ends
         * it, and stays.
         */
        default void awaitStep() {
            // By the file system's own clock, which may be another host's: it goes on while this process waits.
            long start = System.nanoTime();
            while (System.nanoTime() - start < STEP_NANOS
                    && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(STEP_NANOS);
            }
        }
    }

    /** Stamps as the system tells them. */
    static final class RealStamps implements Stamps {
        @Override
        public FileStamp of(Path file) throws IOException {
            return FileStamp.of(file);
        }
    }

    /** Reads a file. */
    interface Reader {
        byte[] digest(Path file) throws IOException;
    }

    /**
     * Remembered digests.
     *
     * @param file where they are stored; {@code null} for in this process only
     * @param read reads files
     * @param stamps tells whether they have changed
     * @param clock the time
     */
    RememberedDigests(@Nullable DigestFile file, Reader read, Stamps stamps, Clock clock) {
        this.file = file;
        this.read = read;
        this.stamps = stamps;
        this.clock = clock;
    }

    /** The digests of this user on this machine, in memory only where the user has no folder for them. */
    static RememberedDigests inCache(String kind, Reader read) {
        // Hosts may share a home folder, but not what is at a path.
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

    /** The SHA-256 of files (FIPS 180-4), for what is run if it is right. */
    public static RememberedDigests sha256() {
        return Sha256.REMEMBERED;
    }

    /** Made when it is first needed. */
    private static final class Sha256 {
        static final RememberedDigests REMEMBERED = inCache("sha256", file -> Digests.read(file, Digests.newSha256()));
    }

    /**
     * The digest of a file.
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

    /** Whether each change from now on will give the file another stamp. */
    private boolean isSettled(Path path, FileStamp stamp) throws IOException {
        Instant now = clock.instant();
        if (stamp.isOld(TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano())) {
            return true;
        }
        // Many files that are not large may be as new as each other, and each would wait.
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

    /** A text of any kind and length as one word. */
    private static String name(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Md5.of(bytes, bytes.length).toString();
    }
}
