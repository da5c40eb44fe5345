package org.experimaestro.table;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.Median;
import org.apache.commons.statistics.descriptive.Quantile;
import org.apache.commons.statistics.descriptive.StandardDeviation;
import org.apache.commons.statistics.distribution.TDistribution;
import org.experimaestro.TableLayout;
import org.experimaestro.TableLayout.Statistic;

/** The estimate of a metric from the values of a cell: a statistic and its confidence interval. */
final class Estimate {
    /** The number of samples of the bootstrap. */
    static final int SAMPLES = 10_000;

    private Estimate() {}

    /**
     * A confidence interval.
     *
     * @param lower its lower end
     * @param upper its upper end
     */
    record Interval(double lower, double upper) {}

    /**
     * Computes a statistic.
     *
     * @param values at least one value
     * @return NaN if a value is NaN
     */
    static double of(Statistic statistic, double[] values) {
        return switch (statistic) {
            case MEAN -> Mean.of(values).getAsDouble();
            case MEDIAN ->
                Arrays.stream(values).anyMatch(Double::isNaN)
                        ? Double.NaN
                        : Median.withDefaults().evaluate(values);
        };
    }

    /** Computes the interval that a layout asks for; empty if the values do not give any. */
    static Optional<Interval> interval(double[] values, TableLayout.Metric metric, TableLayout layout) {
        if (values.length < 2 || !Arrays.stream(values).allMatch(Double::isFinite)) {
            return Optional.empty();
        }
        if (layout.bootstrapSeed().isPresent()) {
            return Optional.of(bootstrap(
                    values,
                    metric.statistic(),
                    layout.confidenceLevel(),
                    layout.bootstrapSeed().getAsLong()));
        }
        return metric.statistic() == Statistic.MEAN
                ? Optional.of(t(values, layout.confidenceLevel()))
                : Optional.empty();
    }

    /**
     * Computes the interval of the mean by Student's t distribution with n - 1 degrees of freedom.
     *
     * @param values at least two finite values
     */
    static Interval t(double[] values, double level) {
        double mean = Mean.of(values).getAsDouble();
        double quantile = TDistribution.of(values.length - 1).inverseSurvivalProbability((1 - level) / 2);
        double halfWidth = quantile * StandardDeviation.of(values).getAsDouble() / Math.sqrt(values.length);
        return new Interval(mean - halfWidth, mean + halfWidth);
    }

    /**
     * Computes the interval of a statistic by the percentile bootstrap: the quantiles of the statistic in samples with
     * replacement.
     *
     * <p>Source: B. Efron and R. J. Tibshirani, <i>An Introduction to the Bootstrap</i>, Chapman and Hall, 1993,
     * section 13.3.
     *
     * @param values at least two finite values
     * @param seed the seed of the random numbers, used anew for each cell, so that a cell does not depend on others
     */
    static Interval bootstrap(double[] values, Statistic statistic, double level, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] statistics = new double[SAMPLES];
        double[] sample = new double[values.length];
        for (int i = 0; i < SAMPLES; i++) {
            for (int k = 0; k < sample.length; k++) {
                sample[k] = values[random.nextInt(values.length)];
            }
            statistics[i] = of(statistic, sample);
        }
        // R's default method, which its quantile() documents as type 7
        double[] ends = Quantile.withDefaults()
                .with(Quantile.EstimationMethod.HF7)
                .evaluate(statistics, (1 - level) / 2, (1 + level) / 2);
        return new Interval(ends[0], ends[1]);
    }
}
