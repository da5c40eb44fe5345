package org.experimaestro.runtime.worker;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.experimaestro.base.file.BoundedFile;
import org.experimaestro.base.file.NewFile;
import org.experimaestro.workspace.Attempt;
import org.jspecify.annotations.Nullable;

/** The two logs of one task, which are opened when something is printed. Thread-safe. */
final class TaskLogs {
    private final Path[] files;
    private final @Nullable OutputStream[] open = new OutputStream[2];
    private boolean hasEnded;

    TaskLogs(Attempt attempt) {
        files = new Path[] {attempt.standardOutput(), attempt.standardError()};
    }

    /**
     * Writes to a log.
     *
     * @param log 0 for the standard output, 1 for the standard error
     * @return false if the task has ended, so that nothing was written
     * @throws IOException if it cannot be written
     */
    synchronized boolean write(int log, byte[] bytes, int start, int length) throws IOException {
        if (hasEnded) {
            return false;
        }
        OutputStream out = open[log];
        if (out == null) {
            out = open(files[log]);
            open[log] = out;
        }
        out.write(bytes, start, length);
        return true;
    }

    /** Opens a log, which the run has made, so that no link and no pipe in its place is opened. */
    private static OutputStream open(Path file) throws IOException {
        try {
            BoundedFile.requireRegular(file);
            return Files.newOutputStream(
                    file, StandardOpenOption.WRITE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException deleted) {
            return NewFile.open(file);
        }
    }

    /** Closes the logs: what threads of the task print from now on is not in them. */
    synchronized void end() {
        hasEnded = true;
        for (OutputStream out : open) {
            if (out != null) {
                try {
                    out.close();
                } catch (IOException unwritten) {
                    // Each write was passed on to the system, which tells its errors then.
                }
            }
        }
    }

    synchronized boolean hasEnded() {
        return hasEnded;
    }
}
