package org.experimaestro.spi;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The status of a job in a batch system.
 *
 * @param phase the job's phase
 * @param state the state in the system's own term, such as {@code PENDING}
 * @param reason the reason in the system's own terms, such as {@code Priority}; may be empty
 * @param stuck whether a pending job will never start unless a person changes something; then {@code reason} has the
 *     cause
 * @param end the kind of end; present if and only if the phase is {@link Phase#ENDED}
 * @param exitCode the exit code of a job that has ended, 128 + n for signal n, if it is known
 * @param expectedStart the time at which the system expects to start a pending job; empty if it does not tell
 */
public record BatchStatus(
        Phase phase,
        String state,
        String reason,
        boolean stuck,
        Optional<End> end,
        OptionalInt exitCode,
        Optional<Instant> expectedStart) {

    /** The phase of a job in a batch system. */
    public enum Phase {
        /** The job waits to start, also after it was requeued. */
        PENDING,
        /** The job's processes run, or are being started or ended. */
        RUNNING,
        /** The job's processes exist, but are stopped. */
        SUSPENDED,
        /** The job has ended. */
        ENDED
    }

    /** The kind of a job's end. */
    public enum End {
        /** The job's process ended with exit code 0. */
        COMPLETED,
        /** The job's process ended with another exit code, or by a signal. */
        FAILED,
        /** The job reached its time limit. */
        TIME_LIMIT,
        /** The job used more memory than its limit. */
        MEMORY_LIMIT,
        /** The job's host failed. */
        NODE_FAILURE,
        /** The job was ended in favor of another job. */
        PREEMPTED,
        /** A person cancelled the job. */
        CANCELLED,
        /** The job could not be started in the requested way. */
        REFUSED
    }

    /** Checks that there is an end if and only if the job has ended. */
    public BatchStatus {
        if ((phase == Phase.ENDED) != end.isPresent()) {
            throw new IllegalArgumentException("A job that is " + phase + " cannot have the end " + end);
        }
    }

    /**
     * Creates the status of a job that has not ended.
     *
     * @param phase pending, running or suspended
     * @param state the system's term
     * @param reason the system's reason, or an empty text
     * @return the status
     */
    public static BatchStatus active(Phase phase, String state, String reason) {
        return new BatchStatus(phase, state, reason, false, Optional.empty(), OptionalInt.empty(), Optional.empty());
    }

    /**
     * Creates the status of a pending job that will never start.
     *
     * @param state the system's term
     * @param reason the system's reason
     * @return the status
     */
    public static BatchStatus stuck(String state, String reason) {
        return new BatchStatus(
                Phase.PENDING, state, reason, true, Optional.empty(), OptionalInt.empty(), Optional.empty());
    }

    /**
     * Creates the status of a job that has ended.
     *
     * @param end the kind of end
     * @param state the system's term
     * @param reason the system's reason, or an empty text
     * @param exitCode its exit code, if it is known
     * @return the status
     */
    public static BatchStatus ended(End end, String state, String reason, OptionalInt exitCode) {
        return new BatchStatus(Phase.ENDED, state, reason, false, Optional.of(end), exitCode, Optional.empty());
    }

    /**
     * Returns this status with the expected start of a pending job.
     *
     * @param start the time that the system tells; empty if it does not
     * @return this status if the job is not pending
     */
    public BatchStatus expectedAt(Optional<Instant> start) {
        return phase == Phase.PENDING ? new BatchStatus(phase, state, reason, stuck, end, exitCode, start) : this;
    }

    @Override
    public String toString() {
        return reason.isEmpty() ? state : state + " (" + reason + ")";
    }
}
