package org.experimaestro.search;

import org.experimaestro.Best;
import org.experimaestro.Search;
import org.experimaestro.Space;

/** The provider of searches, which the module {@code api} finds as a service. */
public final class SearchService implements Search.Provider {

    /** Creates the provider. */
    public SearchService() {}

    @Override
    public <T extends Record> Search<T> create(Search.Method method, Space<T> space, Best best, long seed) {
        PointMaker<T> points = SpaceReader.read(space);
        Sampler sampler = switch (method) {
            case RANDOM -> new RandomSampler(points.axes(), seed);
            case SOBOL -> new SobolSampler(points.axes(), seed);
            case TPE -> new TpeSampler(points.axes(), seed);
        };
        return new TrialSearch<>(space, points, sampler, best, seed);
    }
}
