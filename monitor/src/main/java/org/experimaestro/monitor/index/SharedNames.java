package org.experimaestro.monitor.index;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The lists of names of an index's maps. Most jobs of a type have tags and metrics of the same names, which are stored
 * once. Confined to the holder of the index's lock.
 */
final class SharedNames {
    private final Map<List<String>, List<String>> known = new HashMap<>();

    /** Returns a map that is equal to a map of values, and that has its order. */
    Map<String, Object> values(Map<String, Object> values) {
        return values.isEmpty()
                ? Map.of()
                : NamedValues.of(shared(values), values.values().toArray());
    }

    /** Returns a map that is equal to a map of numbers, and that has its order. */
    Map<String, Double> numbers(Map<String, Double> numbers) {
        return numbers.isEmpty()
                ? Map.of()
                : NamedValues.of(
                        shared(numbers),
                        numbers.values().stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray());
    }

    private List<String> shared(Map<String, ?> map) {
        return known.computeIfAbsent(List.copyOf(map.keySet()), names -> names);
    }
}
