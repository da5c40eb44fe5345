package org.experimaestro.finder;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.experimaestro.LaunchException;
import org.experimaestro.disturbance.fuzz.Fuzz;
import org.experimaestro.requirement.AcceleratorKind;
import org.experimaestro.spi.ClusterDescription;
import org.experimaestro.spi.HostDescription;
import org.experimaestro.spi.PartitionDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherFileFuzzTest {
    @TempDir
    private Path folder;

    @Test
    void parse_anyFile_isReadOrNamed() {
        Fuzz.of("launcher-file")
                .seeds("""
                        launchers:
                          any: {type: dynamic, among: {cluster: 1, local: 2.5}, refresh: "echo cluster 1"}
                          cluster:
                            type: slurm
                            labels: [night]
                            only_labeled: false
                            priority: 2
                            price: 0.5
                            limit: 10
                            options: {account: a}
                            env: {A: "1"}
                            jdks: {21: /usr/bin/java}
                            heap: 80 %
                            partitions:
                              gpu: {hosts: [big], max_duration: 1 h 30 min, max_cores: 8, exclusive: true}
                            hosts:
                              big: &big {count: 4, cores: 64, memory: 500 GiB, features: [ib], price: 2}
                              bigger: {<<: *big, cores: 128, accelerators: [{kind: cuda, count: 4, memory: 40G}]}
                          local: {type: direct, hosts: {this: {cores: 3, memory: 8G}}}
                        """)
                .words(
                        "type: ",
                        "slurm",
                        "dynamic",
                        "among: ",
                        "hosts: ",
                        "partitions: ",
                        "cores: ",
                        "memory: ",
                        "50 %")
                .words(
                        "count: ",
                        "*big",
                        "&a ",
                        "<<: ",
                        "  - ",
                        "labels: ",
                        "connector: ",
                        "jdks: ",
                        "{21: /usr/bin/java}")
                .naming(LauncherFile.NAME)
                .refusedBy(LaunchException.class)
                .text(text -> {
                    LauncherFile file = LauncherFile.parse(text, TestTypes.ALL);
                    assertThat(file.summaries()).isNotEmpty();
                    assertThat(file.definitions()).hasSameSizeAs(file.running());
                });
    }

    @Test
    void localJdks_withAnyReleaseFile_areFoundOrNot() throws Exception {
        Path java = Files.createDirectories(folder.resolve("bin")).resolve("java");
        assertThat(Files.createFile(java).toFile().setExecutable(true)).isTrue();
        Fuzz.of("jdk-release")
                .seeds("JAVA_VERSION=\"17.0.15\"\nIMPLEMENTOR=\"A\"\n", "JAVA_VERSION=\"1.8.0_402\"\n")
                .words("JAVA_VERSION=\"", "\nJAVA_VERSION=\"", "1.")
                .bytes(bytes -> {
                    Files.write(folder.resolve("release"), bytes);
                    assertThat(LocalJdks.find(Map.of(), folder, List.of()).keySet())
                            .allMatch(release -> release > 0);
                });
    }

    @Test
    void launcherFileText_ofAnyNames_readsBackOrIsNamed() {
        Fuzz.of("generated-launcher-file")
                .seeds("node[1-3]|gpu|ib|a100", "on|short|3|a \"b\\\\c\"")
                .words("|", "true", "~", "ä")
                .refusedBy(LaunchException.class)
                .naming(LauncherFile.NAME)
                .text(names -> {
                    String[] parts = (names + "|||").split("\\|", -1);
                    HostDescription host = new HostDescription(
                            parts[0],
                            2,
                            4,
                            1L << 39,
                            List.of(new HostDescription.Accelerators(AcceleratorKind.CUDA, parts[3], 1L << 35, 4)),
                            new TreeSet<>(Set.of(parts[2])));
                    LauncherFileText text = new LauncherFileText();
                    text.add(
                            "cluster",
                            "slurm",
                            new ClusterDescription(
                                    List.of(host),
                                    List.of(new PartitionDescription(
                                            parts[1], true, Optional.empty(), List.of(parts[0])))));
                    LauncherFile.Summary read = LauncherFile.parse(text.text(), TestTypes.ALL)
                            .summaries()
                            .getFirst();
                    assertThat(read.partitions()).containsExactly(parts[1]);
                    assertThat(read.hosts()).containsExactly("2 × " + parts[0]);
                });
    }
}
