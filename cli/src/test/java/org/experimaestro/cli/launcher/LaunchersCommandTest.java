package org.experimaestro.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.experimaestro.cli.CommandLineRun;
import org.experimaestro.cli.TempHome;
import org.experimaestro.cli.option.LauncherFileOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TempHome.class)
class LaunchersCommandTest {
    private static final String BIG_CLUSTER = "../examples/launchers/big-cluster.yaml";

    /* The tutorial's: the first two are one requirement. */
    private static final String LEARN = "duration=2 days & cuda(mem=16G) * 4 & cpu(mem=400M, cores=4)"
            + " | duration=4 days & cuda(mem=16G) * 2 & cpu(mem=400M, cores=4)";
    private static final String EVALUATE = "duration=6 hours & cuda(mem=16G) * 4 & cpu(mem=2G, cores=16)";

    @TempDir
    private Path folder;

    /** Other tests of this build have the same usual place: nothing may be left there. */
    @BeforeEach
    @AfterEach
    void removeUsualFile() throws IOException {
        Files.deleteIfExists(LauncherFileOption.usual());
    }

    @Test
    void find_requirementsOfTheTutorial_areAsExpected() throws IOException {
        assertGolden("find-learn.txt", "launchers", "find", LEARN, "--file", BIG_CLUSTER);
        assertGolden("find-evaluate.txt", "launchers", "find", EVALUATE, "--file", BIG_CLUSTER);
    }

    @Test
    void explain_requirementsOfTheTutorial_areAsExpected() throws IOException {
        assertGolden("explain-learn.txt", "launchers", "explain", LEARN, "--file", BIG_CLUSTER);
        assertGolden("explain-evaluate.txt", "launchers", "explain", EVALUATE, "--file", BIG_CLUSTER);
    }

