package org.experimaestro.finder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import org.experimaestro.Launcher;
import org.experimaestro.Requirement;
import org.experimaestro.spi.Placement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OfferTest {
    private static final String HOSTS = """
            launchers:
              cluster:
                type: TYPE
                hosts:
                  cpu: {cores: 8, memory: 32G}
                  small: {cores: 8, memory: 32G, accelerators: [{kind: cuda, name: small, memory: 16GiB, count: 2}]}
                  large: {cores: 8, memory: 32G, accelerators: [{kind: cuda, name: large, memory: 40GiB, count: 2}]}
            """;
    private static final String PARTITIONS = """
                partitions: {short: {max_duration: 2 h}, long: {}, cards: {hosts: [small, large]}, dear: {price: 1}}
            """;

    @TempDir
    private Path folder;

    private FileLauncherFinder finder(String text) throws IOException {
        return FileLauncherFinder.open(
                Files.writeString(folder.resolve("launchers.yaml"), text.replace("TYPE", "slurm")),
                TestTypes.USER,
                TestTypes.ALL,
                Hooks.of(OfferTest.class.getClassLoader()),
                TestTypes.choice());
    }

    @Test
    void find_equalPartitions_areOfferedTogether() throws IOException {
        FileLauncherFinder finder = finder(HOSTS + PARTITIONS);

        assertThat(finder.find(Launcher.find("duration=1 h & cuda(mem=30G)")))
                .hasToString("cluster, partition short,long,cards, host large not [cpu, small]");
        assertThat(finder.find(Launcher.find("duration=3 h & cuda(mem=30G)")))
                .hasToString("cluster, partition long,cards, host large not [cpu, small]");
    }

    @Test
    void find_jobWithoutAccelerators_isKeptFromHostsWithSome() throws IOException {
        assertThat(finder(HOSTS + PARTITIONS).find(Launcher.find("duration=1 h & cpu(cores=1)")))
                .hasToString("cluster, partition short,long, host cpu not [small, large]");
    }

    @Test
    void find_placesThatCannotBeJoined_areAlternatives() throws IOException {
        Placement placement = finder(HOSTS + PARTITIONS)
                .find(Launcher.find("duration=1 h & cuda").env("A", "b"));

        assertThat(placement).hasToString("cluster, partition short,long,cards, host small not [cpu, large]");
        assertThat(placement.alternatives())
                .extracting(other -> placement.at(other).toString()
                        + other.resources().accelerators()
                        + placement.at(other).environment())
                .containsExactly("cluster, partition short,long,cards, host large not [cpu, small]{large=1}{A=b}");
    }

    @Test
    void find_typeThatJoinsNothing_hasAlternatives() throws IOException {
        Placement placement = finder(HOSTS.replace("TYPE", "pbs")).find(Launcher.find("cuda * 2"));

        assertThat(placement).hasToString("cluster, host small");
        assertThat(placement.alternatives()).extracting(Object::toString).containsExactly("cluster, host large");
    }

    @Test
    void find_partitionOption_offersThese() throws IOException {
        assertThat(finder(HOSTS + PARTITIONS)
                        .find(Launcher.find("cuda(mem=30G)").option("partition", "cards,dear")))
                .as("the other one is dearer")
                .hasToString("cluster, partition cards, host large");
    }

    @Test
    void explain_offer_listsItsPlaces() throws IOException {
        PlacementExplanation explanation =
                finder(HOSTS + PARTITIONS).explain(Requirement.parse("duration=3 h & cuda"), new TreeSet<>());

        assertThat(explanation.offered())
                .extracting(place ->
                        place.partition().orElseThrow() + "/" + place.host().orElseThrow())
                .containsExactly("long/small", "cards/small", "long/large", "cards/large");
        assertThat(explanation.offered())
                .isSubsetOf(explanation.parts().getFirst().places());
        assertThat(explanation.chosen().orElseThrow().alternatives()).hasSize(1);
    }
}
