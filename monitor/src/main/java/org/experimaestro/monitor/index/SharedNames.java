package org.experimaestro.monitor.index;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The lists of names of an index's maps. Most submissions of a run have tags of the same names, and most jobs metrics of the
 * same names, which are stored once. Thread-safe, because views read the tags of parameters outside of the index's lock.
 */
final class SharedNames {
    /** The most values that are looked for; the tags of many jobs may all differ. */
    private static final int MOST_VALUES = 4_096;

    private final Map<List<String>, List<String>> known = new HashMap<>();
    private final Map<Object, Object> shared = new HashMap<>();
    private final UnaryOperator<Map<String, Object>> sharing = this::values;

    /** Returns {@link #values} as one object for all jobs. */
    UnaryOperator<Map<String, Object>> sharing() {
        return sharing;
    }

    /** Returns a map that is equal to a map of values, and that has its order. */
    Map<String, Object> values(Map<String, Object> values) {
        return values.isEmpty()
                ? Map.of()
                : NamedValues.of(
                        names(values),
                        values.values().stream().map(this::shared).toArray());
    }

    /** Returns an equal value, which others share: most tags have few values, such as seeds. */
    private synchronized Object shared(Object value) {
        if (shared.size() >= MOST_VALUES) {
            return shared.getOrDefault(value, value);
        }
        Object known = shared.putIfAbsent(value, value);
        return known == null ? value : known;
    }

    /** Returns a map that is equal to a map of numbers, and that has its order. */
    Map<String, Double> numbers(Map<String, Double> numbers) {
        return numbers.isEmpty()
                ? Map.of()
                : NamedValues.of(
                        names(numbers),
                        numbers.values().stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray());
    }

    private synchronized List<String> names(Map<String, ?> values) {
        return known.computeIfAbsent(List.copyOf(values.keySet()), names -> names);
    }
}
