package org.experimaestro.web.api;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.experimaestro.monitor.view.JobsView;
import org.jspecify.annotations.Nullable;

/**
 * Values that are made from a view of the workspace and used by several answers, such as sorted rows of which a page reads
 * one window after the other. The least recently used ones are forgotten, and all of them when the view changes.
 * Thread-safe.
 *
 * @param <K> the type of the questions
 * @param <V> the type of the values
 */
final class PerView<K, V> {
    private final int most;
    private final long mostWeight;
    private final ToLongFunction<V> weigher;
    private final Map<K, Once<V>> values = new LinkedHashMap<>(16, 0.75f, true);
    private @Nullable JobsView view;

    /**
     * Creates a memory.
     *
     * @param most the largest number of values that are kept
     */
    PerView(int most) {
        this(most, 0, value -> 0);
    }

    /**
     * Creates a memory of values of different sizes.
     *
     * @param most the largest number of values that are kept
     * @param mostWeight the largest sum of the weights of these
     * @param weigher returns the weight of a value
     */
    PerView(int most, long mostWeight, ToLongFunction<V> weigher) {
        this.most = most;
        this.mostWeight = mostWeight;
        this.weigher = weigher;
    }

    /** A value that is made at its first use, by one thread. */
    private static final class Once<V> {
        private volatile @Nullable V value;

        @Nullable
        V found() {
            return value;
        }

        synchronized V get(Supplier<V> make) {
            V known = value;
            if (known == null) {
                known = make.get();
                value = known;
            }
            return known;
        }
    }

    /**
     * Returns a value.
     *
     * @param of the view that the value is made from
     * @param key the question
     * @param make makes the value; it is called again if it fails
     * @return the value of the same view and an equal key, if it is still known
     */
    V get(JobsView of, K key, Supplier<V> make) {
        V value = once(of, key).get(make);
        forgetHeavy();
        return value;
    }

    private synchronized void forgetHeavy() {
        long weight = values.values().stream().mapToLong(this::weight).sum();
        Iterator<Once<V>> oldest = values.values().iterator();
        while (weight > mostWeight && oldest.hasNext()) {
            weight -= weight(oldest.next());
            oldest.remove();
        }
    }

    private long weight(Once<V> once) {
        V value = once.found();
        return value == null ? 0 : weigher.applyAsLong(value);
    }

    private synchronized Once<V> once(JobsView of, K key) {
        if (view != of) {
            values.clear();
            view = of;
        }
        Once<V> once = values.computeIfAbsent(key, first -> new Once<>());
        if (values.size() > most) {
            values.remove(values.keySet().iterator().next());
        }
        return once;
    }
}
