package org.experimaestro.monitor.index;

import java.io.IOException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.experimaestro.core.file.FileStamp;
import org.jspecify.annotations.Nullable;

/**
 * The stamp of a file or folder when it was read. Two changes within one step of the file system's clock leave the same
 * stamp. Therefore a recently changed file is read again until that clock must have advanced; compare "racy" entries in
 * Git's index. Confined to the holder of the index's lock.
 */
final class Stamped {
    /** A time longer than a step of a fine clock, which is at most 10 ms. */
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(40);

    private boolean isKnown;
    private boolean isSettled;
    private @Nullable FileStamp stamp;
    private long firstSeen;

    /**
     * Compares the stamp; to be called before the file or folder is read.
     *
     * @return whether its known content may be out of date; true at first
     * @throws IOException if the stamp cannot be read; the caller reads the file then, whose reader reports the
     *     reason
     */
    boolean mustRead(Path path, Clock clock, LinkOption... options) throws IOException {
        FileStamp found = find(path, options);
        long now = nanos(clock.instant());
        if (!isKnown || !Objects.equals(found, stamp)) {
            isKnown = true;
            stamp = found;
            firstSeen = now;
            isSettled = found == null || found.isOld(now);
            return true;
        }
        if (isSettled) {
            return false;
        }
        // The clock may have been set back.
        firstSeen = Math.min(firstSeen, now);
        isSettled = found == null || found.isOld(now) || found.isFine() && now - firstSeen > STEP_NANOS;
        return true;
    }

    private @Nullable FileStamp find(Path path, LinkOption... options) throws IOException {
        try {
            return FileStamp.look(path, options);
        } catch (NoSuchFileException none) {
            return null;
        } catch (IOException unseen) {
            forget();
            throw unseen;
        }
    }

    private static long nanos(Instant time) {
        return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
    }

    /** Restores a stamp at which an earlier process read the content; returns false if the stamp has changed since. */
    boolean restore(FileStamp earlier, Path path, LinkOption... options) {
        try {
            if (!earlier.equals(find(path, options))) {
                return false;
            }
        } catch (IOException unseen) {
            return false;
        }
        stamp = earlier;
        isKnown = true;
        isSettled = true;
        return true;
    }

    /** Marks the content to be read at the next look, even if the stamp is unchanged. */
    void forget() {
        isKnown = false;
        isSettled = false;
        stamp = null;
    }

    /** Returns whether each change since the last reading must have changed the stamp. */
    boolean isSettled() {
        return isSettled;
    }

    /** Returns the stamp at the last reading; {@code null} if the file was missing or not read. */
    @Nullable
    FileStamp stamp() {
        return stamp;
    }
}
