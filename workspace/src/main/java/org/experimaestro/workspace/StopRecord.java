package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;

/**
 * The record of a request to end an attempt's process. The process cannot see the sender of a signal, and may handle it
 * itself and return; what it has made is not complete then. Its first writer wins. Thread-safe.
 */
public final class StopRecord {
    private final JobFolder job;
    private final int attempt;

    StopRecord(JobFolder job, int attempt) {
        this.job = job;
        this.attempt = attempt;
    }

    /**
     * Records why the process is about to be ended. To be called before the signal is sent.
     *
     * @param cause the cause that the end will have
     * @throws IOException if it cannot be written
     */
    public void write(FailureCause cause) throws IOException {
        AtomicFile.create(job.stopFile(attempt), text(cause));
    }

    /** Returns the text of the file that {@link #write} writes, without quotes of a shell in it. */
    static String text(FailureCause cause) {
        Map<String, Object> json = StoredFiles.begin();
        cause.addTo(json);
        return Json.write(json);
    }

    /**
     * Removes the record, because the signal could not be sent. A record that cannot be removed is logged: the attempt
     * will end for its cause.
     */
    public void withdraw() {
        try {
            Files.deleteIfExists(job.stopFile(attempt));
        } catch (IOException left) {
            System.getLogger(StopRecord.class.getName())
                    .log(System.Logger.Level.WARNING, "Cannot withdraw the request to end " + job, left);
        }
    }

    /**
     * Returns whether a sender has recorded a request, whatever it says. A worker asks after it has recorded that the task is
     * over: the sender records first and looks at the worker's task afterwards, so one of the two sees the other.
     *
     * @return false also if the file system does not tell it
     */
    public boolean isWritten() {
        return Files.exists(job.stopFile(attempt));
    }

    /**
     * Finds why the process was asked to end.
     *
     * @return empty if no sender has recorded a request, or the record cannot be read; {@link JobFolder#status} reports
     *     that
     */
    public Optional<FailureCause> find() {
        Path file = job.stopFile(attempt);
        if (!Files.exists(file)) {
            return Optional.empty(); // as nearly always, and without an exception
        }
        try {
            return Optional.of(FailureCause.of(job.read(file)));
        } catch (IOException | JsonException none) {
            return Optional.empty();
        }
    }
}
