package org.experimaestro.launcher.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.experimaestro.launcher.contract.BatchBuilder;
import org.experimaestro.spi.Batch;
import org.experimaestro.spi.Resources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts as golden files; {@code -Dgolden.update=true} writes them anew. */
class SlurmScriptTest {
    private static final Path GOLDEN = Path.of("src/test/resources/org/experimaestro/launcher/slurm");
    private static final SlurmCommands COMMANDS = new SlurmCommands(Optional.empty());

    @TempDir
    private Path folder;

    @Test
    void of_oneJob_isAsRecorded() throws IOException {
        var resources = new Resources(
                Optional.of(Duration.ofSeconds(90)), 1, 400L << 20, new TreeMap<>(), false, new TreeSet<>());

        check(
                "one-job.sh",
                new BatchBuilder().resources(resources).partition("short").batch(),
                COMMANDS);
    }

    @Test
    void of_array_isAsRecorded() throws IOException {
        var resources = new Resources(
                Optional.of(Duration.ofDays(2)),
                4,
                16L << 30,
                new TreeMap<>(Map.of("large", 2)),
                true,
                new TreeSet<>(List.of("ib")));
        Batch batch = new BatchBuilder()
                .size(3)
                .resources(resources)
                .option("account", "lab 7")
                .option("array_limit", "2")
                .directive("--hint=nomultithread")
                .after("12", "13_4")
                .body("case $task in\n0) cd '/ws/a b' ;;\n*) cd /ws ;;\nesac\nexec true\n")
                .batch();

        check("array.sh", batch, new SlurmCommands(Optional.of("/opt/slurm bin")));
    }

    @Test
    void of_ranks_isAsRecorded() throws IOException {
        Batch batch = new BatchBuilder()
                .option("srun", "true")
                .option("ntasks", "4")
                .body("cd '/ws/it'\\''s'\nexec true\n")
                .batch();

        check("ranks.sh", batch, COMMANDS);
    }

