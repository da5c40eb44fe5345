package org.experimaestro.workspace;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.experimaestro.base.file.NewFile;
import org.experimaestro.core.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * The journal of a run, as it is written: a line for each change of a job, which readers may follow while the run goes on. Confined
 * to one thread at a time.
 */
public final class RunJournal implements AutoCloseable {
    /** How much is kept while nothing can be written: 4 MiB. */
    private static final int MOST_PENDING = 4 << 20;
    /** As many as count: there are 256 changes between two tries then. */
    private static final int MOST_FAILURES = 12;

    private final Path file;
    private final OutputStream out;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private long written;
    /** Changes to come before the next try to write, after one that failed. */
    private int pause;

    /** Tries that have failed one after the other. */
    private int failures;
    /** Changes that were not kept; the last of them is, to tell of the others. */
    private long missing;

    private @Nullable RunEvent last;

    RunJournal(Path file, OutputStream out) {
        this.file = file;
        this.out = out;
    }

    static RunJournal open(Path file) throws IOException {
        return new RunJournal(file, NewFile.open(file));
    }

    /**
     * Adds a change, visible to others at once. What cannot be written is kept, and comes with a later change, so that a disk that
     * was full for a while leaves no half line, and a gap only beyond 4 MiB, which a line tells of. While the disk stays full, the
     * tries become rarer, down to each 256th change.
     *
     * @param event the change
     * @throws IOException if it is tried, and cannot be written now
     */
    public void add(RunEvent event) throws IOException {
        if (last != null) {
            missing++;
            last = event;
        } else if (!keep(event)) {
            last = event;
        }
        if (pause > 0) {
            pause--;
        } else {
            write();
        }
    }

    /** Keeps a change until it is written, if there is room. */
    private boolean keep(RunEvent event) {
        byte[] line = (Json.writeLine(event.toJson()) + "\n").getBytes(StandardCharsets.UTF_8);
        boolean fits = pending.size() == 0 || pending.size() + line.length <= MOST_PENDING;
        if (fits) {
            pending.writeBytes(line);
        }
        return fits;
    }

    private void write() throws IOException {
        try {
            writePending();
            if (last != null) {
                keep(afterGap(last));
                last = null;
                missing = 0;
                writePending();
            }
        } catch (IOException failed) {
            // None after each of the first three, 1 after the fourth, then 2, 4, and so on.
            failures = Math.min(failures + 1, MOST_FAILURES);
            pause = (1 << failures) / 16;
            throw failed;
        }
        failures = 0;
    }

    private RunEvent afterGap(RunEvent event) {
        if (missing == 0) {
            return event;
        }
        String gap = missing + " changes before this one are missing: they could not be written";
        String message = event.message().isEmpty() ? gap : event.message() + "; " + gap;
        return new RunEvent(event.time(), event.job(), event.phase(), event.attempt(), message);
    }

    private void writePending() throws IOException {
        byte[] lines = pending.toByteArray();
        try {
            out.write(lines);
            pending.reset();
            written += lines.length;
        } catch (IOException failed) {
            keepRest(lines, failed);
            throw failed;
        }
    }

    /** A disk that becomes full takes the beginning. Nobody else writes the file, so its size tells how much. */
    private void keepRest(byte[] lines, IOException failed) {
        try {
            int taken = (int) Math.max(0, Math.min(lines.length, Files.size(file) - written));
            written += taken;
            pending.reset();
            pending.write(lines, taken, lines.length - taken);
        } catch (IOException unknown) {
            failed.addSuppressed(unknown);
        }
    }

    /**
     * Ends the journal.
     *
     * @throws IOException if something of it cannot be written
     */
    @Override
    public void close() throws IOException {
        try (out) {
            if (pending.size() > 0) {
                write();
            }
        }
    }
}
