package org.experimaestro.model.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.experimaestro.ConfigId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Properties of identifiers that hold for all configurations, tried with generated types and configurations. */
class IdentityPropertiesTest {
    private static final int MOST_DRAFTS = 14;

    /** A property of some generated drafts. */
    private interface Property {
        void check(List<Draft> drafts, Random random);
    }

    static LongStream seeds() {
        return LongStream.range(0, 120);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void stream_ofAnyConfiguration_decodesToExactlyWhatCounts(long seed) {
        check(seed, (drafts, random) -> {
            Canonical canonical = new Canonical();
            DraftBuilder builder = DraftBuilder.plain();
            for (Draft draft : drafts) {
                byte[] stream = FrozenVectorsTest.stream(builder.build(draft));
                IdentityTree expected =
                        canonical.tree(draft, nested -> builder.build(nested).id());
                assertThat(Decoder.decode(stream)).as("%s", draft).isEqualTo(expected);
                assertThat(ReferenceEncoder.encode(expected)).as("%s", draft).isEqualTo(stream);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void id_ofAnyTwoConfigurations_isTheSameExactlyWhenAllThatCountsIs(long seed) {
        check(seed, (drafts, random) -> {
            Canonical canonical = new Canonical();
            Map<Integer, ConfigId> ids = new HashMap<>();
            Map<ConfigId, Integer> numbers = new HashMap<>();
            DraftBuilder builder = DraftBuilder.plain();
            for (Draft draft : drafts) {
                int number = canonical.number(draft);
                ConfigId id = builder.build(draft).id();
                assertThat(ids.computeIfAbsent(number, fresh -> id))
                        .as("%s", draft)
                        .isEqualTo(id);
                assertThat(numbers.computeIfAbsent(id, fresh -> number))
                        .as("%s", draft)
                        .isEqualTo(number);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void id_afterEveryChangeThatMustNotCount_isTheSame(long seed) {
        check(seed, (drafts, random) -> {
            DraftBuilder builder = DraftBuilder.plain();
            DraftBuilder varied = DraftBuilder.varied(random);
            for (Draft draft : drafts) {
                assertThat(varied.build(draft).id())
                        .as("%s", draft)
                        .isEqualTo(builder.build(draft).id());
            }
        });
    }

    /**
     * Checks a property with growing sizes, so that the first failure is small. The message has everything needed to
     * repeat it.
     */
    private static void check(long seed, Property property) {
        for (int size = 1; size <= MOST_DRAFTS; size++) {
            try {
                checkOnce(seed, size, property);
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError("seed " + seed + ", " + shrunk(seed, size, property, failure), failure);
            }
        }
    }

    /** Returns the smallest graph that also fails, among many of each smaller size. */
    private static String shrunk(long seed, int size, Property property, Throwable failure) {
        for (int smaller = 1; smaller < size; smaller++) {
            for (long other = 1_000; other < 1_200; other++) {
                try {
                    checkOnce(other, smaller, property);
                } catch (AssertionError | RuntimeException same) {
                    return "size " + size + "; smaller: seed " + other + ", size " + smaller + ": " + same;
                }
            }
        }
        return "size " + size + ": " + failure;
    }

    private static void checkOnce(long seed, int size, Property property) {
        Random random = new Random(seed * 31 + size);
        property.check(new RandomDrafts(random).make(size), random);
    }
}
