package org.experimaestro.workspace;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The last value of each metric of a job, in the order of their first values. Their number and their names are limited,
 * so that the marker of the job's end can be written and read. Confined to one thread.
 *
 * <p>The code is on the path of a job, so it uses no lambdas and no streams.
 */
public final class MetricValues {
    /** The largest number of metrics of a job. */
    public static final int MOST = 500_000;

    /** The largest number of characters of all names together, so that names and values fit into a marker. */
    public static final int MOST_CHARACTERS = 8_000_000;

    private final Map<String, Double> values = new LinkedHashMap<>();
    private int characters;

    /** Creates an empty map of values. */
    public MetricValues() {}

    /**
     * Stores a value, which replaces the metric's earlier one.
     *
     * @param name the name of the metric
     * @param value the value, which may be infinite or NaN
     * @throws IllegalArgumentException if a new metric would exceed {@link #MOST} or {@link #MOST_CHARACTERS}
     */
    public void put(String name, double value) {
        if (!values.containsKey(name)) {
            // As a long, because the sum may exceed an int.
            if (values.size() == MOST || (long) characters + name.length() > MOST_CHARACTERS) {
                throw new IllegalArgumentException("One metric too many: a job has at most " + MOST
                        + ", whose names have at most " + MOST_CHARACTERS
                        + " characters in all; write more than that to a file of the job");
            }
            characters += name.length();
        }
        values.put(name, value);
    }

    /**
     * Returns the values so far.
     *
     * @return a view, which cannot be changed
     */
    public Map<String, Double> view() {
        return Collections.unmodifiableMap(values);
    }
}
