package org.experimaestro.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.ServiceLoader;
import org.experimaestro.finder.LauncherFile;
import org.experimaestro.finder.LauncherFileText;
import org.experimaestro.finder.LauncherTypes;
import org.experimaestro.settings.UserSettings;
import org.experimaestro.spi.ClusterDescription;
import org.experimaestro.spi.LauncherType;
import org.experimaestro.spi.Shell;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever batch systems print of their nodes, the file that is made from it reads back, and jobs find their place in it. */
@Tag("thorough")
class GeneratedLauncherFileTest {
    private static final int CASES = 300;

    private static final List<String> NAMES = List.of(
            "no",
            "on",
            "Y",
            "null",
            "~",
            "1e3",
            "0x1F",
            "007",
            "-",
            "- a",
            "a: b",
            "a:",
            "# a",
            "a #b",
            "\"",
            "'",
            "a\\b",
            "é",
            "ü\u2028x",
            "\uD83D\uDE00",
            "\u0001",
            "a\tb",
            "%x",
            "@a",
            "`a",
            "*",
            "&a",
            "!a",
            "[a]",
            "{a}",
            "a, b",
            ">",
            "true",
            ".inf",
            "2026-11-28",
            "1:30",
            "=",
            "<<",
            "?",
            " ");

    private static final UserSettings USER = UserSettings.none("settings.yaml");

    @TempDir
    private Path folder;

