package org.experimaestro.workspace;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The last value of each metric of a job, in the order of their first ones. They are as many as the marker of a job's end can
 * have, and as readers of it take. Confined to one thread.
 *
 * <p>On the path of a job: without lambdas and streams.
 */
public final class MetricValues {
    /** The most metrics of a job. */
    public static final int MOST = 500_000;

    /** The most characters of all their names: with their values they fit into a marker. */
    public static final int MOST_CHARACTERS = 8_000_000;

    private final Map<String, Double> values = new LinkedHashMap<>();
    private int characters;

    /** No values yet. */
    public MetricValues() {}

    /**
     * Stores a value in the place of the one before.
     *
     * @param name the name of the metric
     * @param value its value
     * @throws IllegalArgumentException if it is one metric too many
     */
    public void put(String name, double value) {
        if (!values.containsKey(name)) {
            // As a long: the sum may be beyond an int.
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
     * The values so far.
     *
     * @return a view
     */
    public Map<String, Double> view() {
        return Collections.unmodifiableMap(values);
    }
}
