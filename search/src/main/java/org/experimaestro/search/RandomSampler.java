package org.experimaestro.search;

import java.util.List;
import org.experimaestro.RandomStream;

/** Points of which each is equally likely. */
record RandomSampler(List<Axis> axes, long seed) implements Sampler {

    @Override
    public double[] draw(long draw, List<Answer> former) {
        RandomStream random = RandomStream.of(seed, "search random " + draw);
        double[] positions = new double[axes.size()];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = random.nextDouble();
        }
        return positions;
    }

    @Override
    public boolean usesAnswers(int number) {
        return false;
    }
}
