package org.experimaestro.launcher.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.experimaestro.launcher.contract.BatchBuilder;
import org.experimaestro.spi.Batch;
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.LocalShell;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.Shell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A user's variables, and partitions hidden from a user, hide no job. The commands of the test respect both. */
class SlurmHabitsTest {
    private static final String HABITS = Stream.of(
                    "SQUEUE_ACCOUNT",
                    "SQUEUE_ALL",
                    "SQUEUE_FEDERATION",
                    "SQUEUE_FORMAT",
                    "SQUEUE_FORMAT2",
                    "SQUEUE_LOCAL",
                    "SQUEUE_NAMES",
                    "SQUEUE_PARTITION",
                    "SQUEUE_SIBLING",
                    "SQUEUE_SORT",
                    "SQUEUE_STATES",
                    "SQUEUE_USERS",
                    "SACCT_FEDERATION",
                    "SACCT_FORMAT",
                    "SACCT_LOCAL",
                    "SINFO_FORMAT",
                    "SINFO_PARTITION",
                    "SINFO_SORT",
                    "SCANCEL_PARTITION",
                    "SCANCEL_INTERACTIVE",
                    "SLURM_TIME_FORMAT",
                    "SLURM_CLUSTERS",
                    "SBATCH_ARRAY_INX",
                    "SBATCH_PARTITION",
                    "SBATCH_TIMELIMIT")
            .map(name -> "export " + name + "='mine; with spaces'\n")
            .reduce("", String::concat);

    /**
     * A command that prints nothing if such a variable is set, or {@code -a} is missing, because hidden partitions
     * are not shown then.
     */
    private static final String COMMAND = """
            #!/bin/sh
            case " $* " in *' -a '*) ;; *) [ %1$s = squeue ] || [ %1$s = sinfo ] && exit 0 ;; esac
            if env | grep -q -e '^%2$s_' -e '^SLURM_TIME_FORMAT=mine'; then exit 0; fi
            if [ %1$s != sinfo ] && env | grep -q '^SLURM_CLUSTERS='; then exit 0; fi
            cat '%3$s'
            """;

    @TempDir
    private Path folder;

    private final Shell shell =
            (script, limit) -> new LocalShell().run(HABITS + "PATH='" + folder + "':$PATH\n" + script, limit);
    private final Slurm slurm = new Slurm(LauncherDefinition.local(), shell, InstantSource.system());

    private void command(String name, String output) throws IOException {
        Path shown = Files.writeString(folder.resolve(name + ".txt"), output);
        Path file =
                Files.writeString(folder.resolve(name), COMMAND.formatted(name, name.toUpperCase(Locale.ROOT), shown));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void poll_hiddenPartitionAndHabits_seesTheJobs() throws Exception {
        command("squeue", SqueueReaderTest.line("7", "RUNNING", "0", "None"));
        command("sacct", "8|TIMEOUT|0:0\n");

        Map<String, BatchStatus> statuses = slurm.poll(List.of("7", "8"), Instant.now());

        assertThat(statuses).containsOnlyKeys("7", "8");
    }

    @Test
    void describe_hiddenPartitionAndHabits_seesTheNodes() throws Exception {
        command("sinfo", "node1|secret|2:00|4|4000|(null)|cpu\n");

        assertThat(new SlurmLauncherType().describe(shell).partitions())
                .singleElement()
                .satisfies(partition -> assertThat(partition.name()).isEqualTo("secret"));
    }

    @Test
    void script_hiddenPartitionAndHabits_knowsEndAndState() throws Exception {
        command("squeue", "1795000000\n");
        assertThat(runVariable(Batch.END_COMMAND).strip()).isEqualTo("1795000000");

        command("squeue", "TIMEOUT             N/A                           TimeLimit\n");
        assertThat(runVariable(Batch.STATE_COMMAND).strip()).isEqualTo("TIME_LIMIT");
    }

    private String runVariable(String name) throws Exception {
        String script =
                slurm.script(new BatchBuilder().body("eval \"$" + name + "\"").batch());
        return shell.run("SLURM_JOB_ID=7\n" + script, Duration.ofSeconds(30)).out();
    }

    @Test
    void submit_passedVariables_areInTheEnvironmentOfSbatchOnly() throws Exception {
        Files.writeString(folder.resolve("sbatch"), """
                #!/bin/sh
                { echo "$*"; cat; } >'%1$s/shown'
                printf %%s "$xpm_passed_TOKEN" >'%1$s/token'
                echo 12
                """.formatted(folder));
        Files.setPosixFilePermissions(folder.resolve("sbatch"), PosixFilePermissions.fromString("rwxr-xr-x"));
        String secret = "it's a \"secret\"\nin two lines";
        Shell noExport = (script, limit) -> shell.run("export SBATCH_EXPORT=NONE\n" + script, limit);
        Batch batch = new BatchBuilder().batch().passing(new TreeMap<>(Map.of("xpm_passed_TOKEN", secret)));

        assertThat(new Slurm(LauncherDefinition.local(), noExport, InstantSource.system()).submit(batch))
                .containsExactly("12");

        assertThat(folder.resolve("token")).hasContent(secret);
        assertThat(Files.readString(folder.resolve("shown")))
                .doesNotContain("secret")
                .contains("#SBATCH --export=ALL\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--export=NONE",
                "--export NIL",
                "--export=HOME,ALLES",
                "--export  = NONE",
                "#SBATCH --export=NONE",
                " --export=NONE"
            })
    void submit_directiveKeepsPassedVariablesBack_isRefused(String directive) {
        Batch batch = new BatchBuilder().directive(directive).batch();
        Slurm never = new Slurm(
                LauncherDefinition.local(),
                (script, limit) -> {
                    throw new AssertionError("It was submitted");
                },
                InstantSource.system());
        assertThatThrownBy(() -> never.submit(batch.passing(Map.of("xpm_passed_TOKEN", "x"))))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("The directive " + directive)
                .hasMessageContaining("--export=ALL");
        assertThat(SlurmScript.problems(batch)).isEmpty();
        assertThat(SlurmScript.problems(new BatchBuilder()
                        .directive("--export=ALL,A=1")
                        .batch()
                        .passing(new TreeMap<>(Map.of("xpm_passed_TOKEN", "x")))))
                .isEmpty();
    }

    @Test
    void submit_habitsAndShortDirectives_areUnset() throws Exception {
        Files.writeString(folder.resolve("sbatch"), """
                #!/bin/sh
                if env | grep -q -e '^SBATCH_'; then exit 1; fi
                cat >/dev/null
                echo 12
                """);
        Files.setPosixFilePermissions(folder.resolve("sbatch"), PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(slurm.submit(new BatchBuilder()
                        .directive("-p long")
                        .directive("-t 5")
                        .batch()))
                .containsExactly("12");
    }
}
