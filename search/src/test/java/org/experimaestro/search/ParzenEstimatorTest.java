package org.experimaestro.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.experimaestro.RandomStream;
import org.junit.jupiter.api.Test;

/** The density of an estimator is that of what it draws. */
class ParzenEstimatorTest {
    private static final int CELLS = 10_000;
    private static final double ROOT_OF_TWO_PI = Math.sqrt(2 * Math.PI);

    @Test
    void density_anyObservations_hasTheSameIntegral() {
        for (List<Double> observations :
                List.of(List.<Double>of(), List.of(0.0), List.of(0.3, 0.3, 0.31), List.of(0.0, 0.5, 1.0))) {
            assertThat(integral(ParzenEstimator.of(observations), 1))
                    .as(observations.toString())
                    .isCloseTo(1, within(1e-4));
        }
    }

    @Test
    void sample_manyTimes_isDistributedAsTheDensity() {
        ParzenEstimator estimator = ParzenEstimator.of(List.of(0.1, 0.15, 0.8));
        RandomStream random = RandomStream.of(1, "test");
        int below = 0;
        for (int i = 0; i < CELLS; i++) {
            below += estimator.sample(random) < 0.4 ? 1 : 0;
        }

        assertThat((double) below / CELLS).isCloseTo(integral(estimator, 0.4), within(0.02));
    }

    private static double integral(ParzenEstimator estimator, double end) {
        double sum = 0;
        for (int i = 0; i < CELLS; i++) {
            sum += estimator.density(end * (i + 0.5) / CELLS) * end / CELLS;
        }
        return sum / ROOT_OF_TWO_PI;
    }
}
