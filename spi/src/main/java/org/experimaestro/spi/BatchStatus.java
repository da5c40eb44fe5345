package org.experimaestro.spi;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a batch system says of a job.
 *
 * @param phase where the job is
 * @param state the state in the system's own word, such as {@code PENDING}
 * @param reason why it is there, in the system's own words, such as {@code Priority}; may be empty
 * @param stuck whether a pending job will never start unless somebody changes something; then {@code reason} says what
 * @param end how it ended; there if and only if the phase is {@link Phase#ENDED}
 * @param exitCode the exit code of a job that has ended, 128 + n for signal n, where it is known
 */
public record BatchStatus(
        Phase phase, String state, String reason, boolean stuck, Optional<End> end, OptionalInt exitCode) {

    /** Where a job is. */
    public enum Phase {
        /** It waits for its turn, also after it was requeued. */
        PENDING,
        /** Its processes run, or are just being started or ended. */
        RUNNING,
        /** Its processes are there, and stopped. */
        SUSPENDED,
        /** It is over. */
        ENDED
    }

    /** How a job ended. */
    public enum End {
        /** Its process ended with exit code 0. */
        COMPLETED,
        /** Its process ended with another exit code, or by a signal. */
        FAILED,
        /** It took longer than it may. */
        TIME_LIMIT,
        /** It used more memory than it may. */
        MEMORY_LIMIT,
        /** Its host failed. */
        NODE_FAILURE,
        /** It had to make room for another job. */
        PREEMPTED,
        /** Somebody cancelled it. */
        CANCELLED,
        /** It could not be started as it was asked for. */
        REFUSED
    }

    /** Checks that there is an end if and only if the job has ended. */
    public BatchStatus {
        if ((phase == Phase.ENDED) != end.isPresent()) {
            throw new IllegalArgumentException("A job that is " + phase + " cannot have the end " + end);
        }
    }

    /**
     * A job that has not ended.
     *
     * @param phase pending, running or suspended
     * @param state the system's word
     * @param reason the system's reason, or an empty text
     * @return the status
     */
    public static BatchStatus active(Phase phase, String state, String reason) {
        return new BatchStatus(phase, state, reason, false, Optional.empty(), OptionalInt.empty());
    }

    /**
     * A pending job that will never start.
     *
     * @param state the system's word
     * @param reason the system's reason
     * @return the status
     */
    public static BatchStatus stuck(String state, String reason) {
        return new BatchStatus(Phase.PENDING, state, reason, true, Optional.empty(), OptionalInt.empty());
    }

    /**
     * A job that has ended.
     *
     * @param end how
     * @param state the system's word
     * @param reason the system's reason, or an empty text
     * @param exitCode its exit code, where it is known
     * @return the status
     */
    public static BatchStatus ended(End end, String state, String reason, OptionalInt exitCode) {
        return new BatchStatus(Phase.ENDED, state, reason, false, Optional.of(end), exitCode);
    }

    @Override
    public String toString() {
        return reason.isEmpty() ? state : state + " (" + reason + ")";
    }
}
