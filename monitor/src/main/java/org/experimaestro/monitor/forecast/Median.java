package org.experimaestro.monitor.forecast;

import java.util.List;

/** The median of numbers. */
final class Median {
    private Median() {}

    /**
     * Returns the median.
     *
     * @param sorted numbers in ascending order, at least one
     * @return the number in the middle, or the mean of the two in the middle
     */
    static double of(List<Double> sorted) {
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
