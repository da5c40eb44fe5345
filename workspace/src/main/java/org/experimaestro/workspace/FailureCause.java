package org.experimaestro.workspace;

import java.util.Map;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonObject;

/** Why an attempt of a job failed. */
public enum FailureCause {
    /** The task threw an exception. */
    EXCEPTION("threw an exception"),
    /** The task used more heap than its process may have. */
    OUT_OF_MEMORY("ran out of heap"),
    /** The task ended its process itself. */
    EXIT("ended its process before it was done"),
    /** The process was asked to end (SIGTERM). */
    CANCELLED("was cancelled"),
    /** The process ended without a word: it was killed, crashed, or its machine stopped. */
    VANISHED("ended without a word (killed, crashed, or the machine stopped)"),
    /** The process could not be started, or ended before its first word. */
    NOT_STARTED("could not be started"),
    /** The batch system did not take the job, or would never have started it. */
    REFUSED("was refused by its launcher"),
    /** It took longer than it may. */
    TIME_LIMIT("took longer than its time limit"),
    /** Its processes used more memory than they may. */
    MEMORY_LIMIT("used more memory than its limit"),
    /** Its host failed. */
    NODE_FAILURE("lost its host"),
    /** It had to make room for another job. */
    PREEMPTED("was preempted"),
    /** Its batch system started it again, so that another attempt took its place. */
    REQUEUED("was started again by its batch system"),
    /** A job that it depends on was not done when it began. */
    DEPENDENCY("began before what it depends on was done"),
    /** The stored parameters are not those of the job's identifier, or cannot be read. */
    WRONG_PARAMETERS("has parameters that are not those of its identifier"),
    /** The task returned without having made what its generated paths name. */
    MISSING_PATHS("returned without having made all of its generated paths", EXCEPTION),
    /** The job's JVM cannot load the code of the task: it is compiled for a newer release, or a class of it is missing. */
    WRONG_CODE("has code that its JVM cannot load", WRONG_PARAMETERS);

    private static final String CAUSE = "cause";
    private static final String EXACT_CAUSE = "exactCause";

    private final String phrase;
    private final FailureCause stored;

    FailureCause(String phrase) {
        this.phrase = phrase;
        this.stored = this;
    }

    /** A cause that readers of the first version do not know, stored as one that they know as well. */
    FailureCause(String phrase, FailureCause stored) {
        this.phrase = phrase;
        this.stored = stored;
    }

    /**
     * The cause of an attempt whose process has ended, and left no marker.
     *
     * @param hasBegun whether the process had said its first word
     * @return the cause
     */
    public static FailureCause ofSilence(boolean hasBegun) {
        return hasBegun ? VANISHED : NOT_STARTED;
    }

    /** Adds the cause to what is stored of a failure. */
    void addTo(Map<String, Object> json) {
        json.put(CAUSE, stored.name());
        if (stored != this) {
            json.put(EXACT_CAUSE, name());
        }
    }

    /** The cause of a stored failure. */
    static FailureCause of(JsonObject failure) {
        if (failure.has(EXACT_CAUSE)) {
            try {
                return valueOf(failure.string(EXACT_CAUSE));
            } catch (IllegalArgumentException newer) {
                // A later version knows better; the other key is for this one.
            }
        }
        try {
            return valueOf(failure.string(CAUSE));
        } catch (IllegalArgumentException unknown) {
            throw new JsonException("\"" + CAUSE + "\" is \"" + failure.string(CAUSE)
                    + "\", which is no cause of a failure that this version knows");
        }
    }

    /**
     * The cause in words.
     *
     * @return the end of a sentence that starts with the job
     */
    public String phrase() {
        return phrase;
    }
}
