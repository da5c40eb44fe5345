package org.experimaestro.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.commons.statistics.descriptive.Mean;
import org.experimaestro.TableLayout;

/**
 * The comparison of a cell with another one by a paired two-sided test. It belongs to a family of comparisons with the
 * same cell.
 *
 * @param cell the number of the cell
 * @param p the p-value, corrected for the size of the family
 * @param pairs the number of pairs
 * @param difference the number whose sign the test judges, positive if the cell has the greater values: the mean of the
 *     pairs' differences, or that of their signed ranks
 */
record CellComparison(int cell, double p, int pairs, double difference) {

    /**
     * Tests cells against another one.
     *
     * @param own the number of the cell with which the others are compared
     * @param others the numbers of the others
     * @param jobs the jobs of all cells
     * @return the tests of the cells that have at least two pairs of finite values whose differences can be judged, in their order
     */
    static List<CellComparison> all(int own, List<Integer> others, List<CellJobs> jobs, TableLayout layout) {
        Map<Object, Double> values = values(jobs.get(own), layout);
        List<CellComparison> tests = new ArrayList<>();
        for (int other : others) {
            CellJobs cell = jobs.get(other);
            double[] differences = differences(values(cell, layout), values);
            boolean isByRanks = layout.isWilcoxon(cell.metric());
            OptionalDouble p = isByRanks ? PairedTests.wilcoxon(differences) : PairedTests.t(differences);
            if (p.isPresent()) {
                double mean = isByRanks
                        ? PairedTests.meanSignedRank(differences)
                        : Mean.of(differences).getAsDouble();
                tests.add(new CellComparison(other, p.getAsDouble(), differences.length, mean));
            }
        }
        double[] adjusted =
                Holm.adjust(tests.stream().mapToDouble(CellComparison::p).toArray());
        for (int i = 0; i < adjusted.length; i++) {
            CellComparison test = tests.get(i);
            tests.set(i, new CellComparison(test.cell, adjusted[i], test.pairs, test.difference));
        }
        return tests;
    }

    /** Returns the values of a cell that are compared, by unit or replicate. */
    private static Map<Object, Double> values(CellJobs cell, TableLayout layout) {
        return layout.isPerUnit() ? cell.unitValues() : cell.values();
    }

    /** Returns the differences of the values that both cells have, of the same unit or replicate. */
    private static double[] differences(Map<Object, Double> values, Map<Object, Double> own) {
        List<Double> differences = new ArrayList<>();
        values.forEach((key, value) -> {
            Double other = own.get(key);
            if (other != null) {
                differences.add(value - other);
            }
        });
        return CellJobs.array(differences);
    }
}
