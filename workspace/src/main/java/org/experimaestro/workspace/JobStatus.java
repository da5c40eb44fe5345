package org.experimaestro.workspace;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of a job with what is known about it.
 *
 * @param state the state
 * @param attempt the number of the last attempt, 0 if there was none
 * @param started when the last attempt began, or {@code null}
 * @param ended when it ended, or {@code null}
 * @param owner the process that runs or starts the job, or {@code null}
 * @param handover the batch system that has the last attempt, or {@code null} if none has
 * @param cause why the last attempt failed, or {@code null}
 * @param message what is known about the failure, or why a job that runs may be in trouble; or an empty text
 * @param metrics the metrics of a job that is done
 * @param defaults the digest of the first defaults that a job that is done was stored with, or {@code null} if it is not
 *     known here
 */
public record JobStatus(
        JobState state,
        int attempt,
        @Nullable Instant started,
        @Nullable Instant ended,
        @Nullable ProcessIdentity owner,
        @Nullable Handover handover,
        @Nullable FailureCause cause,
        String message,
        Map<String, Double> metrics,
        @Nullable String defaults) {

    JobStatus(
            JobState state,
            int attempt,
            @Nullable Instant started,
            @Nullable Instant ended,
            @Nullable ProcessIdentity owner,
            @Nullable Handover handover,
            @Nullable FailureCause cause,
            String message,
            Map<String, Double> metrics) {
        this(state, attempt, started, ended, owner, handover, cause, message, metrics, null);
    }

    static JobStatus of(JobState state, int attempt) {
        return new JobStatus(state, attempt, null, null, null, null, null, "", Map.of());
    }

    /**
     * A job of which something cannot be read.
     *
     * @param message what, and why
     * @return the status
     */
    public static JobStatus corrupt(String message) {
        return new JobStatus(JobState.CORRUPT, 0, null, null, null, null, null, message, Map.of());
    }

    /**
     * A job whose last attempt failed.
     *
     * @param attempt the number of the attempt
     * @param started when its process began, or {@code null}
     * @param cause why it failed
     * @param message what is known
     * @return the status
     */
    public static JobStatus failed(int attempt, @Nullable Instant started, FailureCause cause, String message) {
        return new JobStatus(JobState.FAILED, attempt, started, null, null, null, cause, message, Map.of());
    }

    /**
     * Whether a process or a batch system has the job in its hands.
     *
     * @return true while it starts, is queued, or runs
     */
    public boolean isActive() {
        return state == JobState.STARTING || state == JobState.QUEUED || state == JobState.RUNNING;
    }

    /**
     * Whether the process of the last attempt shows that it lives, whatever a batch system says: a process of this host is
     * looked at, one of another host has shown itself within the last three minutes.
     *
     * @return false also while there is no process yet
     */
    public boolean isAlive() {
        return state == JobState.RUNNING && message.isEmpty();
    }

    /**
     * The same, with what is known about the trouble of a job that runs.
     *
     * @param trouble what is known
     * @return the status; this one unless the job {@link #isActive}
     */
    public JobStatus inTrouble(String trouble) {
        return isActive()
                ? new JobStatus(state, attempt, started, ended, owner, handover, cause, trouble, metrics, defaults)
                : this;
    }

    /**
     * How long the last attempt took.
     *
     * @return empty unless it has ended
     */
    public Optional<Duration> duration() {
        return started == null || ended == null ? Optional.empty() : Optional.of(Duration.between(started, ended));
    }
}
