package org.experimaestro.launcher.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.Resources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With outputs of Slurm 22.05. */
class SlurmRoomTest {
    private static final String NODES = """
            node1  short*  idle   0/4/0/4  4000  0    (null)       gpu:0
            node2  short*  mix    2/2/0/4  4000  200  gpu:small:2  gpu:small:1(IDX:0)
            node2  long    mix    2/2/0/4  4000  200  gpu:small:2  gpu:small:1(IDX:0)
            node3  short*  idle   0/4/0/4  4000  0    gpu:large:2  gpu:large:0(IDX:N/A)
            node3  long    idle   0/4/0/4  4000  0    gpu:large:2  gpu:large:0(IDX:N/A)
            node4  long    drain  0/0/4/4  4000  0    gpu:large:2  gpu:large:0(IDX:N/A)
            node5  long    idle*  0/4/0/4  4000  0    gpu:large:2  gpu:large:0(IDX:N/A)
            a banner of the site
            """;

    private static int room(String pending, Placement place) {
        return SlurmRoom.read(NODES + SlurmRoom.SEPARATOR + "\n" + pending).at(place);
    }

    private static Placement place(String partition, Map<String, Integer> cards, long memory, int cores) {
        Placement.Builder placement = Placement.on(LauncherDefinition.local()).toBuilder()
                .resources(
                        new Resources(Optional.empty(), cores, memory, new TreeMap<>(cards), false, new TreeSet<>()));
        return partition.isEmpty()
                ? placement.build()
                : placement.partition(partition).build();
    }

    @Test
    void at_freeNodes_countsWhatFits() {
        assertThat(room("", place("long", Map.of("large", 1), 0, 1))).isEqualTo(2);
        assertThat(room("", place("long", Map.of("small", 1), 0, 1))).isEqualTo(1);
        assertThat(room("", place("short,long", Map.of("", 1), 0, 1))).isEqualTo(3);
        assertThat(room("", place("long", Map.of("large", 2), 0, 1))).isEqualTo(1);
        assertThat(room("", place("", Map.of(), 0, 1)))
                .as("the default partition")
                .isEqualTo(10);
        assertThat(room("", place("", Map.of(), 3900L << 20, 1))).isEqualTo(2);
        assertThat(room("", place("", Map.of(), 0, 4))).isEqualTo(2);
        assertThat(room("", place("nosuch", Map.of(), 0, 1))).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "long|gres:gpu:large:1;1",
                "short,long|gres:gpu:1;1",
                "long|gres/gpu:large:2;1",
                "long|gpu;1",
                "long|gres:gpu:small:1;2",
                "short|gres:gpu:large:1;2",
                "long|N/A;2",
                "long|gres:tpu:v4:1;2",
                "nonsense;2",
            })
    void at_pendingJobs_countIfTheyWantTheSame(String pending, int expected) {
        assertThat(room(pending + "\n", place("long", Map.of("large", 1), 0, 1)))
                .isEqualTo(expected);
    }

    @Test
    void at_moreThatWaitThanIsFree_isNegative() {
        assertThat(room("long|gres:gpu:small:1\n".repeat(4), place("long", Map.of("small", 1), 0, 1)))
                .isEqualTo(-3);
        assertThat(room(String.join("\n", List.of("long|N/A", "long|gres:gpu:1")), place("long", Map.of(), 0, 4)))
                .as("a job without cards does not wait for cards")
                .isZero();
    }
}
