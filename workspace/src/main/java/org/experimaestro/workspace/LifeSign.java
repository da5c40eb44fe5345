package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * A sign that a process is alive or gone. A process of this host is checked directly. A process of another host touches
 * a file every 30 seconds, and is checked by the time of this file.
 *
 * @param isAlive whether the process is alive
 * @param note a remark about a wrong time of the file, to be added to a sentence that reports the process as gone; else
 *     empty
 */
public record LifeSign(boolean isAlive, String note) {
    /**
     * The largest distance of the file's time from now. Before now, it is the longest silence of a process; after now,
     * the lead of its host's clock. A later time is ignored, because the job would seem alive until then.
     */
    public static final Duration LEASE = Duration.ofMinutes(3);

    /**
     * Finds the sign of a process.
     *
     * @param process the process
     * @param shownBy the file that the process touches
     * @return the sign
     * @throws IOException if the time of the file cannot be read
     */
    public static LifeSign of(ProcessIdentity process, Path shownBy) throws IOException {
        return of(process, shownBy, Instant.now());
    }

    /**
     * Finds the sign of a process at a time.
     *
     * @param process the process
     * @param shownBy the file that the process touches
     * @param now the present time
     * @return the sign
     * @throws IOException if the time of the file cannot be read
     */
    public static LifeSign of(ProcessIdentity process, Path shownBy, Instant now) throws IOException {
        if (process.isLocal()) {
            return new LifeSign(process.isAlive(), "");
        }
        // The hosts' clocks must agree within a minute. The file server's own clock could be read only by writing a
        // file.
        Instant shown = Files.getLastModifiedTime(shownBy).toInstant();
        Duration silence = Duration.between(shown, now);
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
