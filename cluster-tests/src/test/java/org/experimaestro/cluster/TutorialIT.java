package org.experimaestro.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.experimaestro.disturbance.program.ProgramOutcome;
import org.experimaestro.disturbance.program.TestProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tutorial with its debug.yaml as it is: only the launcher file says where the jobs run, and the results are the same. */
@NeedsSlurm
@NeedsSshd
class TutorialIT {
    private static final Path TUTORIAL = Path.of("../examples/tutorial");

    /* The host's clock and files are this machine's, yet all goes over the network. */
    private static final String OVER_SSH = """
            connectors:
              gate: {type: ssh, host: test-ssh, config: %s}
            launchers:
              gate:
                type: direct
                connector: gate
                java: %s/bin/java
                hosts: {gate: {cores: 4, memory: 4000MiB}}
            """;

    private static final String SLURM = """
            launchers:
              cluster:
                type: slurm
                hosts:
                  cpu: {cores: 4, memory: 4000MiB, features: [cpu]}
                  small: {cores: 4, memory: 4000MiB, features: [gpu]}
                partitions:
                  short: {max_duration: 2 min, hosts: [cpu, small], priority: 5}
                  long: {max_duration: 1 day, hosts: [small]}
            """;

    @TempDir
    private Path folder;

    @Test
    void debugYaml_onThisMachineOnSlurmAndOverSsh_givesTheSameTable() throws IOException {
        List<String> here = tableOf("here", "");
        assertThat(here).hasSize(2);
        assertThat(handovers("here")).isEmpty();

        assertThat(tableOf("slurm", SLURM)).isEqualTo(here);
        assertThat(handovers("slurm")).hasSize(4);
        assertThat(partitions()).contains("short", "long");

        String overSsh = OVER_SSH.formatted(TestSshServer.ssh().configuration(), System.getProperty("java.home"));
        assertThat(tableOf("ssh", overSsh)).isEqualTo(here);
        assertThat(handovers("ssh")).hasSize(4).allMatch(batchJob -> batchJob.contains("\"gate\""));
    }

    /** Runs the tutorial in a folder of its own, twice, and returns the rows of its table. */
    private List<String> tableOf(String place, String launchers) throws IOException {
        Path copy = Files.createDirectory(folder.resolve(place));
        try (Stream<Path> files = Files.list(TUTORIAL)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        Path settings = Files.createDirectory(copy.resolve("settings"));
        if (!launchers.isEmpty()) {
            Files.writeString(settings.resolve("launchers.yaml"), launchers);
        }
        TestProgram program = TestProgram.in(copy)
                .with(TestCluster.slurm().environment())
                .with("EXPERIMAESTRO_CONFIG", settings.toString())
                .within(Duration.ofMinutes(5));
        ProgramOutcome first = program.run("run-experiment", "debug.yaml");
        assertThat(first.out()).as(first.toString()).contains("4 jobs: 4 executed, 0 done before.");
        ProgramOutcome second = program.run("run-experiment", "debug.yaml");
        assertThat(second.out()).as(second.toString()).contains("4 jobs: 0 executed, 4 done before.");
        return first.out()
                .lines()
                .filter(line -> line.matches("[35] +0\\.\\d+"))
                .toList();
    }

    /** What the jobs' folders say of having been handed to somebody. */
    private List<String> handovers(String place) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(place).resolve("workspace/jobs"))) {
            return files.filter(file -> file.getFileName().toString().matches("handed-\\d+\\.json"))
                    .map(TutorialIT::read)
                    .toList();
        }
    }

    private static List<String> partitions() {
        return TestCluster.slurm()
                .output("squeue", "--noheader", "--states=all", "--format=%P")
                .lines()
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
