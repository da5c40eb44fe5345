package org.experimaestro.launcher.pbs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.experimaestro.launcher.contract.BatchBuilder;
import org.experimaestro.spi.Batch;
import org.experimaestro.spi.Resources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scripts as golden files; {@code -Dgolden.update=true} writes them anew. */
class PbsScriptTest {
    private static final Path GOLDEN = Path.of("src/test/resources/org/experimaestro/launcher/pbs");

    @TempDir
    private Path folder;

    @Test
    void of_oneJob_isAsRecorded() throws IOException {
        var resources = new Resources(
                Optional.of(Duration.ofSeconds(90)), 1, 400L << 20, new TreeMap<>(), false, new TreeSet<>());

        check(
                "one-job.sh",
                new BatchBuilder().resources(resources).partition("workq").batch());
    }

    @Test
    void of_array_isAsRecorded() throws IOException {
        var resources = new Resources(
                Optional.of(Duration.ofDays(2)),
                4,
                (16L << 30) + 1,
                new TreeMap<>(Map.of("a100", 2)),
                true,
                new TreeSet<>(List.of("ib")));

        check(
                "array.sh",
                new BatchBuilder()
                        .size(3)
                        .resources(resources)
                        .log("/scratch/it's 50%/learn")
                        .option("account", "lab7")
                        .option("array_limit", "2")
                        .option("gpu_type_resource", "gpu_type")
                        .directive("-l place=scatter")
                        .after("12.server", "13[4].server", "13[5].server")
                        .batch());
    }

    private static void check(String name, Batch batch) throws IOException {
        Path file = GOLDEN.resolve(name);
        String script = PbsScript.of(batch, "qstat", Map.of());
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, script);
        }
        assertThat(script).isEqualTo(Files.readString(file));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "account;lab7;-A lab7",
                "project;vision;-P vision",
                "queue;long;-q long",
                "select;2:ncpus=4+1:ngpus=1;-l select=2:ncpus=4+1:ngpus=1",
                "place;scatter:excl;-l place=scatter:excl",
                "walltime;1:30:00;-l walltime=1:30:00",
                "rerunnable;false;-r n",
                "rerunnable;true;-r y",
                "priority;10;-p 10",
                "mail_events;ae;-m ae",
                "mail_users;ada@example.org;-M ada@example.org",
            })
    void directives_option_writesIt(String key, String value, String directive) {
        assertThat(PbsDirectives.of(new BatchBuilder().option(key, value).batch()))
                .contains(directive);
    }

    @Test
    void directives_resources_makeAChunk() {
        BatchBuilder gpus = new BatchBuilder().resources(Resources.NONE.withAccelerators(Map.of("a100", 2)));

        assertThat(PbsDirectives.of(gpus.batch())).contains("-l select=1:ncpus=1:ngpus=2");
        assertThat(PbsDirectives.of(gpus.option("gpu_resource", "gpus").batch()))
                .contains("-l select=1:ncpus=1:gpus=2");
        assertThat(PbsDirectives.of(gpus.option("gpu_type_resource", "model").batch()))
                .contains("-l select=1:ncpus=1:gpus=2:model=a100");
    }

    @Test
    void problems_longDirective_isNamed() {
        assertThatThrownBy(() ->
                        PbsScript.of(new BatchBuilder().directive("-a\n-b").batch(), "qstat", Map.of()))
                .hasMessageContaining("one line");
    }

    @Test
    void endCommand_limit_isCountedFromTheStart() throws Exception {
        Batch batch = new BatchBuilder()
                .log(folder + "/log")
                .body("echo \"$start\"; sh -c \"$EXPERIMAESTRO_END_COMMAND\"; echo \"exit $?\"\n")
                .batch();

        List<String> lines = run(batch, "echo 'Job Id: 7'; echo '    Resource_List.walltime = 02:00:10'");
        assertThat(Long.parseLong(lines.get(1)) - Long.parseLong(lines.get(0))).isEqualTo(7210);
        assertThat(run(batch, "echo 'Job Id: 7'")).last().isEqualTo("exit 0");
        assertThat(run(batch, "echo 'Job Id: 7'")).hasSize(2);
        assertThat(run(batch, "exit 1")).last().isEqualTo("exit 1");
    }

    /** Runs the script with a qstat of our own, and returns its log. */
    private List<String> run(Batch batch, String qstat) throws IOException, InterruptedException {
        Path log = folder.resolve("log-0.log");
        Files.deleteIfExists(log);
        Path command = Files.writeString(folder.resolve("qstat"), "#!/bin/sh\n" + qstat + "\n");
        assertThat(command.toFile().setExecutable(true)).isTrue();
        Path script = Files.writeString(folder.resolve("script"), PbsScript.of(batch, command.toString(), Map.of()));
        new ProcessBuilder("/bin/sh", script.toString()).start().waitFor();
        return Files.readAllLines(log);
    }
}
