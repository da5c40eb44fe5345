package org.experimaestro.monitor.log;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.experimaestro.WorkspaceException;

/**
 * The metrics over time of the attempts that somebody looks at. Of a file that is asked for again, only what was added is
 * read. The least recently used files are forgotten. Thread-safe.
 */
public final class MetricTails {
    /** The most points in memory, of about 50 bytes each. */
    private static final int MOST_POINTS = 1_000_000;

    private final Map<Path, MetricTail> tails = new LinkedHashMap<>(16, 0.75f, true);

    /** Creates a memory of no files. */
    public MetricTails() {}

    /**
     * Reads the metrics of an attempt.
     *
     * @param events the file of its events, which may be missing
     * @return the metrics, up to the last whole line of the file
     * @throws WorkspaceException if the file cannot be read
     */
    public MetricTail read(Path events) {
        MetricTail tail = tail(events);
        tail.refresh();
        forget(events);
        return tail;
    }

    private synchronized MetricTail tail(Path events) {
        return tails.computeIfAbsent(events, MetricTail::new);
    }

    private synchronized void forget(Path kept) {
        long weight = 0;
        for (MetricTail tail : tails.values()) {
            weight += tail.weight();
        }
        Iterator<Map.Entry<Path, MetricTail>> eldest = tails.entrySet().iterator();
        while (weight > MOST_POINTS && eldest.hasNext()) {
            Map.Entry<Path, MetricTail> entry = eldest.next();
            if (!entry.getKey().equals(kept)) {
                weight -= entry.getValue().weight();
                eldest.remove();
            }
        }
    }
}
