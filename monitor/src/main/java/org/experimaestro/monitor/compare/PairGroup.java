package org.experimaestro.monitor.compare;

import java.util.List;

/**
 * The pairs of jobs of two runs whose results differ by one cause. Immutable.
 *
 * @param cause the first known cause
 * @param pairs the type and the tags of each pair, in the order of the first run
 */
public record PairGroup(FirstCause cause, List<String> pairs) {
    /** Copies the list. */
    public PairGroup {
        pairs = List.copyOf(pairs);
    }
}
