package org.experimaestro.search;

import java.util.List;
import org.experimaestro.RandomStream;
import org.hipparchus.special.Erf;

/**
 * A mixture of normal distributions that are cut off at 0 and 1: one around each observation, and a wide one that stands for
 * knowing nothing. All have the same weight.
 *
 * <p>The deviation of one is the larger of the distances to its neighbours, of which 0 and 1 are the outermost, and at
 * least 1 / min(100, 1 + n) for n observations.
 */
final class ParzenEstimator {
    private static final double PRIOR_MEAN = 0.5;
    private static final double PRIOR_DEVIATION = 1;
    private static final int MOST_PARTS = 100;
    private static final double SQRT_2 = StrictMath.sqrt(2);

    private final double[] means;
    private final double[] deviations;

    /** The shares of the distributions that are between 0 and 1. */
    private final double[] shares;

    private ParzenEstimator(double[] means, double[] deviations) {
        this.means = means;
        this.deviations = deviations;
        this.shares = new double[means.length];
        for (int i = 0; i < means.length; i++) {
            shares[i] =
                    (Erf.erf((1 - means[i]) / (SQRT_2 * deviations[i])) + Erf.erf(means[i] / (SQRT_2 * deviations[i])))
                            / 2;
        }
    }

    static ParzenEstimator of(List<Double> observations) {
        int count = observations.size();
        double[] sorted =
                observations.stream().mapToDouble(each -> each).sorted().toArray();
        double[] means = new double[count + 1];
        double[] deviations = new double[count + 1];
        double least = 1.0 / Math.min(MOST_PARTS, 1 + count);
        for (int i = 0; i < count; i++) {
            double left = sorted[i] - (i == 0 ? 0 : sorted[i - 1]);
            double right = (i == count - 1 ? 1 : sorted[i + 1]) - sorted[i];
            means[i] = sorted[i];
            deviations[i] = Math.max(least, Math.max(left, right));
        }
        means[count] = PRIOR_MEAN;
        deviations[count] = PRIOR_DEVIATION;
        return new ParzenEstimator(means, deviations);
    }

    /** Draws a position, at least 0 and less than 1. */
    double sample(RandomStream random) {
        int part = random.nextInt(means.length);
        while (true) {
            double drawn = random.nextGaussian(means[part], deviations[part]);
            if (drawn >= 0 && drawn < 1) {
                return drawn;
            }
        }
    }

    /** Returns the density at a position, up to a factor that all estimators share. */
    double density(double position) {
        double sum = 0;
        for (int i = 0; i < means.length; i++) {
            double distance = (position - means[i]) / deviations[i];
            sum += StrictMath.exp(-distance * distance / 2) / (deviations[i] * shares[i]);
        }
        return sum / means.length;
    }
}