    private static void check(String name, Batch batch, SlurmCommands commands) throws IOException {
        Path file = GOLDEN.resolve(name);
        String script = SlurmScript.of(batch, commands);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, script);
        }
        assertThat(script).isEqualTo(Files.readString(file));
    }

    @Test
    void of_batchSlurmCannotTake_isRefused() {
        assertThatThrownBy(
                        () -> SlurmScript.of(new BatchBuilder().log("/ws/a\\b").batch(), COMMANDS))
                .hasMessage("Slurm cannot write to a path with a backslash: /ws/a\\b");
        assertThat(SlurmScript.problems(
                        new BatchBuilder().log("/ws/a\nb").directive("--x\n--y").batch()))
                .hasSize(2);
    }

    @Test
    void of_ranksWithLongBody_runsAllOfIt() throws Exception {
        StringBuilder body = new StringBuilder("number=0\n");
        for (int line = 0; line < 20_000; line++) {
            body.append("number=$((number + 1)) # it's \"é\"\n");
        }
        body.append("echo \"$task: $number ${EXPERIMAESTRO_BODY_0-}\"\n");
        fake("srun", "shift 2; exec \"$@\"");

        assertThat(run(new BatchBuilder()
                        .option("srun", "true")
                        .body(body.toString())
                        .batch()))
                .isEqualTo("0: 20000 \n");
    }

    @Test
    void of_ranks_commandLineOfSrunHasNothingOfTheBody() throws Exception {
        fake("srun", "shift 2; tr '\\000' ' ' </proc/$$/cmdline >asked; echo \"$*\" >>asked; exec \"$@\"");

        assertThat(run(new BatchBuilder()
                        .option("srun", "true")
                        .body("export TOKEN='the secret'\necho \"$TOKEN ${EXPERIMAESTRO_BODY_0-}\"\n")
                        .batch()))
                .isEqualTo("the secret \n");
        assertThat(Files.readString(folder.resolve("asked"))).contains("sh -c").doesNotContain("secret");
    }

    @Test
    void endCommand_answers_printsSecondsOrNothing() throws Exception {
        Batch batch = new BatchBuilder()
                .body("sh -c \"$EXPERIMAESTRO_END_COMMAND\" </dev/null; echo \"exit $?\"\n")
                .batch();

        fake("squeue", "echo \"$SLURM_TIME_FORMAT $*\" > asked; echo 1795478120");
        assertThat(run(batch)).isEqualTo("1795478120\nexit 0\n");
        assertThat(Files.readString(folder.resolve("asked"))).isEqualTo("%s -a -h -o %e -j 7\n");
        fake("squeue", "echo NONE");
        assertThat(run(batch)).isEqualTo("exit 0\n");
        fake("squeue", "exit 1");
        assertThat(run(batch)).isEqualTo("exit 1\n");
    }

    @Test
    void stateCommand_answers_printsTheEnd() throws Exception {
        Batch batch = new BatchBuilder()
                .body("sh -c \"$EXPERIMAESTRO_STATE_COMMAND\"\n")
                .batch();
        // As 22.05 printed them to jobs that had got SIGTERM.
        Map<String, String> ends = new TreeMap<>(Map.of(
                "TIMEOUT             N/A                           TimeLimit", "TIME_LIMIT\n",
                "COMPLETING          N/A                           TimeLimit", "TIME_LIMIT\n",
                "PREEMPTED           1795480109                    None", "PREEMPTED\n",
                "COMPLETING          1795480109                    None", "PREEMPTED\n",
                "RUNNING             1795480109                    None", "PREEMPTED\n",
                "CANCELLED           N/A                           None", "CANCELLED\n",
                "OUT_OF_MEMORY       N/A                           OutOfMemory", "MEMORY_LIMIT\n",
                "NODE_FAIL           N/A                           NodeDown", "NODE_FAILURE\n"));
        ends.putAll(Map.of(
                "RUNNING             N/A                           None", "",
                "COMPLETING          N/A                           None", "",
                "PENDING             N/A                           Nodes required for job are DOWN", "",
                "BRAND_NEW", ""));

        for (Map.Entry<String, String> end : ends.entrySet()) {
            fake("squeue", "echo '" + end.getKey() + "'");
            assertThat(run(batch)).as(end.getKey()).isEqualTo(end.getValue());
        }
    }

    @Test
    void of_jobOfAnArray_asksForItself() throws Exception {
        fake("squeue", "echo \"$*\" >&2");
        Batch batch = new BatchBuilder()
                .size(2)
                .body("echo \"$task $EXPERIMAESTRO_RESTARTS\"; sh -c \"$EXPERIMAESTRO_END_COMMAND\" 2>&1\n")
                .batch();

        assertThat(run(batch, "SLURM_ARRAY_JOB_ID=7", "SLURM_ARRAY_TASK_ID=1", "SLURM_RESTART_COUNT=2"))
                .isEqualTo("1 2\n-a -h -o %e -j 7_1\n");
    }

    /** Runs the script as Slurm does for job 7, with commands of our own. */
    private String run(Batch batch, String... variables) throws IOException, InterruptedException {
        Path script = Files.writeString(folder.resolve("script"), SlurmScript.of(batch, COMMANDS));
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", script.toString()).directory(folder.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("PATH", folder + ":" + environment.get("PATH"));
        environment.put("SLURM_JOB_ID", "7");
        for (String variable : variables) {
            Matcher matcher = Pattern.compile("(\\w+)=(.*)").matcher(variable);
            assertThat(matcher.matches()).as(Arrays.toString(variables)).isTrue();
            environment.put(matcher.group(1), matcher.group(2));
        }
        Path output = folder.resolve("output");
        builder.redirectOutput(output.toFile())
                .redirectError(folder.resolve("error").toFile());
        builder.start().waitFor();
        return Files.readString(output);
    }

    private void fake(String command, String script) throws IOException {
        Path file = Files.writeString(folder.resolve(command), "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
