package org.experimaestro.monitor.index;

import java.util.List;

/**
 * The changes from one version of the index to another. Immutable.
 *
 * @param from the version before the changes
 * @param to the version with the changes; the same if there are none
 * @param isComplete false if the index no longer has all changes since {@code from}; the client must read the whole
 *     view then
 * @param list the changes, at most one for each job, run and problem
 */
public record Changes(long from, long to, boolean isComplete, List<Change> list) {
    /** Copies the list. */
    public Changes {
        list = List.copyOf(list);
    }
}
