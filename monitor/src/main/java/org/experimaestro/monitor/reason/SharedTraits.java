package org.experimaestro.monitor.reason;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.experimaestro.monitor.reason.SharedTrait.Trait;

/**
 * The search for what failed jobs share and the others do not.
 *
 * <p>A trait is reported if all failed jobs have it, at most {@link #MOST_OTHERS} of the others have it, and chance is
 * an unlikely explanation. Of N jobs, F have failed, and K have the trait. If failures had nothing to do with the
 * trait, all F failed jobs would have it with the probability C(K, F) / C(N, F), by the hypergeometric distribution.
 * This is Fisher's exact test, one-sided (R. A. Fisher, The Design of Experiments, 1935). As many traits are tried, the
 * probability is multiplied by their number (Bonferroni), which bounds the probability of any false report. Traits that
 * the same jobs have count once. Traits that fewer than F jobs have, or all jobs, are not counted, because they can
 * never be reported whatever jobs fail (R. E. Tarone, A modified Bonferroni method for discrete data, Biometrics 46,
 * 1990). A trait is reported if the product is at most {@link #LARGEST_PROBABILITY}.
 */
public final class SharedTraits {
    /** The largest probability of a report where there is nothing. */
    static final double LARGEST_PROBABILITY = 0.01;
    /** The largest part of the other jobs that may have a reported trait too. */
    static final double MOST_OTHERS = 0.1;

    private static final int MOST_REPORTED = 3;

    private SharedTraits() {}

    /**
     * Finds what failed jobs share.
     *
     * @param failed the traits of each failed job
     * @param others the traits of each job that could have failed, and is done
     * @return at most three traits, the least probable by chance first; empty if there is no clear one. Of traits that
     *     the same jobs have, only the first kind is reported
     */
    public static List<SharedTrait> find(Collection<Set<Trait>> failed, Collection<Set<Trait>> others) {
        int all = failed.size() + others.size();
        if (failed.size() < 2 || others.isEmpty()) {
            return List.of();
        }
        SortedMap<Trait, BitSet> jobs = new TreeMap<>();
        int index = 0;
        for (Collection<Set<Trait>> group : List.of(failed, others)) {
            for (Set<Trait> traits : group) {
                int job = index++;
                traits.forEach(trait ->
                        jobs.computeIfAbsent(trait, key -> new BitSet()).set(job));
            }
        }
        // The traits are sorted, so the first one of the same jobs has the preferred kind.
        Map<BitSet, Trait> tried = new HashMap<>();
        jobs.forEach((trait, having) -> {
            int count = having.cardinality();
            if (count >= failed.size() && count < all) {
                tried.putIfAbsent(having, trait);
            }
        });
        List<SharedTrait> shared = new ArrayList<>();
        tried.forEach((having, trait) -> {
            int among = having.cardinality() - failed.size();
            double probability = Math.min(1, tried.size() * chance(failed.size(), having.cardinality(), all));
            if (having.nextClearBit(0) >= failed.size()
                    && among <= MOST_OTHERS * others.size()
                    && probability <= LARGEST_PROBABILITY) {
                shared.add(SharedTrait.of(trait, failed.size(), among, others.size(), probability));
            }
        });
        return shared.stream()
                .sorted(Comparator.comparingDouble(SharedTrait::probability)
                        .thenComparing(SharedTrait::kind)
                        .thenComparing(SharedTrait::name))
                .limit(MOST_REPORTED)
                .toList();
    }

    /** Returns C(K, F) / C(N, F): the probability that F jobs, drawn from N, are all among K. */
    static double chance(int drawn, int having, int all) {
        double probability = 1;
        for (int i = 0; i < drawn; i++) {
            probability *= (double) Math.max(0, having - i) / (all - i);
        }
        return probability;
    }
}
