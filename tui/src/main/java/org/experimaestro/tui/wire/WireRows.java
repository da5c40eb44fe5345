package org.experimaestro.tui.wire;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A window of rows.
 *
 * @param size the number of rows of the group
 * @param from the index of the first row
 * @param rows the rows
 */
public record WireRows(int size, int from, List<Row> rows) {
    /**
     * A row.
     *
     * @param job the name of the job
     * @param shortId the first digits of its identifier
     * @param state its state
     * @param tags its tags
     * @param type its type
     * @param started the time of the start of its last attempt
     * @param ended the time of the end of its last attempt
     * @param seconds the duration of its last attempt, once that has ended
     * @param host the host of its last attempt
     * @param progress the completed part, from 0 to 1
     * @param what why it has failed, what it does, or why it waits
     * @param values the values of the columns
     * @param attempt the number of its last attempt
     * @param pinned whether it is pinned
     */
    public record Row(
            String job,
            String shortId,
            String state,
            Map<String, Object> tags,
            String type,
            Optional<Instant> started,
            Optional<Instant> ended,
            OptionalDouble seconds,
            Optional<String> host,
            OptionalDouble progress,
            String what,
            Map<String, Object> values,
            int attempt,
            boolean pinned) {
        /** Returns the job. */
        public WireLink link() {
            return new WireLink(job, shortId, state, tags);
        }
    }
}
