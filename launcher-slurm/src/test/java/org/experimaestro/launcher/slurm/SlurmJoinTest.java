package org.experimaestro.launcher.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.experimaestro.requirement.AcceleratorKind;
import org.experimaestro.spi.HostDescription;
import org.experimaestro.spi.HostPlacement;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.Resources;
import org.junit.jupiter.api.Test;

class SlurmJoinTest {
    private final HostDescription small = host("small", List.of("small"), "gpu", "s");
    private final HostDescription large = host("large", List.of("large"), "gpu", "l");
    private final HostDescription tiny = host("tiny", List.of("tiny"), "gpu");
    private final HostDescription plain = host("plain", List.of(), "cpu");

    private static HostDescription host(String name, List<String> cards, String... features) {
        return new HostDescription(
                name,
                1,
                4,
                1L << 32,
                cards.stream()
                        .map(card -> new HostDescription.Accelerators(AcceleratorKind.CUDA, card, 1L << 34, 2))
                        .toList(),
                new TreeSet<>(Arrays.asList(features)));
    }

    private static HostPlacement on(
            HostDescription host, String partition, Map<String, Integer> cards, String... options) {
        Placement.Builder placement = Placement.on(LauncherDefinition.local()).toBuilder()
                .partition(partition)
                .host(host.name())
                .resources(Resources.NONE.withAccelerators(cards));
        for (int i = 0; i < options.length; i += 2) {
            placement.option(options[i], options[i + 1]);
        }
        return new HostPlacement(placement.build(), Optional.of(host));
    }

    private static String text(Optional<Placement> joined) {
        return joined.map(
                        placement -> placement + " " + placement.resources().accelerators() + " " + placement.options())
                .orElse("no");
    }

    private static String join(List<HostDescription> others, HostPlacement... places) {
        return text(SlurmJoin.of(List.of(places), others));
    }

    @Test
    void of_severalPartitions_namesAll() {
        assertThat(join(
                        List.of(),
                        on(plain, "short", Map.of(), "qos", "q"),
                        on(plain, "long", Map.of(), "qos", "q"),
                        on(small, "long", Map.of(), "qos", "q")))
                .isEqualTo("local, partition short,long, host plain,small {} {qos=q}");
    }

    @Test
    void of_severalTypesOfCards_asksForAnyType() {
        assertThat(join(List.of(plain), on(small, "short", Map.of("small", 2)), on(large, "long", Map.of("large", 2))))
                .isEqualTo("local, partition short,long, host small,large {=2} {}");
        assertThat(join(List.of(), on(small, "a", Map.of("small", 1)), on(small, "b", Map.of("small", 1))))
                .as("one type is named")
                .isEqualTo("local, partition a,b, host small {small=1} {}");
    }

    @Test
    void of_wrongCardsInThePartition_areKeptAwayByFeatures() {
        HostPlacement one = on(small, "p", Map.of("small", 1));
        HostPlacement other = on(large, "p", Map.of("large", 1));

        assertThat(join(List.of(tiny, plain), one, other))
                .isEqualTo("local, partition p, host small,large {=1} {constraint=s|l}");
        assertThat(join(
                        List.of(tiny),
                        on(small, "p", Map.of("small", 1), "constraint", "ib"),
                        on(large, "p", Map.of("large", 1), "constraint", "ib")))
                .endsWith("{constraint=(s|l)&ib}");
        assertThat(join(List.of(host("bad", List.of("bad"), "s", "gpu")), one, other))
                .as("no feature tells them apart")
                .isEqualTo("no");
        assertThat(join(List.of(tiny), on(small, "p", Map.of("small", 3)), on(large, "p", Map.of("large", 3))))
                .as("three cards are on no tiny host")
                .endsWith("{=3} {}");
    }

    @Test
    void of_constraintsOfTheFile_areAlternatives() {
        assertThat(join(
                        List.of(tiny),
                        on(small, "p", Map.of("small", 1), "constraint", "s"),
                        on(large, "p", Map.of("large", 1), "constraint", "l")))
                .endsWith("{=1} {constraint=s|l}");
        assertThat(join(
                        List.of(tiny),
                        on(small, "p", Map.of("small", 1), "constraint", "gpu"),
                        on(large, "p", Map.of("large", 1), "constraint", "l")))
                .as("a wrong host has the feature")
                .isEqualTo("no");
        assertThat(join(
                        List.of(),
                        on(small, "p", Map.of("small", 1), "constraint", "a&b"),
                        on(large, "p", Map.of("large", 1), "constraint", "l")))
                .isEqualTo("no");
        assertThat(join(
                        List.of(),
                        on(small, "p", Map.of("small", 1), "constraint", "a"),
                        on(large, "p", Map.of("large", 1))))
                .isEqualTo("no");
    }

    @Test
    void of_placesThatDifferOtherwise_areNotJoined() {
        assertThat(join(List.of(), on(plain, "a", Map.of(), "qos", "x"), on(plain, "b", Map.of(), "qos", "y")))
                .isEqualTo("no");
        assertThat(join(List.of(), on(small, "a", Map.of("small", 1)), on(large, "a", Map.of("large", 2))))
                .isEqualTo("no");
        HostDescription mixed = host("mixed", List.of("small", "bad"), "m");
        assertThat(join(List.of(), on(mixed, "a", Map.of("small", 1)), on(large, "a", Map.of("large", 1))))
                .as("any card of the mixed host would do for Slurm")
                .isEqualTo("no");
        HostDescription tpu = host("tpu", List.of("tpu:v4"), "t");
        assertThat(join(List.of(), on(tpu, "a", Map.of("tpu:v4", 1)), on(large, "a", Map.of("large", 1))))
                .isEqualTo("no");
    }
}
