package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** The record of an attempt: where it ran, and how it failed, also if later attempts have followed. Immutable. */
public final class AttemptRecord {
    static final String STARTED = "started";

    private final JobFolder job;
    private final int number;

    AttemptRecord(JobFolder job, int number) {
        this.job = job;
        this.number = number;
    }

    /**
     * Finds the process that runs or ran the attempt.
     *
     * @return empty if the attempt has not begun, or was given up before
     * @throws IOException if the process file cannot be read
     * @throws JsonException if it is damaged
     */
    public Optional<ProcessIdentity> findProcess() throws IOException {
        try {
            JsonObject process = job.read(job.processFile(number));
            return process.has(JobLayout.PROCESS_KEY)
                    ? Optional.of(ProcessIdentity.fromJson(process.object(JobLayout.PROCESS_KEY)))
                    : Optional.empty();
        } catch (NoSuchFileException notBegun) {
            return Optional.empty();
        }
    }

    /**
     * Finds the task of a worker that the attempt is or was.
     *
     * @return empty if the attempt has not begun, or has a process of its own
     * @throws IOException if the process file cannot be read
     * @throws JsonException if it is damaged
     * @throws IllegalArgumentException if it names no worker
     */
    public Optional<WorkerTask> findWorker() throws IOException {
        try {
            return Optional.ofNullable(WorkerTask.find(job.read(job.processFile(number))));
        } catch (NoSuchFileException notBegun) {
            return Optional.empty();
        }
    }

    /**
     * Finds the start of the process that runs or ran the attempt.
     *
     * @return empty if the attempt has not begun, or was given up before
     * @throws IOException if the process file cannot be read
     * @throws JsonException if it is damaged
     */
    public Optional<Instant> findStarted() throws IOException {
        try {
            JsonObject process = job.read(job.processFile(number));
            return process.has(STARTED) ? Optional.of(process.time(STARTED)) : Optional.empty();
        } catch (NoSuchFileException notBegun) {
            return Optional.empty();
        }
    }

    /**
     * Finds the process that made the attempt.
     *
     * @return empty if the attempt is not there
     * @throws IOException if the attempt's file cannot be read
     * @throws JsonException if it is damaged
     */
    public Optional<ProcessIdentity> findClaimant() throws IOException {
        try {
            JsonObject attempt = job.readAttempt(number);
            return Optional.of(ProcessIdentity.fromJson(attempt.object(JobLayout.CLAIMANT_KEY)));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    /**
     * Returns the place of the attempt, and the decision that led to it.
     *
     * @return {@link AttemptOrigin#UNKNOWN} if the attempt is not there, or an earlier version made it
     * @throws IOException if the attempt's file cannot be read
     * @throws JsonException if it is damaged
     */
    public AttemptOrigin origin() throws IOException {
        try {
            return AttemptOrigin.of(job.readAttempt(number));
        } catch (NoSuchFileException none) {
            return AttemptOrigin.UNKNOWN;
        }
    }

    /**
     * Finds the run that made the attempt.
     *
     * @return the name, {@code EXPERIMENT/RUN}; empty if the attempt is not there, or a batch system started it again
     * @throws IOException if the attempt's file cannot be read
     * @throws JsonException if it is damaged
     */
    public Optional<String> findRun() throws IOException {
        try {
            return job.readAttempt(number).optionalString("run").filter(run -> run.indexOf('/') > 0);
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    /**
     * Finds the end of an attempt that has failed, which a later attempt may have followed.
     *
     * @return the cause, as {@link JobFolder#status} chooses it, and its message; empty if no marker has it
     * @throws IOException if the marker cannot be read
     * @throws JsonException if it is damaged
     */
    public Optional<JobStatus.Failed> findFailure() throws IOException {
        JsonObject told = AttemptEnd.told(find(job.failureMarker(number)), find(job.endMarker(number)));
        return Optional.ofNullable(told)
                .map(failure -> new JobStatus.Failed(
                        OptionalInt.of(number),
                        null,
                        failure.time("ended"),
                        FailureCause.of(failure),
                        failure.string("message")));
    }

    /**
     * Finds the resources that the attempt's process had used when it last recorded them, which it does while it runs.
     *
     * @return empty if it has not run for long enough, or an earlier version made the attempt
     * @throws IOException if the file cannot be read
     * @throws JsonException if it is damaged
     */
    public Optional<ResourceUse> findUse() throws IOException {
        JsonObject stored = find(job.usageFile(number));
        return stored == null ? Optional.empty() : Optional.ofNullable(ResourceUse.find(stored));
    }

    /**
     * Finds the resources that a batch system has accounted for the attempt.
     *
     * @return empty if no batch system had the attempt, or what it has accounted is not stored
     * @throws IOException if the file cannot be read
     * @throws JsonException if it is damaged
     */
    public Optional<AccountedUse> findAccountedUse() throws IOException {
        JsonObject stored = find(job.accountedFile(number));
        return stored == null ? Optional.empty() : Optional.of(AccountedUse.of(stored));
    }

    /**
     * Finds the cause of the end of an attempt that has failed, with or without a marker.
     *
     * @return the cause; empty if the attempt never began, which is no failure, and no marker says otherwise
     * @throws IOException if one of its files cannot be read
     * @throws JsonException if one is damaged
     */
    public Optional<FailureCause> findCause() throws IOException {
        Optional<JobStatus.Failed> failure = findFailure();
        if (failure.isPresent()) {
            return failure.map(JobStatus.Failed::cause);
        }
        return findProcess().isPresent()
                ? Optional.of(AttemptEnd.silent(find(job.stopFile(number))))
                : Optional.empty();
    }

    private @Nullable JsonObject find(Path file) throws IOException {
        try {
            return job.read(file);
        } catch (NoSuchFileException none) {
            return null;
        }
    }
}
