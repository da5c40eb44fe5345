package org.experimaestro.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.experimaestro.RandomStream;

/**
 * The tree-structured Parzen estimator of J. Bergstra, R. Bardenet, Y. Bengio and B. Kégl, <i>Algorithms for
 * hyper-parameter optimization</i>, NIPS 2011. On each axis it draws candidates like the good trials, and takes the one that is
 * most likely under these, compared with all other trials. Decision 40 lists the constants and what differs from the paper.
 */
final class TpeSampler implements Sampler {
    /** The trials of a Sobol sequence before the first estimate. */
    static final int STARTUP = 10;

    /** The part of the answers that is good: γ of the paper. */
    private static final double GOOD = 0.15;

    private static final int MOST_GOOD = 25;
    private static final int CANDIDATES = 24;

    private final List<Axis> axes;
    private final long seed;
    private final Sampler startup;

    TpeSampler(List<Axis> axes, long seed) {
        this.axes = axes;
        this.seed = seed;
        this.startup = new SobolSampler(axes, seed);
    }

    @Override
    public double[] draw(long draw, List<Answer> former) {
        if (former.size() < STARTUP) {
            return startup.draw(draw, former);
        }
        List<Answer> good = good(former);
        List<Answer> others = new ArrayList<>(former);
        others.removeAll(good);
        RandomStream random = RandomStream.of(seed, "search tpe " + draw);
        double[] positions = new double[axes.size()];
        for (int i = 0; i < positions.length; i++) {
            Axis axis = axes.get(i);
            positions[i] = axis.isUsed(axes, positions)
                    ? choose(axis.scale(), positions(good, i), positions(others, i), random)
                    : Double.NaN;
        }
        return positions;
    }

    @Override
    public boolean usesAnswers(int number) {
        return number >= STARTUP;
    }

    /** Returns the best answers; a trial that failed, or has no answer yet, is never good. */
    private static List<Answer> good(Collection<Answer> former) {
        List<Answer> known = new ArrayList<>(former);
        known.removeIf(answer -> !answer.isKnown());
        // The sort keeps the order of the trials among equal answers.
        known.sort(Comparator.comparingDouble(Answer::loss));
        int count = (int) Math.min(MOST_GOOD, Math.ceil(GOOD * known.size()));
        return known.subList(0, count);
    }

    private static List<Double> positions(List<Answer> answers, int axis) {
        List<Double> positions = new ArrayList<>();
        for (Answer answer : answers) {
            if (!Double.isNaN(answer.position(axis))) {
                positions.add(answer.position(axis));
            }
        }
        return positions;
    }

    private static double choose(Scale scale, List<Double> good, List<Double> others, RandomStream random) {
        if (scale instanceof Scale.Choices choices) {
            return choose(choices, good, others, random);
        }
        ParzenEstimator likeGood = ParzenEstimator.of(good);
        ParzenEstimator likeOthers = ParzenEstimator.of(others);
        double best = 0;
        double bestRatio = -1;
        for (int i = 0; i < CANDIDATES; i++) {
            double drawn = likeGood.sample(random);
            double position = scale.snapped(drawn);
            double ratio = likeGood.density(position) / likeOthers.density(position);
            if (ratio > bestRatio) {
                best = drawn;
                bestRatio = ratio;
            }
        }
        return best;
    }

    /** The weight of a choice is one more than the number of its trials. */
    private static double choose(Scale.Choices choices, List<Double> good, List<Double> others, RandomStream random) {
        long[] goodCounts = counts(choices, good);
        long[] otherCounts = counts(choices, others);
        long sum = good.size() + choices.count();
        int best = 0;
        double bestRatio = -1;
        for (int i = 0; i < CANDIDATES; i++) {
            long drawn = random.nextLong(sum);
            int choice = 0;
            while (drawn >= goodCounts[choice]) {
                drawn -= goodCounts[choice++];
            }
            double ratio = (double) goodCounts[choice] / otherCounts[choice];
            if (ratio > bestRatio) {
                best = choice;
                bestRatio = ratio;
            }
        }
        return (best + 0.5) / choices.count();
    }

    private static long[] counts(Scale.Choices choices, List<Double> positions) {
        long[] counts = new long[(int) choices.count()];
        Arrays.fill(counts, 1);
        for (double position : positions) {
            counts[choices.index(position)]++;
        }
        return counts;
    }
}
