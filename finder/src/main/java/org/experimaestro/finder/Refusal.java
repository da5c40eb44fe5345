package org.experimaestro.finder;

/**
 * A reason why a candidate does not meet a request.
 *
 * @param level the part of the candidate that is the reason
 * @param reason the requested value, and the value available
 */
public record Refusal(Level level, String reason) {

    /** The part of a candidate that is the reason. */
    public enum Level {
        /** The launcher as a whole. */
        LAUNCHER,
        /** The partition. */
        PARTITION,
        /** The kind of host. */
        HOST
    }
}
