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
 * The stamp that a file or folder had when it was read. Two changes within one step of the file system's clock leave one
 * stamp; so what was just changed is read again, until the clock must have gone on (compare "racy" entries in Git's index).
 * Confined to the holder of the index's lock.
 */
final class Stamped {
    /** Longer than a step of a fine clock. */
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(40);

    private boolean isKnown;
    private boolean isSettled;
    private @Nullable FileStamp stamp;
    private long firstSeen;

    /**
     * Looks, before the file or folder is read.
     *
     * @return whether what was read before may be wrong now; true at first
     * @throws IOException if it cannot be looked at: it has to be read, which tells why
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
        // A clock that was set back tells nothing.
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

    /** Takes what an earlier process has read at this stamp, if that is the stamp still. */
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

    /** Has it read again at the next look, whatever its stamp. */
    void forget() {
        isKnown = false;
        isSettled = false;
        stamp = null;
    }

    /** Whether each change since the last reading must have another stamp. */
    boolean isSettled() {
        return isSettled;
    }

    /** The stamp when it was last read; {@code null} if there was nothing. */
    @Nullable
    FileStamp stamp() {
        return stamp;
    }
}
