package org.experimaestro.monitor.timeline;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The turns of one place, such as a host, in as few rows as they fit into without overlap. Immutable.
 *
 * @param bars the bars, in the order of their start
 */
public record TimeLane(List<Bar> bars) {
    /** Copies the list. */
    public TimeLane {
        bars = List.copyOf(bars);
    }

    /**
     * One turn, or several short ones that follow each other in a row.
     *
     * @param spans the turns, in the order of their start
     * @param row the number of the row, from 0
     */
    public record Bar(List<JobSpan> spans, int row) {
        /** Copies the list. */
        public Bar {
            spans = List.copyOf(spans);
        }
    }

    /** A row that is free from some time on. */
    private record Row(int number, Instant free) {}

    /**
     * Puts turns into rows: each into the row that has been free for the longest time.
     *
     * @param spans the turns
     * @return the lane
     */
    public static TimeLane of(Collection<JobSpan> spans) {
        List<JobSpan> sorted = new ArrayList<>(spans);
        sorted.sort(Comparator.comparing(JobSpan::from));
        PriorityQueue<Row> rows = new PriorityQueue<>(Comparator.comparing(Row::free));
        List<Bar> bars = new ArrayList<>();
        for (JobSpan span : sorted) {
            Row first = rows.peek();
            int number = rows.size();
            if (first != null && !first.free().isAfter(span.from())) {
                number = first.number();
                rows.remove();
            }
            rows.add(new Row(number, span.end().orElse(Instant.MAX)));
            bars.add(new Bar(List.of(span), number));
        }
        return new TimeLane(bars);
    }

    /**
     * Merges bars that are too short to be seen with the next ones of their row.
     *
     * @param least the shortest bar, and the shortest gap, that can be seen
     * @return a lane of fewer bars
     */
    public TimeLane merged(Duration least) {
        List<Bar> merged = new ArrayList<>();
        for (List<Bar> row : rows()) {
            List<JobSpan> together = new ArrayList<>();
            for (Bar bar : row) {
                JobSpan span = bar.spans().getFirst();
                if (!together.isEmpty() && !(isShort(span, least) && follows(together, span, least))) {
                    merged.add(new Bar(together, bar.row()));
                    together = new ArrayList<>();
                }
                together.addAll(bar.spans());
            }
            merged.add(new Bar(together, row.getFirst().row()));
        }
        merged.sort(Comparator.comparing(bar -> bar.spans().getFirst().from()));
        return new TimeLane(merged);
    }

    private List<List<Bar>> rows() {
        List<List<Bar>> rows = new ArrayList<>();
        for (Bar bar : bars) {
            while (rows.size() <= bar.row()) {
                rows.add(new ArrayList<>());
            }
            rows.get(bar.row()).add(bar);
        }
        return rows;
    }

    private static boolean isShort(JobSpan span, Duration least) {
        return span.end()
                .filter(end -> Duration.between(span.from(), end).compareTo(least) < 0)
                .isPresent();
    }

    private static boolean follows(List<JobSpan> before, JobSpan span, Duration least) {
        JobSpan last = before.getLast();
        return isShort(last, least)
                && last.end()
                        .filter(end -> Duration.between(end, span.from()).compareTo(least) < 0)
                        .isPresent();
    }
}
