package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * Whether a process lives, as far as can be seen from here: one of this host is looked at directly, one of another host shows
 * itself by the time of a file, every 30 seconds.
 *
 * @param isAlive whether it lives
 * @param note what is strange about the file, to be added to a sentence that says that the process is gone; else empty
 */
public record LifeSign(boolean isAlive, String note) {
    /**
     * How far the time of the file may be from now. Before now it is how long a process may be silent; after now, how much the
     * clock of its host may be ahead. A time beyond that tells nothing, and would hold the job until then.
     */
    public static final Duration LEASE = Duration.ofMinutes(3);

    /**
     * Looks for a sign.
     *
     * @param process the process
     * @param shownBy the file by which it shows itself to other hosts
     * @throws IOException if the time of the file cannot be read
     */
    static LifeSign of(ProcessIdentity process, Path shownBy) throws IOException {
        if (process.isLocal()) {
            return new LifeSign(process.isAlive(), "");
        }
        // The hosts' clocks are supposed to agree within a minute; asking the file server for its time would write.
        Instant shown = Files.getLastModifiedTime(shownBy).toInstant();
        Duration silence = Duration.between(shown, Instant.now());
        if (silence.abs().compareTo(LEASE) < 0) {
            return new LifeSign(true, "");
        }
        return new LifeSign(
                false,
                silence.isNegative()
                        ? " (the time of " + shownBy.getFileName() + " is in the future, " + shown + ", which shows"
                                + " nothing: somebody has set it, or the clocks of this host and of " + process.host()
                                + " differ)"
                        : "");
    }
}
