package org.experimaestro.workspace;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.experimaestro.base.file.NewFile;
import org.experimaestro.core.json.Json;

/**
 * The journal of a run, as it is written: a line for each change of a job, which readers may follow while the run goes on. Confined
 * to one thread at a time.
 */
public final class RunJournal implements AutoCloseable {
    private final Path file;
    private final OutputStream out;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private long written;

    RunJournal(Path file, OutputStream out) {
        this.file = file;
        this.out = out;
    }

    static RunJournal open(Path file) throws IOException {
        return new RunJournal(file, NewFile.open(file));
    }

    /**
     * Adds a change, visible to others at once. What cannot be written is kept, and comes with the next change, so that a disk that
     * was full for a while leaves no gap and no half line.
     *
     * @param event the change
     * @throws IOException if it cannot be written now
     */
    public void add(RunEvent event) throws IOException {
        pending.writeBytes((Json.writeLine(event.toJson()) + "\n").getBytes(StandardCharsets.UTF_8));
        write();
    }

    private void write() throws IOException {
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
