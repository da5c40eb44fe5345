package org.experimaestro.monitor.group;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.text.NearName;
import org.experimaestro.monitor.filter.RowValues;
import org.experimaestro.monitor.view.JobRow;
import org.jspecify.annotations.Nullable;

/**
 * An order of rows by values, as the option {@code --sort} of listings has it. Rows with equal values stay in their
 * order, and those without a value come last. Immutable.
 */
public final class RowOrder {
    private static final String STARTED = "started";
    private static final String ENDED = "ended";

    private final List<Key> keys;

    private record Key(String name, boolean isDescending, Function<JobRow, @Nullable Object> value) {}

    /** A row with its value for sorting, which may come from a file. */
    private record Sorted(JobRow row, @Nullable Object value) {}

    private RowOrder(List<Key> keys) {
        this.keys = keys;
    }

    /**
     * Creates an order.
     *
     * @param names names of filters, {@code started} or {@code ended}, the most important one first; with a minus sign
     *     before it, the largest values come first
     * @param values the values of rows
     * @return the order
     * @throws WorkspaceException if no job has a name; the message has the near name
     */
    public static RowOrder of(List<String> names, RowValues values) {
        List<Key> keys = new ArrayList<>();
        for (String each : names) {
            boolean isDescending = each.startsWith("-");
            String name = isDescending ? each.substring(1) : each;
            keys.add(new Key(name, isDescending, value(name, values)));
        }
        return new RowOrder(List.copyOf(keys));
    }

    private static Function<JobRow, @Nullable Object> value(String name, RowValues values) {
        return switch (name) {
            case STARTED -> row -> row.job().started().orElse(null);
            case ENDED -> row -> row.job().ended().orElse(null);
            default -> required("sort", name, values);
        };
    }

    /** Returns the values of a name that the user has given for an action. */
    static Function<JobRow, @Nullable Object> required(String action, String name, RowValues values) {
        return values.find(name)
                .orElseThrow(() -> WorkspaceException.of("Cannot " + action + " by \"" + name
                                + "\": no job has a field, tag, metric or parameter of this name")
                        .advice(NearName.advice(name, values.names()).orElse("name one of a filter"))
                        .build());
    }

    /**
     * Sorts rows.
     *
     * @param rows the rows
     * @return the same rows in this order
     */
    public List<JobRow> sorted(List<JobRow> rows) {
        List<JobRow> sorted = rows;
        for (Key key : keys.reversed()) {
            sorted = sorted.stream()
                    .map(row -> new Sorted(row, key.value().apply(row)))
                    .sorted(Comparator.comparing(Sorted::value, ValueOrder.of(key.isDescending())))
                    .map(Sorted::row)
                    .toList();
        }
        return sorted;
    }

    /**
     * Finds the direction of a name.
     *
     * @param name a name of filters
     * @return true if the largest values come first; empty if rows are not sorted by it
     */
    public Optional<Boolean> findDirection(String name) {
        return keys.stream()
                .filter(key -> key.name().equals(name))
                .map(Key::isDescending)
                .findFirst();
    }
}
