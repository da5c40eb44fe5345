package org.experimaestro.workspace;

import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonObject;

/** The state of a run, according to its description and its process. */
public enum RunState {
    /** The run has recorded its end. */
    ENDED,
    /** The run has no end, and its process is alive. */
    RUNNING,
    /** The run has no end, and its process is gone: it was killed, or its machine stopped. */
    DIED,
    /** The run has no end, and its process cannot be seen from here: it is of another host, or has recorded nothing. */
    UNKNOWN;

    /**
     * Finds the state of a run.
     *
     * @param description the description of the run, {@code run.json}
     * @return the state at the time of the call
     * @throws JsonException if the description of its process has another form
     * @throws IllegalArgumentException if its process has no valid number
     */
    public static RunState of(JsonObject description) {
        if (RunFolder.hasEnded(description.keys())) {
            return ENDED;
        }
        if (!description.has(RunFolder.PROCESS)) {
            return UNKNOWN;
        }
        ProcessIdentity process = ProcessIdentity.fromJson(description.object(RunFolder.PROCESS));
        if (!process.isLocal()) {
            return UNKNOWN;
        }
        return process.isAlive() ? RUNNING : DIED;
    }
}
