package org.experimaestro.table;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.StandardDeviation;
import org.apache.commons.statistics.inference.TTest;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

/** The two-sided tests of whether paired values differ, by their differences. */
final class PairedTests {
    /** R's rule of data that are constant but for rounding: the standard error is below so many parts of the mean. */
    private static final double ROUNDING = 10 * Math.ulp(1.0);

    private PairedTests() {}

    /**
     * Computes the p-value of the paired t test. Differences that are all equal to one number, but for rounding, have no
     * variance by which a test could judge them: two pairs that happen to differ by the same 0.1 prove nothing.
     *
     * <p>Source of the rule for constant differences: {@code t.test} of R 4.2.2, which refuses such data.
     *
     * @param differences the differences of the pairs
     * @return empty with fewer than two differences, if one is not finite, and if all are equal to a number other than 0; 1
     *     if all are 0
     */
    static OptionalDouble t(double[] differences) {
        if (cannotTest(differences)) {
            return OptionalDouble.empty();
        }
        if (Arrays.stream(differences).allMatch(difference -> difference == 0)) {
            return OptionalDouble.of(1);
        }
        double error = StandardDeviation.of(differences).getAsDouble() / Math.sqrt(differences.length);
        if (error < ROUNDING * Math.abs(Mean.of(differences).getAsDouble())) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(TTest.withDefaults().test(differences).getPValue());
    }

    /**
     * Computes the p-value of the Wilcoxon signed-rank test. Differences of 0 are left out first, as Wilcoxon proposed.
     * The value is exact up to 50 differences without ties, and of the normal approximation with corrections for ties and
     * continuity otherwise.
     *
     * <p>Source: F. Wilcoxon, <i>Individual comparisons by ranking methods</i>, Biometrics Bulletin 1(6), 1945.
     *
     * @param differences the differences of the pairs
     * @return empty with fewer than two differences, and if one is not finite; 1 if all are 0
     */
    static OptionalDouble wilcoxon(double[] differences) {
        if (cannotTest(differences)) {
            return OptionalDouble.empty();
        }
        double[] others =
                Arrays.stream(differences).filter(difference -> difference != 0).toArray();
        return OptionalDouble.of(
                others.length == 0
                        ? 1
                        : WilcoxonSignedRankTest.withDefaults().test(others).getPValue());
    }

    /**
     * Returns the mean of the signed ranks, whose sign is the direction of {@link #wilcoxon}. It may be another one than
     * that of the mean of the differences.
     *
     * @param differences finite differences
     * @return 0 if all are 0
     */
    static double meanSignedRank(double[] differences) {
        double[] others =
                Arrays.stream(differences).filter(difference -> difference != 0).toArray();
        if (others.length == 0) {
            return 0;
        }
        // The statistic is the sum of the ranks of positive differences; all ranks together are n (n + 1) / 2.
        double positive = WilcoxonSignedRankTest.withDefaults().statistic(others);
        return 2 * positive / others.length - (others.length + 1) / 2.0;
    }

    private static boolean cannotTest(double[] differences) {
        return differences.length < 2 || !Arrays.stream(differences).allMatch(Double::isFinite);
    }
}
