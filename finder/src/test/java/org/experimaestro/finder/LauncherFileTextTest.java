package org.experimaestro.finder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.experimaestro.requirement.AcceleratorKind;
import org.experimaestro.spi.ClusterDescription;
import org.experimaestro.spi.HostDescription;
import org.experimaestro.spi.HostDescription.Accelerators;
import org.experimaestro.spi.PartitionDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherFileTextTest {
    private static final HostDescription PLAIN =
            new HostDescription("node[1-3]", 3, 4, 4000L << 20, List.of(), new TreeSet<>(Set.of("cpu")));
    private static final HostDescription WITH_GPUS = new HostDescription(
            "on",
            1,
            64,
            1L << 39,
            List.of(
                    new Accelerators(AcceleratorKind.CUDA, "a100", 0, 8),
                    new Accelerators(AcceleratorKind.MPS, "", 1L << 35, 1)),
            new TreeSet<>(Set.of("3", "a \"b\\c\"")));

    @TempDir
    private Path folder;

    @Test
    void text_oddNames_readsBack() throws IOException {
        ClusterDescription description = new ClusterDescription(
                List.of(PLAIN, WITH_GPUS),
                List.of(
                        new PartitionDescription(
                                "short", true, Optional.of(Duration.ofMinutes(90)), List.of("node[1-3]")),
                        new PartitionDescription("no", false, Optional.empty(), List.of("node[1-3]", "on"))));
        LauncherFileText text = new LauncherFileText();
        text.connect("user@host");
        text.add("cluster", "slurm", description);

        FileLauncher.Running read = read(text).running().getFirst();

        assertThat(read.hosts().stream().map(FileLauncher.Host::description)).containsExactly(PLAIN, WITH_GPUS);
        assertThat(read.partitions().getFirst().limits().duration()).contains(Duration.ofMinutes(90));
        assertThat(read.partitions().getFirst().hosts()).hasSize(1);
        assertThat(read.partitions().getLast().name()).isEqualTo("no");
        assertThat(read.partitions().getLast().hosts()).hasSize(2);
        assertThat(read.definition().connector().orElseThrow().options()).hasToString("{host=user@host}");
    }

    @Test
    void text_twoLaunchers_isAsExpected() throws IOException {
        LauncherFileText text = new LauncherFileText();
        text.add(
                "cluster",
                "slurm",
                new ClusterDescription(
                        List.of(PLAIN),
                        List.of(new PartitionDescription(
                                "short", true, Optional.of(Duration.ofMinutes(2)), List.of("node[1-3]")))));
        text.addLogin(new ClusterDescription(
                List.of(new HostDescription("here", 1, 2, 8L << 30, List.of(), new TreeSet<>())), List.of()));

        assertThat(text.text()).isEqualTo("""
                # Where jobs may run, in the order of preference; made by "experimaestro launchers generate".
                # Change it as you like: docs/launcher-file.md has all keys, such as labels, priorities, limits and options.

                launchers:
                  cluster:
                    type: slurm
                    hosts:
                      "node[1-3]":
                        count: 3
                        cores: 4
                        memory: 4000MiB
                        features: [cpu]
                    partitions:
                      short:   # the default
                        max_duration: 2 min
                        hosts: ["node[1-3]"]
                  # Where jobs run that ask for nothing, and those of Launcher.named("local").
                  local:
                    type: direct
                    hosts:
                      here:
                        cores: 2
                        memory: 8GiB
                    only_labeled: true
                """);
        assertThat(read(text).summaries()).hasSize(2);
    }

    private LauncherFile read(LauncherFileText text) throws IOException {
        return LauncherFile.read(
                Files.writeString(folder.resolve("launchers.yaml"), text.text()), TestTypes.ALL, TestTypes.USER);
    }
}
