package org.experimaestro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** The vectors are those of docs/random-streams.md. Another program computed them, and they never change. */
class RandomStreamTest {
    private static final ConfigId ID = ConfigId.parse("000102030405060708090a0b0c0d0e0f");

    private static RandomStream shuffle() {
        return RandomStream.of(ID, "shuffle");
    }

    private static List<String> bits(RandomGenerator stream, int count) {
        return LongStream.generate(stream::nextLong)
                .limit(count)
                .mapToObj(Long::toHexString)
                .toList();
    }

    @Test
    void of_seedAndPurpose_givesFrozenBits() {
        assertThat(bits(shuffle(), 3)).containsExactly("88d5fc6b5bbafda3", "a96831fceed2cb5a", "ab93c34c26800513");
        assertThat(bits(RandomStream.of(ID, ""), 2)).containsExactly("36ab9894edec1e56", "63b5fa1cb73d193c");
        assertThat(bits(RandomStream.of(ID, "é"), 2)).containsExactly("77882fc2f780d658", "1c85997d42f8b50b");
        assertThat(bits(RandomStream.of(-7, "shuffle"), 2)).containsExactly("df0cf8bdadb93b27", "82376338ff142cd9");
    }

    @Test
    void page_vectors_areThoseOfTheStreams() throws IOException {
        RandomStream numbers = shuffle();
        String bounded = IntStream.range(0, 10)
                .mapToObj(i -> String.valueOf(numbers.nextInt(10)))
                .collect(Collectors.joining(", "));

        assertThat(Path.of("../docs/random-streams.md"))
                .content()
                .contains(bits(shuffle(), 3))
                .contains(bits(RandomStream.of(ID, ""), 2))
                .contains(bits(RandomStream.of(ID, "é"), 2))
                .contains(bits(RandomStream.of(-7, "shuffle"), 2))
                .contains(bits(shuffle().split(), 2))
                .contains(
                        bounded,
                        String.valueOf(shuffle().nextDouble()),
                        String.valueOf(shuffle().nextGaussian()));
    }

    @Test
    void methods_ofOneStream_giveFrozenNumbers() {
        assertThat(IntStream.generate(bounded(10)).limit(10)).containsExactly(3, 3, 1, 9, 1, 5, 4, 6, 3, 8);
        RandomStream wide = shuffle();
        assertThat(LongStream.generate(() -> wide.nextLong(-5, 1L << 40)).limit(3))
                .containsExactly(461_100_481_950L, 69_116_403_772L, 773_707_590_240L);
        RandomStream ints = shuffle();
        assertThat(IntStream.generate(ints::nextInt).limit(3)).containsExactly(-1999242133, -1452789252, -1416379572);
        RandomStream doubles = shuffle();
        assertThat(DoubleStream.generate(doubles::nextDouble).limit(3))
                .containsExactly(0.534515167437103, 0.6617461435806248, 0.6702234326280632);
        RandomStream floats = shuffle();
        assertThat(List.of(floats.nextFloat(), floats.nextFloat())).containsExactly(0.53451514f, 0.6617461f);
        RandomStream truths = shuffle();
        assertThat(IntStream.range(0, 8).mapToObj(i -> truths.nextBoolean()))
                .containsExactly(true, true, true, true, true, false, true, false);
        byte[] bytes = new byte[11];
        shuffle().nextBytes(bytes);
        assertThat(bytes).containsExactly(-93, -3, -70, 91, 107, -4, -43, -120, 90, -53, -46);
        assertThat(bits(shuffle().split(), 2)).containsExactly("edcb19645091f642", "d9cb7da13f8a6f65");
    }

    private static IntSupplier bounded(int bound) {
        RandomStream stream = shuffle();
        return () -> stream.nextInt(bound);
    }

    @Test
    void distributions_ofOneStream_giveFrozenNumbers() {
        RandomStream normal = shuffle();
        RandomStream exponential = shuffle();

        assertThat(DoubleStream.generate(normal::nextGaussian).limit(3))
                .containsExactly(0.4390116767235305, 2.0155370675466235, 0.7616684649436427);
        assertThat(DoubleStream.generate(exponential::nextExponential).limit(2))
                .containsExactly(0.7646757659045631, 1.0839586109042132);
        assertThat(shuffle().nextGaussian(10, 2)).isEqualTo(10 + 2 * 0.4390116767235305);
    }

    /**
     * The JDK may change its other methods, but this generator is that of the paper. Java 17 and 18 extend the signs of a
     * seed's bytes (JDK-8282144).
     */
    @Test
    @EnabledForJreRange(min = JRE.JAVA_19)
    void nextLong_manyNumbers_areThoseOfTheJdk() throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update("experimaestro random stream 1: job ".getBytes(StandardCharsets.US_ASCII));
        digest.update(ID.toBytes());
        byte[] seed = digest.digest("shuffle".getBytes(StandardCharsets.UTF_8));
        RandomGenerator jdk = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);

        assertThat(bits(shuffle(), 1000)).isEqualTo(bits(jdk, 1000));
    }

    @Test
    void streams_ofOtherPurposesSeedsAndSplits_differ() {
        Set<String> firsts = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            firsts.addAll(bits(RandomStream.of(ID, "purpose " + i), 1));
            firsts.addAll(bits(RandomStream.of(i, "shuffle"), 1));
            byte[] other = ByteBuffer.allocate(16).putInt(i).array();
            firsts.addAll(bits(RandomStream.of(ConfigId.of(other), "shuffle"), 1));
        }
        shuffle().splits(100).forEach(split -> firsts.addAll(bits(split, 1)));

        assertThat(firsts).hasSize(400);
    }

    @Test
    void ranges_edges_areKept() {
        RandomStream stream = shuffle();

        assertThat(stream.nextInt(1)).isZero();
        assertThat(stream.nextLong(Long.MIN_VALUE, Long.MAX_VALUE)).isLessThan(Long.MAX_VALUE);
        assertThat(stream.nextDouble(1, Math.nextUp(1.0))).isEqualTo(1);
        assertThat(stream.nextFloat(1, Math.nextUp(1f))).isEqualTo(1);
        assertThat(stream.doubles(10_000).average().orElseThrow()).isCloseTo(0.5, within(0.02));
        assertThatThrownBy(() -> stream.nextInt(0)).hasMessage("No random number is at least 0 and less than 0");
        assertThatThrownBy(() -> stream.nextDouble(-Double.MAX_VALUE, Double.MAX_VALUE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> stream.nextGaussian(0, -1)).hasMessage("A standard deviation is at least 0, not -1.0");
        assertThatThrownBy(() -> stream.splits(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
