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
 * The writer of a run's journal: a line for each change of a job, which readers may follow while the run goes on.
 * Confined to one thread at a time.
 */
public final class RunJournal implements AutoCloseable {
    /** The most bytes that are kept while nothing can be written: 4 MiB. */
    private static final int MOST_PENDING = 4 << 20;
    /** The largest count of failures, with which there are 256 changes between two tries. */
    private static final int MOST_FAILURES = 12;

    private final Path file;
    private final OutputStream out;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private long written;
    /** The number of changes to come before the next try to write, after a try that failed. */
    private int pause;

    /** The number of tries that have failed one after the other, up to {@link #MOST_FAILURES}. */
    private int failures;
    /**
     * The number of changes that were lost. The change after them is in {@code last}, and its line reports their
     * number.
     */
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
     * Adds a change, visible to readers at once. A change that cannot be written is kept, and written with a later one.
     * If the disk was full for a while, the file therefore has no half line. It has a gap only if more than 4 MiB of
     * changes waited, and a line reports the gap. While the disk stays full, the tries become rarer, down to one for
     * 256 changes.
     *
     * @param event the change
     * @throws IOException if this call tries to write, and fails
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

    /**
     * Keeps a change until it is written.
     *
     * @return false if there is no room for it
     */
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
            // The pause is 0 after each of the first three failures, 1 after the fourth, then 2, 4, up to 256.
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
        return event.withMessage(message);
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

    /**
     * Keeps the bytes that were not written. A disk that becomes full may have taken the beginning of them; the size of
     * the file, which has no other writer, shows how much.
     */
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
     * @throws IOException if changes that were kept cannot be written
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
