package org.experimaestro.workspace;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The state of a job, with the data of that state. {@link JobReconciler} finds it from the job's files and process.
 * Immutable.
 */
public sealed interface JobStatus {

    /**
     * Returns the name of the state.
     *
     * @return the name as users write it, in upper case
     */
    JobState state();

    /**
     * Returns the state in words.
     *
     * @return the name of the state in lower case; for a job whose outputs were removed, {@code done, outputs removed}
     */
    default String words() {
        return state().name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the number of the last attempt.
     *
     * @return 1 or more; empty if there was none, or it is not known
     */
    OptionalInt lastAttempt();

    /**
     * Returns a message for people: why the job failed or cannot be read, or why a running job may be in trouble.
     *
     * @return an empty text if there is nothing
     */
    default String message() {
        return "";
    }

    /**
     * Returns whether the job is active: a process or a batch system has it.
     *
     * @return true while it starts, is queued, or runs
     */
    default boolean isActive() {
        return this instanceof Active;
    }

    /**
     * Returns whether the process of the last attempt is alive by its own signs, even if a batch system reports its
     * end.
     *
     * @return false also while there is no process yet
     */
    default boolean isAlive() {
        return this instanceof Running running && running.sign().isAlive();
    }

    /**
     * Returns the batch system's job.
     *
     * @return empty if no batch system has the job, or the job is over
     */
    default Optional<BatchJobReference> findBatchJob() {
        if (this instanceof Queued queued) {
            return Optional.of(queued.batchJob());
        }
        return this instanceof Running running ? Optional.ofNullable(running.batchJob()) : Optional.empty();
    }

    /**
     * Returns the cause for which the last attempt failed.
     *
     * @return empty if the job has not failed
     */
    default Optional<FailureCause> findCause() {
        return this instanceof Failed failed ? Optional.of(failed.cause()) : Optional.empty();
    }

    /**
     * Returns whether the last attempt ended before its process began. It has run nothing, so a run that waited for it
     * may make the next one.
     *
     * @return false if the job has not failed
     */
    default boolean isGivenUp() {
        return this instanceof Failed failed && failed.cause() == FailureCause.NOT_STARTED;
    }

    /**
     * Returns the duration of the last attempt.
     *
     * @return empty unless both its start and its end are known
     */
    default Optional<Duration> duration() {
        return Optional.empty();
    }

    /**
     * Returns the resources that the process of the last attempt has used until its end.
     *
     * @return empty unless the process has ended, and recorded them itself
     */
    default Optional<ResourceUse> findUse() {
        return Optional.empty();
    }

    /**
     * Returns the end of a job that is done, whether or not its outputs are still there.
     *
     * @return empty if the job is not done
     */
    default Optional<Done> findDone() {
        return Optional.empty();
    }

    /** The job was never started. */
    record New() implements JobStatus {
        @Override
        public JobState state() {
            return JobState.NEW;
        }

        @Override
        public OptionalInt lastAttempt() {
            return OptionalInt.empty();
        }
    }

    /** A process or a batch system has the job. */
    sealed interface Active extends JobStatus {

        /**
         * Returns the active attempt.
         *
         * @return its number, from 1
         */
        int attempt();

        /**
         * Returns the time at which the job came into this state.
         *
         * @return the time by the clock of the host that recorded it
         */
        Instant since();

        @Override
        default OptionalInt lastAttempt() {
            return OptionalInt.of(attempt());
        }
    }

    /**
     * A run's process has claimed the job, and the job's own process has not begun.
     *
     * @param attempt the number of the attempt
     * @param since the time of the claim
     * @param claimant the run's process
     */
    record Starting(int attempt, Instant since, ProcessIdentity claimant) implements Active {
        @Override
        public JobState state() {
            return JobState.STARTING;
        }
    }

    /**
     * A batch system has the job, and the job's own process has not begun.
     *
     * @param attempt the number of the attempt
     * @param batchJob the batch system's job
     */
    record Queued(int attempt, BatchJobReference batchJob) implements Active {
        @Override
        public JobState state() {
            return JobState.QUEUED;
        }

        @Override
        public Instant since() {
            return batchJob.since();
        }
    }

    /**
     * The job's process runs, or has begun and a batch system has not reported its end.
     *
     * @param attempt the number of the attempt
     * @param since the start of the process
     * @param process the process
     * @param batchJob the batch system's job; {@code null} if no batch system has the job: then the process is alive
     * @param sign the sign of life of the process
     * @param worker the task of a worker that the attempt is; {@code null} if the job has a process of its own
     */
    record Running(
            int attempt,
            Instant since,
            ProcessIdentity process,
            @Nullable BatchJobReference batchJob,
            LifeSign sign,
            @Nullable WorkerTask worker)
            implements Active {
        /**
         * Creates the state of a job that has a process of its own.
         *
         * @param attempt the number of the attempt
         * @param since the start of the process
         * @param process the process
         * @param batchJob the batch system's job; {@code null} if no batch system has the job
         * @param sign the sign of life of the process
         */
        public Running(
                int attempt,
                Instant since,
                ProcessIdentity process,
                @Nullable BatchJobReference batchJob,
                LifeSign sign) {
            this(attempt, since, process, batchJob, sign, null);
        }

        @Override
        public JobState state() {
            return JobState.RUNNING;
        }

        @Override
        public String message() {
            return sign.isAlive() || batchJob == null
                    ? ""
                    : "no sign of life of " + process + sign.note() + "; only " + batchJob.launcher()
                            + " can tell, and is asked by the next run that waits for it";
        }
    }

    /**
     * The job is done, with its outputs, and is not run again.
     *
     * @param attempt the number of the successful attempt
     * @param started the start of that attempt
     * @param ended the end of that attempt
     * @param metrics the last value of each metric
     * @param defaults the digest of the first defaults that the job was stored with; {@code null} if the marker has none
     * @param use the resources that the process has used; {@code null} if the marker has none
     */
    record Done(
            int attempt,
            Instant started,
            Instant ended,
            Map<String, Double> metrics,
            @Nullable String defaults,
            @Nullable ResourceUse use)
            implements JobStatus {

        /**
         * Creates the state of a job that had no process of its own.
         *
         * @param attempt the number of the successful attempt
         * @param started the start of that attempt
         * @param ended the end of that attempt
         * @param metrics the last value of each metric
         * @param defaults the digest of the first defaults; {@code null} if the marker has none
         */
        public Done(
                int attempt, Instant started, Instant ended, Map<String, Double> metrics, @Nullable String defaults) {
            this(attempt, started, ended, metrics, defaults, null);
        }

        /**
         * Returns the same state with another map of the metrics, such as one that takes less memory.
         *
         * @param equal a map that is equal to {@link #metrics()}
         * @return a state that is equal to this one
         */
        public Done withMetrics(Map<String, Double> equal) {
            return new Done(attempt, started, ended, equal, defaults, use);
        }

        @Override
        public Optional<Done> findDone() {
            return Optional.of(this);
        }

        @Override
        public Optional<ResourceUse> findUse() {
            return Optional.ofNullable(use);
        }

        @Override
        public JobState state() {
            return JobState.DONE;
        }

        @Override
        public OptionalInt lastAttempt() {
            return OptionalInt.of(attempt);
        }

        @Override
        public Optional<Duration> duration() {
            return Optional.of(Duration.between(started, ended));
        }
    }

    /**
     * The job is done, and a run has removed its outputs, because no job needed them any more. Its parameters, metrics and
     * logs are there. A run whose jobs need the outputs again makes another attempt.
     *
     * @param done the end of the attempt whose outputs were removed
     * @param removal the last number that was taken: that under which the removal claimed the job, or of an attempt since that was
     *     given up; no process has run under it
     * @param time the time of the removal
     */
    record Removed(Done done, int removal, Instant time) implements JobStatus {
        /** The words for this state, which follow the name of the state: {@code done, outputs removed}. */
        public static final String WORDS = "outputs removed";

        @Override
        public Optional<Done> findDone() {
            return Optional.of(done);
        }

        @Override
        public Optional<ResourceUse> findUse() {
            return done.findUse();
        }

        @Override
        public String words() {
            return "done, " + WORDS;
        }

        /** Returns {@link JobState#DONE}, because what used the outputs stays valid. */
        @Override
        public JobState state() {
            return JobState.DONE;
        }

        /** Returns the attempt whose outputs were removed, which has the logs and the metrics. */
        @Override
        public OptionalInt lastAttempt() {
            return done.lastAttempt();
        }

        @Override
        public Optional<Duration> duration() {
            return done.duration();
        }
    }

    /**
     * The last attempt failed; the next run makes another.
     *
     * @param lastAttempt the number of the attempt; empty if a run failed to make one
     * @param started the start of its process; {@code null} if it has not begun, or the start is not known
     * @param ended the time at which the failure was recorded; {@code null} if no file records it
     * @param cause the cause of the failure
     * @param message the details, for people
     * @param use the resources that the process has used; {@code null} if it has not recorded them
     */
    record Failed(
            OptionalInt lastAttempt,
            @Nullable Instant started,
            @Nullable Instant ended,
            FailureCause cause,
            String message,
            @Nullable ResourceUse use)
            implements JobStatus {

        /**
         * Creates a failure without the resources that its process has used.
         *
         * @param lastAttempt the number of the attempt; empty if a run failed to make one
         * @param started the start of its process; {@code null} if it has not begun, or the start is not known
         * @param ended the time at which the failure was recorded; {@code null} if no file records it
         * @param cause the cause of the failure
         * @param message the details, for people
         */
        public Failed(
                OptionalInt lastAttempt,
                @Nullable Instant started,
                @Nullable Instant ended,
                FailureCause cause,
                String message) {
            this(lastAttempt, started, ended, cause, message, null);
        }

        /**
         * Creates a failure that no file records.
         *
         * @param attempt the number of the attempt
         * @param cause the cause of the failure
         * @param message the details, for people
         */
        public Failed(int attempt, FailureCause cause, String message) {
            this(OptionalInt.of(attempt), null, null, cause, message);
        }

        /**
         * Creates a failure of a run to make an attempt.
         *
         * @param cause the cause of the failure
         * @param message the details, for people
         */
        public Failed(FailureCause cause, String message) {
            this(OptionalInt.empty(), null, null, cause, message);
        }

        @Override
        public JobState state() {
            return JobState.FAILED;
        }

        @Override
        public Optional<ResourceUse> findUse() {
            return Optional.ofNullable(use);
        }

        @Override
        public Optional<Duration> duration() {
            return started == null || ended == null ? Optional.empty() : Optional.of(Duration.between(started, ended));
        }
    }

    /**
     * One of the job's files cannot be read, or has an impossible content.
     *
     * @param message the file, and the reason
     */
    record Corrupt(String message) implements JobStatus {
        @Override
        public JobState state() {
            return JobState.CORRUPT;
        }

        @Override
        public OptionalInt lastAttempt() {
            return OptionalInt.empty();
        }
    }
}
