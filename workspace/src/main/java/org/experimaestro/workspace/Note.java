package org.experimaestro.workspace;

import java.time.Instant;

/**
 * A note of a person on a job or a run, or a tag of a run. Immutable.
 *
 * @param time the time at which it was written
 * @param user the name of its writer, for people
 * @param tag the name of the tag; empty for a note
 * @param text the note, or the value of the tag
 */
public record Note(Instant time, String user, String tag, String text) {
    /**
     * Returns whether this is a tag.
     *
     * @return false for a note
     */
    public boolean isTag() {
        return !tag.isEmpty();
    }
}
