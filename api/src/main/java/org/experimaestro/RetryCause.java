package org.experimaestro;

import java.util.Locale;

/** A cause of a failed attempt for which a {@link RetryPolicy} may have a rule. */
public enum RetryCause {
    /** The job took longer than its time limit. A retry may get more time. */
    TIME_LIMIT,
    /** The job's processes used more memory than their limit. A retry may get more memory. */
    MEMORY_LIMIT,
    /** The task used more heap or direct memory than its JVM may have. A retry may get more memory. */
    HEAP,
    /** The job's host failed. */
    LOST_NODE,
    /** The job had to make room for another one. */
    PREEMPTED,
    /** The job's process disappeared without recording a result. */
    VANISHED,
    /** The job's process could not be started. */
    NOT_STARTED,
    /** The task threw an exception, ended its process, or left out a generated path. */
    EXCEPTION;

    /**
     * Returns the name in the text of a policy.
     *
     * @return the name in lower case, such as {@code time_limit}
     */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns whether a retry for this cause may ask for more time or memory than the attempt before.
     *
     * @return true for a time limit, a memory limit, and a heap
     */
    public boolean mayRaise() {
        return this == TIME_LIMIT || raisesMemory();
    }

    /**
     * Returns whether a retry for this cause may ask for more memory.
     *
     * @return true for a memory limit and a heap
     */
    public boolean raisesMemory() {
        return this == MEMORY_LIMIT || this == HEAP;
    }

    /**
     * Returns whether an attempt that ended for this cause counts as an execution for {@link RetryPolicy#atMost}.
     *
     * @return false for an attempt that was preempted, or whose process never began
     */
    public boolean isExecution() {
        return this != PREEMPTED && this != NOT_STARTED;
    }
}
