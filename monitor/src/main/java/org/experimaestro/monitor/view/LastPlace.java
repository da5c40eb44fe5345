package org.experimaestro.monitor.view;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.ProcessIdentity;
import org.jspecify.annotations.Nullable;

/**
 * The place where the last attempt at a job ran: its process and its batch job, which stay the same once the attempt has
 * ended. Each is read from its file at its first use. Thread-safe.
 */
final class LastPlace {
    private final JobFolder job;
    private final OptionalInt attempt;
    private final Value<ProcessIdentity> process =
            new Value<>(attempt -> attempt.record().findProcess());
    private final Value<BatchJobReference> batchJob = new Value<>(Attempt::batchJob);

    LastPlace(JobFolder job, OptionalInt attempt) {
        this.job = job;
        this.attempt = attempt;
    }

    Optional<ProcessIdentity> process() {
        return process.get();
    }

    Optional<BatchJobReference> batchJob() {
        return batchJob.get();
    }

    private interface Reader<T> {
        Optional<T> read(Attempt attempt) throws IOException;
    }

    private final class Value<T> {
        private final Reader<T> reader;
        private boolean isRead;
        private @Nullable T value;

        Value(Reader<T> reader) {
            this.reader = reader;
        }

        synchronized Optional<T> get() {
            if (!isRead) {
                value = read(reader).orElse(null);
                isRead = true;
            }
            return Optional.ofNullable(value);
        }
    }

    private <T> Optional<T> read(Reader<T> reader) {
        if (attempt.isEmpty()) {
            return Optional.empty();
        }
        int number = attempt.getAsInt();
        try {
            return reader.read(job.attempt(number));
        } catch (IOException | JsonException | IllegalArgumentException unreadable) {
            throw WorkspaceException.of("Cannot read where attempt " + number + " ran: "
                            + (unreadable instanceof IOException failed
                                    ? Failures.reason(failed)
                                    : String.valueOf(unreadable.getMessage())))
                    .at(job.internalFolder().toString())
                    .cause(unreadable)
                    .build();
        }
    }
}
