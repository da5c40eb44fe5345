package org.experimaestro.monitor.explain;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.experimaestro.monitor.view.StoredConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * The values of a job that can count in its identifier, as hashes of 64 bits. The hash of several values is the sum of
 * theirs, so that the hash without one of them is a subtraction. Immutable.
 */
final class CountedValues {
    /** The constants of the hash FNV-1a, which is simple and spreads short texts well over 64 bits. */
    private static final long FNV_BASIS = 0xcbf29ce484222325L;

    private static final long FNV_PRIME = 0x100000001b3L;

    private final Explanation explanation;
    private final Map<String, String> producers;
    private final List<Value> values = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final Deque<Part> open = new ArrayDeque<>();
    private final long all;

    /** A value: the hash of its path, and the hash of its path and its content. */
    record Value(long place, long hash) {}

    /** A value that is not collected yet, with the hash of its path. */
    private record Part(long place, @Nullable Object value) {}

    /**
     * Collects the values of a job.
     *
     * @param explanation the job
     * @param producers the names of producers by which others are replaced
     */
    CountedValues(Explanation explanation, Map<String, String> producers) {
        this.explanation = explanation;
        this.producers = producers;
        open.push(new Part(FNV_BASIS, explanation.root()));
        // A loop replaces recursion, because configurations may be nested thousands of levels deep.
        while (!open.isEmpty()) {
            take(open.pop());
        }
        this.all = values.stream().mapToLong(Value::hash).sum();
    }

    List<Value> each() {
        return values;
    }

    /** Returns the hash of all values. */
    long all() {
        return all;
    }

    /** Returns the hash of all values but one. */
    long without(Value value) {
        return all - value.hash();
    }

    /** Returns the hash of all values with any other value in the place of one. */
    long withAnother(Value value) {
        return all - value.hash() + value.place();
    }

    private void take(Part part) {
        switch (part.value()) {
            case StoredConfiguration config -> takeConfiguration(part.place(), config);
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    open.push(new Part(hash(part.place(), "[" + i), list.get(i)));
                }
            }
            case Map<?, ?> map ->
                map.forEach((key, value) -> open.push(new Part(hash(part.place(), "[" + key), value)));
            case null -> add(part.place(), Comparison.NOTHING);
            default -> add(part.place(), Comparison.text(part.value()));
        }
    }

    private void takeConfiguration(long place, StoredConfiguration config) {
        if (config.isLeftOut()) {
            return;
        }
        String producer = config.producer();
        if (producer != null && !config.isProducedByItself()) {
            add(place, producers.getOrDefault(producer, producer));
            return;
        }
        if (!seen.add(config.label())) {
            add(place, config.id().toString()); // its values are there
            return;
        }
        add(place, config.typeId() + " " + config.version());
        for (ExplainedParameter parameter : explanation.parameters(config)) {
            if (parameter.counting().canCount() && parameter.counting() != IdentifierRole.DEFAULT) {
                open.push(new Part(hash(place, "." + parameter.name()), parameter.value()));
            }
        }
    }

    private void add(long place, String text) {
        values.add(new Value(spread(place), spread(hash(place, "=" + text))));
    }

    /**
     * Spreads all bits of a hash over all bits, because sums of FNV hashes are often equal where two texts have
     * exchanged their last characters. Source: the finalizer of MurmurHash3, 64 bits.
     */
    private static long spread(long hash) {
        long spread = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        spread = (spread ^ spread >>> 33) * 0xc4ceb9fe1a85ec53L;
        return spread ^ spread >>> 33;
    }

    private static long hash(long before, String text) {
        long hash = before;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }
}
