package org.experimaestro.workspace;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The state of a job, with what is known of a job in that state. {@link JobReconciler} finds it from the job's files and
 * process. Immutable.
 */
public sealed interface JobStatus {

    /**
     * The name of the state.
     *
     * @return as users write it, in upper case
     */
    JobState state();

    /**
     * The number of the last attempt.
     *
     * @return from 1; empty if there was none, or it is not known
     */
    OptionalInt lastAttempt();

    /**
     * What there is to say to people: why the job failed or cannot be read, or why one that runs may be in trouble.
     *
     * @return an empty text if there is nothing
     */
    default String message() {
        return "";
    }

    /**
     * Whether a process or a batch system has the job in its hands.
     *
     * @return true while it starts, is queued, or runs
     */
    default boolean isActive() {
        return this instanceof Active;
    }

    /**
     * Whether the process of the last attempt shows that it lives, whatever a batch system says.
     *
     * @return false also while there is no process yet
     */
    default boolean isAlive() {
        return this instanceof Running running && running.sign().isAlive();
    }

    /**
     * The batch system that has the job.
     *
     * @return empty if none has, or the job is over
     */
    default Optional<BatchJobReference> findBatchJob() {
        if (this instanceof Queued queued) {
            return Optional.of(queued.batchJob());
        }
        return this instanceof Running running ? Optional.ofNullable(running.batchJob()) : Optional.empty();
    }

    /**
     * Why the last attempt failed.
     *
     * @return empty if the job has not failed
     */
    default Optional<FailureCause> findCause() {
        return this instanceof Failed failed ? Optional.of(failed.cause()) : Optional.empty();
    }

    /**
     * Whether the last attempt ended before it began: it has run nothing, so that whoever waited for it may make the next one.
     *
     * @return false if the job has not failed
     */
    default boolean isGivenUp() {
        return this instanceof Failed failed && failed.cause() == FailureCause.NOT_STARTED;
    }

    /**
     * How long the last attempt took.
     *
     * @return empty unless it is known when it began and ended
     */
    default Optional<Duration> duration() {
        return Optional.empty();
    }

    /**
     * What the process of the last attempt has used until its end.
     *
     * @return empty unless that has ended, and said so itself
     */
    default Optional<ResourceUse> findUse() {
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

    /** A process or a batch system has the job in its hands. */
    sealed interface Active extends JobStatus {

        /**
         * The attempt that goes on.
         *
         * @return its number, from 1
         */
        int attempt();

        /**
         * Since when the job has been in this state.
         *
         * @return by the clock of the host that wrote it
         */
        Instant since();

        @Override
        default OptionalInt lastAttempt() {
            return OptionalInt.of(attempt());
        }
    }

    /**
     * A plan's process has taken the job, and the job's own process has not begun.
     *
     * @param attempt the number of the attempt
     * @param since when the job was taken
     * @param claimant the plan's process
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
     * @param batchJob which batch system, and since when
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
     * The job's process runs; or has begun, and a batch system has not said that it is over.
     *
     * @param attempt the number of the attempt
     * @param since when the process began
     * @param process the process
     * @param batchJob the batch system that has the job; {@code null} if none has, and then the process lives
     * @param sign whether the process shows that it lives
     */
    record Running(
            int attempt,
            Instant since,
            ProcessIdentity process,
            @Nullable BatchJobReference batchJob,
            LifeSign sign) implements Active {
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
     * The job is done, and is never run again.
     *
     * @param attempt the number of the attempt that did it
     * @param started when that began
     * @param ended when it ended
     * @param metrics the last value of each metric
     * @param defaults the digest of the first defaults that the job was stored with; {@code null} if the marker has none
     * @param use what the process has used; {@code null} if the marker does not say
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
         * The end of a job that had no process of its own.
         *
         * @param attempt the number of the attempt that did it
         * @param started when that began
         * @param ended when it ended
         * @param metrics the last value of each metric
         * @param defaults the digest of the first defaults; {@code null} if the marker has none
         */
        public Done(
                int attempt, Instant started, Instant ended, Map<String, Double> metrics, @Nullable String defaults) {
            this(attempt, started, ended, metrics, defaults, null);
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
     * The last attempt failed; the next run makes another.
     *
     * @param lastAttempt the number of the attempt; empty where a run failed to make one
     * @param started when its process began; {@code null} if it did not, or that is not known
     * @param ended when it was told that it failed; {@code null} if nobody was there to tell
     * @param cause why it failed
     * @param message what is known
     * @param use what the process has used; {@code null} where it has not told that
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
         * A failure that the process has not told itself.
         *
         * @param lastAttempt the number of the attempt; empty where a run failed to make one
         * @param started when its process began; {@code null} if it did not, or that is not known
         * @param ended when it was told that it failed; {@code null} if nobody was there to tell
         * @param cause why it failed
         * @param message what is known
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
         * A failure that no file tells.
         *
         * @param attempt the number of the attempt
         * @param cause why it failed
         * @param message what is known
         */
        public Failed(int attempt, FailureCause cause, String message) {
            this(OptionalInt.of(attempt), null, null, cause, message);
        }

        /**
         * A failure of a run to make an attempt.
         *
         * @param cause why
         * @param message what is known
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
     * One of the job's files cannot be read, or says what cannot be.
     *
     * @param message which one, and why
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
