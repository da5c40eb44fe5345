package org.experimaestro.finder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeSet;
import org.experimaestro.LaunchException;
import org.experimaestro.Launcher;
import org.experimaestro.Requirement;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.LocalShell;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.RequestLimits;
import org.experimaestro.spi.Resources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherFinderTest {
    private static final Path BIG_CLUSTER = Path.of("../examples/launchers/big-cluster.yaml");

    /* The tutorial's requirements: the first two are one requirement. */
    private static final String LEARN_FIRST = "duration=2 days & cuda(mem=16G) * 4 & cpu(mem=400M, cores=4)";
    private static final String LEARN_SECOND = " | duration=4 days & cuda(mem=16G) * 2 & cpu(mem=400M, cores=4)";
    private static final String EVALUATE = "duration=6 hours & cuda(mem=16G) * 4 & cpu(mem=2G, cores=16)";

    @TempDir
    private Path folder;

    @Test
    void find_learnOfTheTutorial_takesTheSecondAlternative() {
        Placement placement = finder(BIG_CLUSTER).find(Launcher.find(LEARN_FIRST + LEARN_SECOND));

        assertThat(placement).hasToString("cluster, partition gpu_long, host old");
        Resources resources = placement.resources();
        assertThat(resources.duration()).contains(Duration.ofDays(4));
        assertThat(resources.cores()).isEqualTo(4);
        assertThat(resources.memory()).isEqualTo(400_000_000);
        assertThat(resources.accelerators()).hasToString("{p100=2}");
        assertThat(placement.heap()).as("75 % in whole MiB").isEqualTo(OptionalLong.of(286L << 20));
        assertThat(placement.options()).hasToString("{account=abc, constraint=p100, qos=long}");
        assertThat(placement.environment()).hasToString("{OMP_NUM_THREADS=1}");
        assertThat(placement.directives()).containsExactly("--hint=nomultithread");
        assertThat(placement.launcher().connector().orElseThrow().options()).hasToString("{host=cluster-login}");
        assertThat(placement.notice()).isEmpty();
    }

    @Test
    void limits_ofARequest_areTheMostOfThePlacesThatMeetTheRest() throws IOException {
        Path file = Files.writeString(folder.resolve("launchers.yaml"), """
                launchers:
                  cluster:
                    type: slurm
                    hosts:
                      plain: {cores: 40, memory: 180G}
                      fat: {cores: 8, memory: 900G}
                    partitions:
                      short: {max_duration: 2 h, hosts: [plain, fat]}
                      long: {max_duration: 4 days, hosts: [plain], max_memory: 100G}
                """);
        FileLauncherFinder finder = finder(file);

        assertThat(finder.limits(Launcher.find("duration=1 h & cpu(mem=8G)")))
                .isEqualTo(limits(Duration.ofDays(4), 900_000_000_000L));
        assertThat(finder.limits(Launcher.find("duration=3 h & cpu(mem=8G)")))
                .as("only the partition long gives the time")
                .isEqualTo(limits(Duration.ofDays(4), 100_000_000_000L));
        assertThat(finder.limits(Launcher.find("duration=1 h & cpu(mem=200G)")))
                .as("only the partition short has the memory")
                .isEqualTo(limits(Duration.ofHours(2), 900_000_000_000L));
        assertThat(finder.limits(Launcher.find("cpu(cores=20)")).memory()).isEqualTo(OptionalLong.of(180_000_000_000L));
        assertThat(finder.limits(Launcher.local())).isEqualTo(RequestLimits.NONE);
        assertThat(finder.find(
                        Launcher.find("duration=1 h & cpu(mem=8G)").requiring(Requirement.parse("duration=3 h"))))
                .hasToString("cluster, partition long, host plain");
    }

    private static RequestLimits limits(Duration time, long memory) {
        return new RequestLimits(Optional.of(time), OptionalLong.of(memory));
    }

    @Test
    void find_learnWithItsFirstAlternativeOnly_isRefusedWithAllReasons() {
        assertThatThrownBy(() -> finder(BIG_CLUSTER).find(Launcher.find(LEARN_FIRST)))
                .isInstanceOf(LaunchException.class)
                .hasMessageStartingWith("LauncherFinderTest.java:")
                .hasMessageContaining("big-cluster.yaml meets \"" + LEARN_FIRST + "\"")
                .hasMessageContaining("cluster, partition gpu: duration: 2 days asked, at most 20 h")
                .hasMessageContaining(
                        "cluster, partition gpu_long: host old: accelerators: cuda(mem=16G) * 4 asked, has p100 cuda(mem=16GiB) * 2")
                .hasMessageContaining("experimaestro launchers explain '" + LEARN_FIRST + "'");
    }

    @Test
    void find_evaluateOfTheTutorial_takesTheCheapestHost() {
        Placement placement = finder(BIG_CLUSTER).find(Launcher.find(EVALUATE));

        assertThat(placement).hasToString("cluster, partition gpu, host v100");
        assertThat(placement.resources().accelerators()).hasToString("{v100=4}");
    }

    @Test
    void find_features_narrowTheHosts() {
        Placement placement = finder(BIG_CLUSTER).find(Launcher.find(EVALUATE + " & feature=v100-32g"));

        assertThat(placement).hasToString("cluster, partition gpu, host v100_32");
        assertThat(placement.resources().features()).containsExactly("v100-32g");
    }

    @Test
    void find_coresOnly_getMemoryForEachAndHeap() {
        Placement placement = finder(BIG_CLUSTER).find(Launcher.find("duration=10 h & cpu(cores=4)"));

        assertThat(placement).hasToString("cluster, partition cpu, host cpu");
        assertThat(placement.resources().memory()).isEqualTo(8_000_000_000L);
        assertThat(placement.heap()).isEqualTo(OptionalLong.of(5722L << 20));
    }

    @Test
    void find_heapAndJdk_areWhatWasAsked() {
        Placement placement = finder(BIG_CLUSTER).find(Launcher.find("cpu(mem=4G, cores=1) & heap=1GiB & jdk=17"));

        assertThat(placement.heap()).isEqualTo(OptionalLong.of(1L << 30));
        assertThat(placement.jdk()).isEqualTo(OptionalInt.of(17));
        assertThatThrownBy(() -> finder(BIG_CLUSTER).find(Launcher.find("cpu(mem=4G, cores=1) & jdk=21")))
                .hasMessageContaining("jdk: 21 asked, has 17, 25");
    }

    @Test
    void find_tagsAndName_chooseTheLauncher() {
        FileLauncherFinder finder = finder(BIG_CLUSTER);

        assertThat(finder.find(Launcher.find("cpu(mem=1G, cores=1)").labels("interactive")))
                .hasToString("laptop, host this");
        assertThat(finder.find(Launcher.find("cpu(mem=1G, cores=1)").labels("batch")))
                .hasToString("cluster, partition debug, host cpu");
        assertThat(finder.find(Launcher.named("laptop")).launcher().niceness()).isEqualTo(10);
        assertThat(finder.find(Launcher.named("cluster"))).hasToString("cluster, partition debug, host cpu");
        assertThatThrownBy(() -> finder.find(Launcher.named("labtop")))
                .hasMessageContaining("there is no launcher \"labtop\" in")
                .hasMessageEndingWith("did you mean \"laptop\"?");
        assertThatThrownBy(() -> finder.find(Launcher.find("cpu(cores=1)").labels("fast")))
                .hasMessageContaining("labels: fast asked, has batch")
                .hasMessageContaining("--labels fast");
    }

    @Test
    void find_optionsAndEnvironmentOfTheRequest_win() {
        FileLauncherFinder finder = finder(BIG_CLUSTER);

        Placement placement = finder.find(Launcher.find(EVALUATE)
                .env("OMP_NUM_THREADS", "2")
                .env("A", "b")
                .option("account", "xyz")
                .option("qos", "high"));

        assertThat(placement.environment()).hasToString("{A=b, OMP_NUM_THREADS=2}");
        assertThat(placement.options()).hasToString("{account=xyz, constraint=v100, qos=high}");
        assertThatThrownBy(() -> finder.find(Launcher.find(EVALUATE).option("acount", "xyz")))
                .hasMessageContaining("has the option \"acount\"; did you mean \"account\"?");
        assertThatThrownBy(() -> finder.find(Launcher.find(EVALUATE).option("nodes", "many")))
                .hasMessageContaining("options: The option nodes is a number, not \"many\"");
    }

    @Test
    void find_partitionOption_choosesAmongThoseOfTheFile() throws IOException {
        Path file = write("""
                launchers:
                  cluster:
                    type: slurm
                    hosts: {plain: {cores: 8, memory: 32G}}
                    partitions: {short: {max_duration: 2 h}, long: {}}
                  chosen:
                    type: slurm
                    priority: -1
                    hosts: {plain: {cores: 8, memory: 32G}}
                    options: {partition: long}
                    partitions: {short: {}, long: {}}
                  free: {type: slurm, priority: -2}
                """);
        FileLauncherFinder finder = finder(file);
        Launcher request = Launcher.find("duration=1 h & cpu(cores=1)");

        assertThat(finder.find(request.option("partition", "long"))).hasToString("cluster, partition long, host plain");
        assertThat(finder.find(Launcher.named("chosen"))).hasToString("chosen, partition long, host plain");
        assertThat(finder.find(Launcher.named("free").option("partition", "new, old"))
                        .options())
                .hasToString("{partition=new, old}");
        assertThatThrownBy(() -> finder.find(Launcher.named("cluster").option("partition", "gpu")))
                .hasMessageContaining("cluster, partition short: partition: the option names only gpu")
                .hasMessageContaining("cluster, partition long: partition: the option names only gpu");
    }

    @Test
    void find_jobOptions_areThoseOfEveryLauncher() throws IOException {
        Path file = write("""
                launchers:
                  box:
                    type: direct
                    options: {before: module load cuda, jvm: -ea}
                  cluster: {type: slurm, priority: -1, options: {job_name: "x-{type}"}}
                """);
        FileLauncherFinder finder = finder(file);

        assertThat(finder.find(Launcher.named("box").option("jvm", "-Xint").option("wrapper", "nice"))
                        .options())
                .hasToString("{before=module load cuda, jvm=-Xint, wrapper=nice}");
        assertThat(finder.find(Launcher.local().option("before", "date")).options())
                .hasToString("{before=date}");
        assertThatThrownBy(() -> finder.find(Launcher.named("cluster").option("job_name", "mine")))
                .hasMessageContaining("options: The option job_name is a template such as {experiment}-{type}-{id},"
                        + " with {type} in it, not \"mine\"");
        assertThatThrownBy(() -> finder(write("launchers: {box: {type: direct, options: {wrapper: \"a\\nb\"}}}\n")))
                .hasMessageContaining("The option wrapper is one line of the shell sh");
    }

    @Test
    void find_order_isAlternativePriorityPriceFile() throws IOException {
        Path file = write("""
                launchers:
                  first: {type: slurm, price: 2}
                  second:
                    type: slurm
                    price: 1
                    hosts:
                      dear: {cores: 8, memory: 8G, price: 3}
                      cheap: {cores: 4, memory: 8G}
                      cheaper: {cores: 2, memory: 8G}
                  third:
                    type: slurm
                    priority: 1
                    hosts: {only: {cores: 1, memory: 1G}}
                """);

        assertThat(finder(file).find(Launcher.find("cpu(cores=1)"))).hasToString("third, host only");
        assertThat(finder(file).find(Launcher.find("cpu(cores=2)")))
                .as("equal places are offered together")
                .hasToString("second, host cheap,cheaper not [dear]");
        assertThat(finder(file).find(Launcher.find("cpu(cores=8)"))).hasToString("first");
        assertThat(finder(file).find(Launcher.find("cpu(cores=4) | cpu(cores=1)")))
                .as("an alternative counts before the priority of a launcher")
                .hasToString("second, host cheap");
    }

    @Test
    void find_noFile_runsHereAndSaysSo() {
        FileLauncherFinder finder = finder(folder.resolve("launchers.yaml"));

        Placement placement = finder.find(Launcher.find("cuda(mem=16G) * 4 & cpu(mem=900T, cores=100000)"));

        assertThat(placement.launcher().name()).isEqualTo("local");
        assertThat(placement.launcher().isHere()).isTrue();
        assertThat(placement.resources().cores()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(placement.launcher().capacity().orElseThrow().memory())
                .isEqualTo(placement.resources().memory());
        assertThat(placement.resources().accelerators()).isEmpty();
        assertThat(placement.heap().orElseThrow())
                .isLessThan(placement.resources().memory());
        assertThat(placement.notice().orElseThrow())
                .startsWith("There is no launcher file ")
                .contains("launchers.yaml");
        assertThatThrownBy(() -> finder.find(Launcher.named("cluster")))
                .hasMessageContaining("there is no launcher \"cluster\": there is no launcher file");
    }

    @Test
    void find_local_isThisMachineOrTheFilesOwn() throws IOException {
        Placement without = finder(BIG_CLUSTER).find(Launcher.local().env("A", "b"));
        assertThat(without.launcher().name()).isEqualTo("local");
        assertThat(without.launcher().capacity()).isEmpty();
        assertThat(without.environment()).hasToString("{A=b}");
        assertThat(without.notice()).isEmpty();

        Path file = write("""
                launchers:
                  local: {type: direct, nice: 5, hosts: {this: {cores: 3, memory: 8G}}}
                """);
        Placement with = finder(file).find(Launcher.local());
        assertThat(with.launcher().capacity().orElseThrow().cores()).isEqualTo(3);
        assertThat(with.resources()).isEqualTo(Resources.NONE);
    }

    @Test
    void launcher_names_areThoseOfTheFileAndLocal() {
        FileLauncherFinder finder = finder(BIG_CLUSTER);

        assertThat(finder.launcher("cluster").map(LauncherDefinition::limit)).contains(OptionalInt.of(500));
        assertThat(finder.launcher("local").map(LauncherDefinition::isHere)).contains(true);
        assertThat(finder.launcher("gone")).isEmpty();
    }

    @Test
    void explain_chosen_isWhatFindFinds() {
        FileLauncherFinder finder = finder(BIG_CLUSTER);
        for (String text : new String[] {LEARN_FIRST + LEARN_SECOND, EVALUATE, "cpu(cores=1)"}) {
            PlacementExplanation explanation = finder.explain(Requirement.parse(text), new TreeSet<>());

            assertThat(explanation.chosen()).contains(finder.find(Launcher.find(text)));
        }
    }

    @Test
    void find_limitsAndHosts_tellEachReason() throws IOException {
        Path file = write("""
                launchers:
                  cluster:
                    type: slurm
                    hosts:
                      mac: {cores: 8, memory: 32G, accelerators: [{kind: mps}]}
                    partitions:
                      whole: {exclusive: true, max_memory: 8G, min_accelerators: 1}
                      shared: {exclusive: false, max_cores: 1}
                  unknown: {type: slurm}
                  here: {type: direct}
                """);
        assertThatThrownBy(() -> finder(file).find(Launcher.find("cpu(mem=20G, cores=2) & mps(mem=16G) & feature=x")))
                .hasMessageContaining(
                        "  cluster, partition whole: memory: 20G asked, at most 8G; exclusive: not asked, only"
                                + " whole hosts are given; host mac: memory: 20G asked with mps(mem=16G), which share 32G; host mac:"
                                + " features: x asked, has none\n")
                .hasMessageContaining("  cluster, partition shared: cores: 2 asked, at most 1; host mac: ")
                .hasMessageContaining("  unknown: accelerators: mps(mem=16G) asked, no hosts are described\n")
                .hasMessageContaining(
                        "  here: accelerators: mps(mem=16G) asked, no hosts are described; features: x asked,"
                                + " no hosts are described\n");
        assertThat(finder(file)
                        .find(Launcher.find("gpu * 2 & feature=x"))
                        .resources()
                        .accelerators())
                .as("a batch system knows its hosts")
                .hasToString("{=2}");
        Resources shared = finder(file)
                .find(Launcher.find("cpu(mem=4G, cores=1) & mps(mem=2G)"))
                .resources();
        assertThat(shared.memory()).isEqualTo(6_000_000_000L);
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("launchers.yaml"), text);
    }

    private static FileLauncherFinder finder(Path file) {
        return FileLauncherFinder.open(
                file,
                TestTypes.USER,
                TestTypes.ALL,
                Hooks.of(LauncherFinderTest.class.getClassLoader()),
                new DynamicChoice(new LocalShell(), new Random(1), InstantSource.system()));
    }
}
