package org.experimaestro.workspace;

import java.util.Map;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonObject;

/** The cause of a failure of a job's attempt. */
public enum FailureCause {
    /** The task threw an exception. */
    EXCEPTION("threw an exception"),
    /** The task used more heap than its process may have. */
    OUT_OF_MEMORY("ran out of heap"),
    /** The task ended its process itself, or its program ended with another exit code than 0. */
    EXIT("ended before it was done"),
    /** The process was asked to end (SIGTERM). */
    CANCELLED("was cancelled"),
    /** The process ended without writing a marker: it was killed, crashed, or its machine stopped. */
    VANISHED("ended without a word (killed, crashed, or the machine stopped)"),
    /** The process could not be started, or ended before it recorded its start. */
    NOT_STARTED("could not be started"),
    /** The batch system did not accept the job, or would never have started it. */
    REFUSED("was refused by its launcher"),
    /** The job took longer than its time limit. */
    TIME_LIMIT("took longer than its time limit"),
    /** The job's processes used more memory than their limit. */
    MEMORY_LIMIT("used more memory than its limit"),
    /** The job's host failed. */
    NODE_FAILURE("lost its host"),
    /** The batch system stopped the job in favour of another one. */
    PREEMPTED("was preempted"),
    /** The batch system started the job again, so that another attempt took the place of this one. */
    REQUEUED("was started again by its batch system"),
    /** A job on which this job depends was not done when this job began. */
    DEPENDENCY("began before what it depends on was done"),
    /** The stored parameters are not those of the job's identifier, or cannot be read. */
    WRONG_PARAMETERS("has parameters that are not those of its identifier"),
    /** The task returned without having made all files and folders of its generated paths. */
    MISSING_PATHS("returned without having made all of its generated paths", EXCEPTION),
    /** The JVM spent nearly all of its time on garbage collection, because its heap was nearly full. */
    GC_OVERHEAD("had its heap so full that collecting garbage took nearly all of its time", OUT_OF_MEMORY),
    /** The task used more memory for direct buffers than its process may have. */
    OUT_OF_DIRECT_MEMORY("ran out of memory for direct buffers (-XX:MaxDirectMemorySize)", OUT_OF_MEMORY),
    /** The task loaded more classes than its process has memory for. */
    OUT_OF_METASPACE("ran out of memory for classes (-XX:MaxMetaspaceSize)", OUT_OF_MEMORY),
    /** The system did not let the task start another thread. */
    OUT_OF_THREADS("could not start another thread", OUT_OF_MEMORY),
    /** The system had no more memory outside of the heap for the process. */
    OUT_OF_NATIVE_MEMORY("ran out of memory outside of its heap", OUT_OF_MEMORY),
    /** The job's JVM cannot load the code of the task: it is compiled for a newer release, or a class of it is missing. */
    WRONG_CODE("has code that its JVM cannot load", WRONG_PARAMETERS),
    /** The job's process showed no sign of life for so long that others were given the tokens that it held. */
    TOKENS_LOST("lost its tokens, because it was not seen to be alive", VANISHED),
    /** The task asked to go on in another attempt: this is no failure. */
    CONTINUED("ended early, to go on in another attempt", EXCEPTION);

    private static final String CAUSE = "cause";
    private static final String EXACT_CAUSE = "exactCause";

    private final String phrase;
    private final FailureCause stored;

    FailureCause(String phrase) {
        this.phrase = phrase;
        this.stored = this;
    }

    /** Creates a cause that is stored with a second one, for readers of the first version, which lacks this cause. */
    FailureCause(String phrase, FailureCause stored) {
        this.phrase = phrase;
        this.stored = stored;
    }

    /**
     * Returns the cause of an attempt whose process has ended without a marker.
     *
     * @param hasBegun whether the process had recorded its start
     * @return the cause
     */
    public static FailureCause ofSilence(boolean hasBegun) {
        return hasBegun ? VANISHED : NOT_STARTED;
    }

    /** Adds the cause to a failure that is to be stored. */
    void addTo(Map<String, Object> json) {
        json.put(CAUSE, stored.name());
        if (stored != this) {
            json.put(EXACT_CAUSE, name());
        }
    }

    /**
     * Returns the cause of a stored failure.
     *
     * @throws JsonException if this version does not know the cause
     */
    static FailureCause of(JsonObject failure) {
        if (failure.has(EXACT_CAUSE)) {
            try {
                return valueOf(failure.string(EXACT_CAUSE));
            } catch (IllegalArgumentException newer) {
                // The cause is of a later version; the other key has one that this version knows.
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
     * Returns the cause in words.
     *
     * @return the rest of a sentence that begins with the job, such as {@code threw an exception}
     */
    public String phrase() {
        return phrase;
    }
}
