package org.experimaestro.monitor.index;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The lists of names of an index's maps. Most submissions of a run have tags of the same names, which are stored once.
 * Confined to the holder of the index's lock.
 */
final class SharedNames {
    private final Map<List<String>, List<String>> known = new HashMap<>();

    /** Returns a map that is equal to a map of values, and that has its order. */
    Map<String, Object> values(Map<String, Object> values) {
        return values.isEmpty()
                ? Map.of()
                : NamedValues.of(
                        known.computeIfAbsent(List.copyOf(values.keySet()), names -> names),
                        values.values().toArray());
    }
}
