package org.experimaestro.search;

import java.util.List;
import org.experimaestro.RandomStream;
import org.hipparchus.random.SobolSequenceGenerator;

/**
 * The points of a Sobol sequence, with the direction numbers of S. Joe and F. Y. Kuo. The seed shifts all of them by one random
 * vector, modulo 1 (R. Cranley and T. N. L. Patterson, 1976), because the sequence itself always begins at the lower ends.
 * Confined to one thread.
 */
final class SobolSampler implements Sampler {
    private final double[] shift;

    /** It is moved to the point of each draw. A sequence has at least one axis, of which an empty space uses none. */
    private final SobolSequenceGenerator sequence;

    SobolSampler(List<Axis> axes, long seed) {
        RandomStream random = RandomStream.of(seed, "search sobol");
        shift = new double[axes.size()];
        for (int i = 0; i < shift.length; i++) {
            shift[i] = random.nextDouble();
        }
        sequence = new SobolSequenceGenerator(Math.max(1, axes.size()));
    }

    @Override
    public double[] draw(long draw, List<Answer> former) {
        double[] point = sequence.skipTo(Math.toIntExact(draw));
        double[] positions = new double[shift.length];
        for (int i = 0; i < positions.length; i++) {
            double shifted = point[i] + shift[i];
            positions[i] = shifted < 1 ? shifted : shifted - 1;
        }
        return positions;
    }

    @Override
    public boolean usesAnswers(int number) {
        return false;
    }
}
