package org.experimaestro.web.api;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
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
    private final Map<K, Once<V>> values = new LinkedHashMap<>(16, 0.75f, true);
    private @Nullable JobsView view;

    /**
     * Creates a memory.
     *
     * @param most the largest number of values that are kept
     */
    PerView(int most) {
        this.most = most;
    }

    /** A value that is made at its first use, by one thread. */
    private static final class Once<V> {
        private @Nullable V value;

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
        return once(of, key).get(make);
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
