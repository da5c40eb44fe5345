package org.experimaestro.web.file;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A part of a log, as it is sent.
 *
 * @param attempt the number of the attempt
 * @param stream {@code out} or {@code err}
 * @param size the bytes of the whole log
 * @param from the first byte of the text
 * @param to the byte behind the text
 * @param firstLine the number of the line at {@code from}, from 1; empty until the log is counted so far
 * @param lines the number of lines of the whole log; empty until they are counted
 * @param text the text
 * @param isGrowing whether the process may print more
 * @param none the reason why there is no log
 */
record LogAnswer(
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
