package org.experimaestro.tui.wire;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A part of a log.
 *
 * @param attempt the attempt
 * @param stream {@code out} or {@code err}
 * @param size the size of the whole log in bytes
 * @param from the first byte of the text
 * @param to the byte behind the last one
 * @param firstLine the number of the first line, once it is known
 * @param lines the number of all lines, once it is known
 * @param text the text
 * @param isGrowing whether its process may add to it
 * @param none the reason why there is no log
 */
public record WireLog(
        int attempt,
        String stream,
        long size,
        long from,
        long to,
        OptionalLong firstLine,
        OptionalLong lines,
        String text,
        boolean isGrowing,
        Optional<String> none) {}
