package org.experimaestro.table;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The correction of p-values for several comparisons.
 *
 * <p>Source: S. Holm, <i>A simple sequentially rejective multiple test procedure</i>, Scandinavian Journal of Statistics
 * 6(2), 1979.
 */
final class Holm {
    private Holm() {}

    /**
     * Adjusts p-values, to be compared with the level of the whole family of tests.
     *
     * @param pValues the p-values, each from 0 to 1
     * @return the adjusted values in the same order, each from the p-value to 1
     */
    static double[] adjust(double[] pValues) {
        List<Integer> ascending = IntStream.range(0, pValues.length)
                .boxed()
                .sorted(Comparator.comparingDouble(index -> pValues[index]))
                .toList();
        double[] adjusted = new double[pValues.length];
        double least = 0;
        for (int rank = 0; rank < pValues.length; rank++) {
            int index = ascending.get(rank);
            least = Math.max(least, Math.min(1, (pValues.length - rank) * pValues[index]));
            adjusted[index] = least;
        }
        return adjusted;
    }
}
