package org.experimaestro.tui.wire;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A line of a search in a log: a match, the progress, or the end.
 *
 * @param at the byte of a match
 * @param line the line of a match
 * @param read the bytes that were read
 * @param matches the number of matches so far
 * @param done whether the search has come to the end
 * @param problem why the search has stopped
 */
public record WireFound(
        OptionalLong at,
        OptionalLong line,
        OptionalLong read,
        int matches,
        boolean done,
        Optional<WireProblem> problem) {}
