package org.experimaestro.monitor.timeline;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The numbers of jobs that waited for a place and that ran, from one time to the next. Immutable.
 *
 * @param at the time from which on the numbers hold
 * @param waiting the number of jobs that wait for a place
 * @param running the number of jobs that run
 */
public record QueueCounts(Instant at, int waiting, int running) {
    private static final int MOST = 2_000;

    /**
     * Counts jobs.
     *
     * @param turns the turns
     * @return the changes of the numbers, in the order of time; of very many, the last one of each part of the time
     */
    public static List<QueueCounts> of(RunSpans.Turns turns) {
        TreeMap<Instant, int[]> changes = new TreeMap<>();
        for (JobSpan span : turns.spans()) {
            Instant ready = span.ready();
            if (ready != null) {
                change(changes, ready, 1, 0);
                change(changes, span.from(), -1, 0);
            }
            change(changes, span.from(), 0, 1);
            span.end().ifPresent(end -> change(changes, end, 0, -1));
        }
        turns.waiting().values().forEach(since -> change(changes, since, 1, 0));
        return counts(changes);
    }

    private static void change(Map<Instant, int[]> changes, Instant at, int waiting, int running) {
        int[] change = changes.computeIfAbsent(at, time -> new int[2]);
        change[0] += waiting;
        change[1] += running;
    }

    private static List<QueueCounts> counts(TreeMap<Instant, int[]> changes) {
        List<QueueCounts> counts = new ArrayList<>();
        if (changes.isEmpty()) {
            return counts;
        }
        Duration least = changes.size() <= MOST
                ? Duration.ZERO
                : Duration.between(changes.firstKey(), changes.lastKey()).dividedBy(MOST);
        int waiting = 0;
        int running = 0;
        for (Map.Entry<Instant, int[]> change : changes.entrySet()) {
            waiting += change.getValue()[0];
            running += change.getValue()[1];
            QueueCounts now = new QueueCounts(change.getKey(), waiting, running);
            boolean isSoon = !counts.isEmpty()
                    && Duration.between(counts.getLast().at(), now.at()).compareTo(least) < 0;
            if (isSoon) {
                counts.set(counts.size() - 1, new QueueCounts(counts.getLast().at(), waiting, running));
            } else {
                counts.add(now);
            }
        }
        return counts;
    }
}
