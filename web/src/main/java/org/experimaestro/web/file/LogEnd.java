package org.experimaestro.web.file;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.LogFile;

/** The end of what an attempt has printed, of which only these bytes are read. */
public final class LogEnd {
    private LogEnd() {}

    /**
     * Reads the end of the standard error, or of the standard output if nothing was printed to the other.
     *
     * @param job the job
     * @param attempt the number of the attempt
     * @param most the most bytes, one at least
     * @return whole lines, or the end of a long one; bytes that are no UTF-8 are U+FFFD; empty if nothing was printed
     * @throws IOException if the log cannot be read
     */
    public static Optional<String> read(JobFolder job, int attempt, int most) throws IOException {
        for (Path log : List.of(job.standardError(attempt), job.standardOutput(attempt))) {
            try (SeekableByteChannel channel = LogFile.open(log)) {
                if (channel.size() > 0) {
                    return Optional.of(
                            LogWindow.last(channel, channel.size(), most, false).text());
                }
            } catch (NoSuchFileException none) {
                // the process has not written to this stream
            }
        }
        return Optional.empty();
    }
}
