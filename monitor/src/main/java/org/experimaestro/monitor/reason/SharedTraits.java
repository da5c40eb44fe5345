package org.experimaestro.monitor.reason;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 *
 * <p>Where no trait is reported, pairs are tried by the same rule. The probability is multiplied by the number of traits
 * and pairs. A pair that the same jobs have as one of its traits is that trait, and does not count.
 */
public final class SharedTraits {
    /** The largest probability of a report where there is nothing. */
    static final double LARGEST_PROBABILITY = 0.01;
    /** The largest part of the other jobs that may have a reported trait too. */
    static final double MOST_OTHERS = 0.1;

    private static final int MOST_REPORTED = 3;

    /** The most traits of which pairs are tried: of more, a pair could hardly be told from chance. */
    private static final int MOST_PAIRED = 500;

    private static final Comparator<SharedTrait> ORDER =
            Comparator.comparingDouble(SharedTrait::probability).thenComparing(SharedTrait::first);

    private SharedTraits() {}

    /**
     * Finds what failed jobs share.
     *
     * @param failed the traits of each failed job
     * @param others the traits of each job that could have failed, and is done
     * @return at most three traits, the least probable by chance first, or one pair of traits; empty if there is no clear
     *     one. Of traits that the same jobs have, only the first kind is reported
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
        Counts counts = new Counts(failed.size(), others.size());
        List<SharedTrait> shared = new ArrayList<>();
        tried.forEach((having, trait) ->
                counts.report(having, trait, Optional.empty(), tried.size()).ifPresent(shared::add));
        if (shared.isEmpty() && tried.size() <= MOST_PAIRED) {
            pair(counts, tried).ifPresent(shared::add);
        }
        return shared.stream().sorted(ORDER).limit(MOST_REPORTED).toList();
    }

    /** Finds the pair that is the least probable by chance. Others would be variants of the same cause. */
    private static Optional<SharedTrait> pair(Counts counts, Map<BitSet, Trait> traits) {
        List<Map.Entry<BitSet, Trait>> sorted =
                traits.entrySet().stream().sorted(Map.Entry.comparingByValue()).toList();
        List<Pair> possible = new ArrayList<>();
        int tried = sorted.size();
        for (int i = 0; i < sorted.size(); i++) {
            for (int j = i + 1; j < sorted.size(); j++) {
                BitSet first = sorted.get(i).getKey();
                BitSet second = sorted.get(j).getKey();
                BitSet both = (BitSet) first.clone();
                both.and(second);
                if (both.cardinality() >= counts.failed() && !both.equals(first) && !both.equals(second)) {
                    tried++;
                    if (counts.hasAllFailed(both)) {
                        possible.add(new Pair(
                                both, sorted.get(i).getValue(), sorted.get(j).getValue()));
                    }
                }
            }
        }
        int all = tried;
        return possible.stream()
                .flatMap(pair -> counts.report(pair.having(), pair.first(), Optional.of(pair.second()), all).stream())
                .min(ORDER);
    }

    /** Two traits, and the jobs that have both. */
    private record Pair(BitSet having, Trait first, Trait second) {}

    /**
     * The numbers of jobs, of which the failed ones have the first numbers.
     *
     * @param failed the number of failed jobs
     * @param others the number of other jobs
     */
    private record Counts(int failed, int others) {
        boolean hasAllFailed(BitSet having) {
            return having.nextClearBit(0) >= failed;
        }

        /** Returns what the jobs with some traits tell; empty if chance may do the same. */
        Optional<SharedTrait> report(BitSet having, Trait trait, Optional<Trait> with, int tried) {
            int among = having.cardinality() - failed;
            double probability = Math.min(1, tried * chance(failed, having.cardinality(), failed + others));
            return hasAllFailed(having) && among <= MOST_OTHERS * others && probability <= LARGEST_PROBABILITY
                    ? Optional.of(SharedTrait.of(trait, with, failed, among, others, probability))
                    : Optional.empty();
        }
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
