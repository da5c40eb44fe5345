package org.experimaestro.monitor.reason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.experimaestro.monitor.reason.SharedTrait.Kind;
import org.experimaestro.monitor.reason.SharedTrait.Trait;
import org.junit.jupiter.api.Test;

class SharedTraitsTest {
    private static final int HOSTS = 5;

    /** A grid of jobs with four tags and an input, on random hosts. */
    private static List<Set<Trait>> grid(int jobs, Random random) {
        List<Set<Trait>> all = new ArrayList<>();
        for (int job = 0; job < jobs; job++) {
            Set<Trait> traits = new HashSet<>();
            traits.add(new Trait(Kind.HOST, "", "node0" + random.nextInt(HOSTS)));
            traits.add(new Trait(Kind.TAG, "k1", String.valueOf(job % 5)));
            traits.add(new Trait(Kind.TAG, "b", String.valueOf(job / 5 % 4)));
            traits.add(new Trait(Kind.TAG, "seed", String.valueOf(job / 20 % 3)));
            traits.add(new Trait(Kind.PARAMETER, "number", String.valueOf(job)));
            traits.add(new Trait(Kind.INPUT, "", "a.index/" + random.nextInt(4)));
            all.add(traits);
        }
        return all;
    }

    @Test
    void find_failuresByChance_rarelySpeaks() {
        Random random = new Random(20);
        int spoken = 0;
        int rounds = 2_000;
        for (int round = 0; round < rounds; round++) {
            List<Set<Trait>> jobs = grid(20 + random.nextInt(100), random);
            Collections.shuffle(jobs, random);
            int failed = 2 + random.nextInt(8);
            if (!SharedTraits.find(jobs.subList(0, failed), jobs.subList(failed, jobs.size()))
                    .isEmpty()) {
                spoken++;
            }
        }
        assertThat(spoken).isLessThanOrEqualTo((int) (2 * SharedTraits.LARGEST_PROBABILITY * rounds));
    }

    @Test
    void find_allOfOneHost_alwaysNamesTheHost() {
        Random random = new Random(21);
        for (int round = 0; round < 300; round++) {
            List<Set<Trait>> jobs = grid(100, random);
            Trait host = new Trait(Kind.HOST, "", "node03");
            List<Set<Trait>> failed = new ArrayList<>(
                    jobs.stream().filter(job -> job.contains(host)).toList());
            jobs.removeAll(failed);
            jobs.add(failed.removeFirst()); // one job went well there
            assertThat(SharedTraits.find(failed, jobs).getFirst()).satisfies(trait -> {
                assertThat(trait.kind()).isEqualTo(Kind.HOST);
                assertThat(trait.value()).isEqualTo("node03");
                assertThat(trait.others()).isOne();
            });
        }
    }

    @Test
    void find_allOfACombination_namesThePairWhereNoTraitExplainsEnough() {
        Random random = new Random(22);
        Trait k1 = new Trait(Kind.TAG, "k1", "2");
        Trait b = new Trait(Kind.TAG, "b", "3");
        for (int round = 0; round < 100; round++) {
            List<Set<Trait>> jobs = grid(120, random);
            List<Set<Trait>> failed = new ArrayList<>(jobs.stream()
                    .filter(job -> job.contains(k1) && job.contains(b))
                    .toList());
            jobs.removeAll(failed);

            assertThat(SharedTraits.find(failed, jobs)).singleElement().satisfies(pair -> {
                assertThat(pair.first()).isEqualTo(b);
                assertThat(pair.with()).contains(k1);
                assertThat(pair.isExclusive()).isTrue();
                assertThat(ReasonPhrases.of(pair))
                        .isEqualTo("all 6 have the tag b=3 and the tag k1=2, as none of the 114 done jobs do");
            });
        }
    }

    @Test
    void find_traitThatExplainsEnough_isNotPaired() {
        List<Set<Trait>> jobs = grid(120, new Random(23));
        Trait k1 = new Trait(Kind.TAG, "k1", "2");
        List<Set<Trait>> failed = jobs.stream().filter(job -> job.contains(k1)).toList();
        jobs.removeAll(failed);

        assertThat(SharedTraits.find(failed, jobs))
                .isNotEmpty()
                .allSatisfy(trait -> assertThat(trait.with()).isEmpty());
    }

    @Test
    void find_tagAndParameterOfTheSameJobs_isSaidOnce() {
        List<Set<Trait>> failed = new ArrayList<>();
        List<Set<Trait>> others = new ArrayList<>();
        for (int job = 0; job < 40; job++) {
            String value = job < 6 ? "1.5" : "0.9";
            (job < 6 ? failed : others)
                    .add(Set.of(new Trait(Kind.PARAMETER, "k1", value), new Trait(Kind.TAG, "k1", value)));
        }
        assertThat(SharedTraits.find(failed, others)).singleElement().satisfies(trait -> {
            assertThat(trait.kind()).isEqualTo(Kind.TAG);
            assertThat(trait.isExclusive()).isTrue();
            assertThat(trait.allOthers()).isEqualTo(34);
        });
    }

    @Test
    void find_oneFailureOrTooFewJobs_saysNothing() {
        Set<Trait> bad = Set.of(new Trait(Kind.TAG, "k1", "1"));
        Set<Trait> good = Set.of(new Trait(Kind.TAG, "k1", "2"));
        assertThat(SharedTraits.find(List.of(bad), List.of(good, good))).isEmpty();
        assertThat(SharedTraits.find(List.of(bad, bad), List.of())).isEmpty();
        assertThat(SharedTraits.find(List.of(bad, bad), List.of(good, good))).isEmpty(); // 1/6 by chance
    }

    @Test
    void chance_knownCase_isHypergeometric() {
        // C(5, 4) / C(100, 4) = 5 / 3921225
        assertThat(SharedTraits.chance(4, 5, 100)).isCloseTo(5.0 / 3_921_225, within(1e-15));
        assertThat(SharedTraits.chance(3, 2, 10)).isZero();
    }
}