    @Test
    void find_nothingMeetsIt_failsWithAllReasons() {
        CommandLineRun run = CommandLineRun.of("launchers", "find", "cpu(cores=1000)", "--file", BIG_CLUSTER);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.text())
                .startsWith("Error: no launcher of ")
                .contains("cluster, partition cpu: host cpu: cores: 1000 asked, has 40")
                .contains("experimaestro launchers explain 'cpu(cores=1000)'");
        assertThat(CommandLineRun.of("launchers", "explain", "cpu(cores=1000)", "--file", BIG_CLUSTER)
                        .exitCode())
                .isEqualTo(1);
    }

    @Test
    void find_tags_chooseTheLauncher() {
        assertThat(CommandLineRun.of(
                                "launchers", "find", "cpu(cores=2)", "--labels", "interactive", "--file", BIG_CLUSTER)
                        .text())
                .startsWith("launcher  laptop (direct)\nhost      this\ncores     2\n");
    }

    @Test
    void find_passedVariables_areShownWithoutAValue() throws IOException {
        Path file = Files.writeString(folder.resolve("launchers.yaml"), """
                launchers:
                  cluster: {type: slurm, env: {A: b}, pass: [HOME], hosts: {node: {cores: 2, memory: 8G}}}
                """);

        assertThat(CommandLineRun.of("launchers", "find", "cpu(cores=1)", "--file", file.toString())
                        .text())
                .contains("variables  A=b HOME=(passed)\n")
                .contains("#SBATCH --export=ALL\n")
                .doesNotContain(System.getenv("HOME") + "\n");
    }

    @Test
    void find_variableWhoseNameSaysThatItIsASecret_isShownWithoutItsValue() throws IOException {
        Path file = Files.writeString(folder.resolve("launchers.yaml"), """
                launchers:
                  cluster: {type: slurm, env: {A: b, HF_TOKEN: s3cret}, hosts: {node: {cores: 2, memory: 8G}}}
                """);

        assertThat(CommandLineRun.of("launchers", "find", "cpu(cores=1)", "--file", file.toString())
                        .text())
                .contains("variables  A=b HF_TOKEN=(hidden)\n")
                .doesNotContain("s3cret");
    }

    @Test
    void find_wrongInput_isToldWithItsPlace() throws IOException {
        Path file = Files.writeString(folder.resolve("launchers.yaml"), """
                launchers:
                  cluster:
                    type: slurmm
                    hosts: {small: {core: 2, memory: 8}}
                """);

        assertThat(CommandLineRun.of("launchers", "find", "cpu(cors=1)", "--file", file.toString())
                        .text())
                .startsWith("Error: ")
                .contains("cores");
        assertThat(CommandLineRun.of("launchers", "find", "cpu(cores=1)", "--file", file.toString())
                        .text())
                .contains("launchers.yaml: 2 problems:")
                .contains(
                        "launchers.yaml:4: unknown key \"launchers.cluster.hosts.small.core\" for a host; did you mean"
                                + " \"cores\"?")
                .contains(
                        "launchers.yaml:4: \"launchers.cluster.hosts.small.memory\" must be an amount of memory such as"
                                + " 16G, found the number 8; \"8\" is not a size: found 8 without a unit");
        assertThat(CommandLineRun.of("launchers", "list", "--file", "gone.yaml").text())
                .isEqualTo("Error: there is no launcher file gone.yaml\n");
    }

    @Test
    void list_bigCluster_showsItsLaunchers() {
        assertThat(CommandLineRun.of("launchers", "list", "--file", BIG_CLUSTER)
                        .text()
                        .lines()
                        .skip(1))
                .containsExactly(
                        "NAME     TYPE    CONNECTOR  TAGS              PARTITIONS                 HOSTS",
                        "laptop   direct             only interactive                             1 × this",
                        "cluster  slurm   login      batch             debug, cpu, gpu, gpu_long  700 × cpu, 200 × v100, 60 ×"
                                + " v100_32, 20 × old, 50 × a100");
    }

    @Test
    void generate_thisMachine_writesAFileThatIsFound() {
        CommandLineRun run = CommandLineRun.of("launchers", "generate", "--type", "direct");

        Path file = LauncherFileOption.usual();
        assertThat(run.text()).startsWith("Wrote " + file + ":\n").contains("  local:\n    type: direct\n    hosts:\n");
        assertThat(file).exists();
        assertThat(CommandLineRun.of("launchers", "find", "cpu(cores=1)").text())
                .startsWith("launcher  local (direct)\n");
        assertThat(CommandLineRun.of("launchers", "generate", "--type", "direct")
                        .text())
                .startsWith("Error: there is a launcher file already: ")
                .contains("--force");
        assertThat(CommandLineRun.of("launchers", "generate", "--type", "direct", "--force")
                        .exitCode())
                .isZero();
        assertThat(CommandLineRun.of("launchers", "generate", "-o", "-", "--type", "direct")
                        .text())
                .startsWith("# Where jobs may run");
    }

    @Test
    void generate_wrongType_isRefused() {
        assertThat(CommandLineRun.of("launchers", "generate", "--type", "slrm", "-o", "-")
                        .text())
                .isEqualTo("Error: there is no type of launcher \"slrm\"; did you mean \"slurm\"?\n");
    }

    @Test
    void find_noFile_runsHere() {
        CommandLineRun run = CommandLineRun.of("launchers", "find", "cpu(cores=1)");

        assertThat(run.text())
                .startsWith("launcher  local (direct)\n")
                .contains("There is no launcher file ", "launchers.yaml: jobs run on this machine");
    }

    /** Compares what a command prints with a golden file, which {@code -Dgolden.update=true} makes anew. */
    private static void assertGolden(String name, String... command) throws IOException {
        CommandLineRun run = CommandLineRun.of(command);
        Path file = Path.of("src/test/resources/org/experimaestro/cli", name);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, run.text());
        }
        assertThat(run.text()).isEqualTo(Files.readString(file));
        assertThat(run.exitCode()).isZero();
    }
}