    private static LauncherType type(String name) {
        return ServiceLoader.load(LauncherType.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(type -> type.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Shell answering(String... outputs) {
        Queue<String> left = new ArrayDeque<>(List.of(outputs));
        return (script, limit) -> new Shell.Output(0, left.remove(), "");
    }

    private Path file() {
        return folder.resolve("launchers.yaml");
    }

    /** Makes the file, and reads it. */
    private LauncherFile read(String type, ClusterDescription cluster) throws IOException {
        LauncherFileText text = new LauncherFileText();
        text.add("cluster", type, cluster);
        return LauncherFile.read(Files.writeString(file(), text.text()), LauncherTypes.installed(), USER);
    }

    private LauncherFile slurm(String sinfo) throws Exception {
        return read("slurm", type("slurm").describe(answering(sinfo)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "gpu:mi250x:8;gpu(mem=100G) * 2;gpu:mi250x:2",
                "gpu:mi250x:8(S:0-3);gpu;gpu:mi250x:1",
                "gpu:intel_max_1550:6;gpu(mem=64G);gpu:intel_max_1550:1",
                "gpu:pvc:4;4 * gpu;gpu:pvc:4",
                "gpu:gaudi2:8;gpu(mem=90G) * 8;gpu:gaudi2:8",
                "tpu:v4:4,gpu:0;gpu * 4;tpu:v4:4",
                "npu:8;gpu;npu:1",
                "gpu:a100:0,gpu:h100:4;cuda(mem=80G);gpu:h100:1",
                "gpu:a100:2(S:0),gpu:a100:2(S:1);cuda * 4;gpu:a100:4",
                "gpu:a100:2,mps:a100:200,shard:a100:8,nic:2;cuda * 2;gpu:a100:2",
                "gpu:4;cuda * 3;gpu:3",
            })
    void generate_acceleratorOfAnyMaker_isFoundAndAskedFor(String gres, String asked, String directive)
            throws Exception {
        slurm("node1|main*|infinite|64|515000|" + gres + "|(null)\n");

        String found = CommandLineRun.of("launchers", "find", asked, "--file", file().toString())
                .text();

        assertThat(found).contains("--gres=" + directive + "\n");
    }

    @Test
    void generate_acceleratorOfAnotherMaker_isNoCuda() throws Exception {
        slurm("node1|main*|infinite|64|515000|gpu:mi250x:8|(null)\n");

        assertThat(CommandLineRun.of("launchers", "find", "cuda", "--file", file().toString())
                        .exitCode())
                .isNotZero();
        assertThat(CommandLineRun.of("launchers", "explain", "cuda", "--file", file().toString())
                        .text())
                .contains("accelerators: cuda asked, has mi250x gpu(mem=128GiB) * 8");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "n|p|infinite|0|1000|gpu:1|(null)",
                "n||infinite|4|1000|gpu:1|(null)",
                "n|*|infinite|4|1000|gpu:1|(null)",
                "n|p|infinite|99999999999|1000|gpu:1|(null)",
                "n|p|infinite|4|n/a|gpu:1|(null)",
                "n|p",
            })
    void generate_nodeThatNothingRunsOn_isLeftOut(String line) throws Exception {
        LauncherFile read = slurm(line + "\nnode2|main|0:00|4+|4.5G+|gpu:0,gpu:x:0|(null)\n");

        assertThat(read.summaries()).singleElement().satisfies(summary -> {
            assertThat(summary.hosts()).containsExactly("1 × 4cores-5G");
            assertThat(summary.partitions()).containsExactly("main");
        });
    }

    @Test
    void generate_noNodes_readsBack() throws Exception {
        assertThat(slurm("").summaries()).hasSize(1);
        assertThat(read("pbs", type("pbs").describe(answering("", "Queue: a\n    queue_type = Execution\n", "")))
                        .summaries())
                .hasSize(1);
    }

    @Test
    void generate_anySlurm_readsBack() throws Exception {
        Random random = new Random(8);
        for (int i = 0; i < CASES; i++) {
            List<String> partitions = new ArrayList<>();
            StringBuilder sinfo = new StringBuilder();
            for (int node = 0; node <= random.nextInt(4); node++) {
                // An asterisk at the end says that the partition is the default.
                String partition = "p" + name(random).replace("*", "");
                partitions.add(partition);
                sinfo.append(String.join(
                        "|",
                        "node" + node,
                        partition + (random.nextInt(4) == 0 ? "*" : ""),
                        one(
                                random,
                                "infinite",
                                "n/a",
                                "30:00",
                                "1-00:00:00",
                                "0:00",
                                "INVALID",
                                "999999-23:59:59",
                                "1:00:00"),
                        one(random, "4", "64+", "128"),
                        one(random, "0", "1", "515000+", "4000", "16G", "1.5T", "999999999999"),
                        one(
                                random,
                                "(null)",
                                "",
                                "gpu:" + gres(name(random)) + ":2(S:0-1)",
                                "gpu:0",
                                "nvme:4G",
                                "gpu:3,tpu:v4:1"),
                        one(random, "(null)", "", "a," + name(random), name(random))));
                sinfo.append(one(random, "\n", "\r\n"));
            }
            assertThat(slurm(sinfo.toString()).summaries().getFirst().partitions())
                    .as(sinfo.toString())
                    .extracting(String::strip)
                    .isSubsetOf(partitions.stream().map(String::strip).toList())
                    .isNotEmpty();
        }
    }

    @Test
    void generate_anyPbs_readsBack() throws Exception {
        Random random = new Random(9);
        for (int i = 0; i < CASES; i++) {
            String queue = "q" + name(random);
            String nodes = "node1\n     resources_available.ncpus = " + one(random, "4", "0", "x", "99999999999")
                    + "\n     resources_available.mem = " + one(random, "", "64gb", "999999999999999tb", "lots", "7kb")
                    + "\n     resources_available.ngpus = " + one(random, "", "0", "4", "-1")
                    + "\n     resources_available." + gres(name(random)).replace('=', '_') + " = True\n"
                    + one(random, "", "     queue = elsewhere\n") + "\n";
            String queues = "Queue: " + queue + "\n    queue_type = Execution\n    resources_max.walltime = "
                    + one(random, "24:00:00", "0", "99999999999:00:00", "90") + "\n\n";

            assertThat(read("pbs", type("pbs").describe(answering(nodes, queues, "")))
                            .summaries())
                    .as(nodes + queues)
                    .hasSize(1);
        }
    }

    private static String name(Random random) {
        return NAMES.get(random.nextInt(NAMES.size()))
                + (random.nextBoolean() ? NAMES.get(random.nextInt(NAMES.size())) : "");
    }

    /** Without what separates the parts of a resource. */
    private static String gres(String name) {
        return name.replaceAll("[:,()\\s]", "_");
    }

    private static String one(Random random, String... values) {
        return values[random.nextInt(values.length)];
    }
}
