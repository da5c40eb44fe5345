package org.experimaestro.search;

import java.util.List;
import org.experimaestro.RandomStream;
import org.hipparchus.random.SobolSequenceGenerator;

/**
 * The points of a Sobol sequence, with the direction numbers of S. Joe and F. Y. Kuo. The seed shifts all of them by one random
 * vector, modulo 1 (R. Cranley and T. N. L. Patterson, 1976), because the sequence itself always begins at the lower ends.
 */
record SobolSampler(List<Axis> axes, long seed) implements Sampler {

    @Override
    public double[] draw(long draw, List<Answer> former) {
        if (axes.isEmpty()) {
            return new double[0];
        }
        double[] positions = new SobolSequenceGenerator(axes.size()).skipTo(Math.toIntExact(draw));
        RandomStream shift = RandomStream.of(seed, "search sobol");
        for (int i = 0; i < positions.length; i++) {
            double shifted = positions[i] + shift.nextDouble();
            positions[i] = shifted < 1 ? shifted : shifted - 1;
        }
        return positions;
    }

    @Override
    public boolean usesAnswers(int number) {
        return false;
    }
}
