package org.experimaestro.cli.listing;

import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The order of states in a watched listing: what is active, then what has failed, then the rest. */
public final class StateOrder {
    private static final List<String> FIRST =
            List.of("running", "paused", "starting", "queued", "failed", "corrupt", "died", "unknown", "stopped");
    private static final List<String> LAST = List.of("new", "done");

    /** An order of states, which are words in lower case. */
    static final Comparator<String> COMPARATOR =
            Comparator.<String>comparingInt(StateOrder::rank).thenComparing(Comparator.naturalOrder());

    private StateOrder() {}

    private static int rank(String state) {
        int first = FIRST.indexOf(state);
        return first >= 0 ? first : FIRST.size() + 1 + LAST.indexOf(state);
    }

    /**
     * Returns the number of things in each state, such as {@code 12 jobs: 2 running, 1 failed, 9 done}.
     *
     * @param noun the word for one of them
     * @param states the state of each
     */
    public static String totals(String noun, Stream<String> states) {
        SortedMap<String, Long> counts = states.collect(
                Collectors.groupingBy(state -> state, () -> new TreeMap<>(COMPARATOR), Collectors.counting()));
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        return all + " " + noun + (all == 1 ? "" : "s") + ": "
                + counts.entrySet().stream()
                        .map(count -> count.getValue() + " " + count.getKey())
                        .collect(Collectors.joining(", "));
    }
}
