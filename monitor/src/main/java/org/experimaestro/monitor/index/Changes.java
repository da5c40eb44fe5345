package org.experimaestro.monitor.index;

import java.util.List;

/**
 * What has changed from one version of the index to another. Immutable.
 *
 * @param from the version before
 * @param to the version with the changes; the same if there are none
 * @param isComplete false if the index does not remember all that has changed since the version before: whoever has that one
 *     takes the whole view anew
 * @param list at most one change for each job, run and problem
 */
public record Changes(long from, long to, boolean isComplete, List<Change> list) {
    /** A copy of the list. */
    public Changes {
        list = List.copyOf(list);
    }
}
