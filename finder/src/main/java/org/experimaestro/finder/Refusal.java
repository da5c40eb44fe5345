package org.experimaestro.finder;

/**
 * Why a place does not meet a request.
 *
 * @param level whose fault it is
 * @param reason what was asked for, and what is there
 */
public record Refusal(Level level, String reason) {

    /** What refuses. */
    public enum Level {
        /** The launcher as a whole. */
        LAUNCHER,
        /** The partition. */
        PARTITION,
        /** The kind of host. */
        HOST
    }
}
