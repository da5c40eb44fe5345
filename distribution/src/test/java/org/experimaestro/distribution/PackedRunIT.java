package org.experimaestro.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.disturbance.BackgroundTraining;
import org.experimaestro.disturbance.program.Terminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was packed, run as a user runs it: unpacked anywhere, on a plan anywhere, in a terminal and in a pipe. */
class PackedRunIT {
    private static final char ESCAPE = '\u001b';

    /** One job that goes on until a file is there. */
    private static final String PLAN = """
            import java.nio.file.*;
            import org.experimaestro.*;
            class Gates implements ExperimentPlan<Gates.Settings> {
              record Settings(Path gate) {}
              @ConfigType("it.pass") record Pass(@Meta Path gate) implements SelfTask<Pass> {
                @Override public void execute(TaskContext context) throws Exception {
                  context.progress(0.25, "at the gate");
                  Path folder = gate.getParent();
                  try (var watch = folder.getFileSystem().newWatchService()) {
                    folder.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
                    while (Files.notExists(gate)) { var key = watch.take(); key.pollEvents(); if (!key.reset()) { break; } }
                  }
                }
              }
              @Override public void run(Experiment xp, Settings settings) {
                System.out.println("the plan speaks");
                xp.submit(Gates_PassBuilder.pass().gate(settings.gate()).build());
              }
            }
            """;

    @TempDir
    private Path folder;

    private Path plan;
    private Path script;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void unpack() throws IOException {
        UnpackedProgram program = UnpackedProgram.in(folder);
        script = program.script();
        environment.putAll(program.environment());
        plan = Files.createDirectories(folder.resolve("my plans"));
        Files.writeString(plan.resolve("experiment.java"), PLAN);
        Files.writeString(plan.resolve("debug.yaml"), "file: experiment\ngate: open\nworkdir: my workspace\n");
    }

    @AfterEach
    void awaitTraining() throws IOException, InterruptedException {
        BackgroundTraining.awaitEnd(folder);
    }

    /** The script prints it by itself, and the JVM if it is to have options of the user. */
    @Test
    void version_ofTheScript_isThatOfTheProgram() throws IOException {
        var ofScript = Scripts.run(folder, environment, script.toString(), "--version");
        environment.put("EXPERIMAESTRO_OPTS", "-Dx=y");
        var ofProgram = Scripts.run(folder, environment, script.toString(), "--version");

        assertThat(ofScript.out()).startsWith("experimaestro ").isEqualTo(ofProgram.out());
    }

    @Test
    void pipe_twoRuns_executeOnceAndWriteNoEscapeCodes() throws IOException {
        Files.writeString(plan.resolve("open"), "");

        var first = run("debug.yaml");
        assertThat(first.exitCode()).as(first.err() + first.out()).isZero();
        assertThat(first.out()).contains("the plan speaks\n", "1 job: 1 executed, 0 done before.\n");
        assertThat(first.out() + first.err()).doesNotContain(String.valueOf(ESCAPE));

        var second = run("debug.yaml");
        assertThat(second.exitCode()).isZero();
        assertThat(second.out()).contains("1 job: 0 executed, 1 done before.\n").doesNotContain("Compiling");

        var wrong = run("missing.yaml");
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.err()).startsWith("Error: ").doesNotContain(String.valueOf(ESCAPE));
    }

    @Tag("thorough")
    @Test
    void startCache_ofTheCommand_isMadeByTheSecondRunAndUsedUntilAJarChanges() throws Exception {
        Files.writeString(plan.resolve("open"), "");
        assertThat(startCaches()).isEmpty();
        assertThat(run("debug.yaml").exitCode()).isZero();
        BackgroundTraining.awaitEnd(folder);
        assertThat(startCaches()).as("after the first run").isEmpty();
        assertThat(run("debug.yaml").exitCode()).isZero();
        BackgroundTraining.awaitEnd(folder);
        assertThat(startCaches()).as("after the second run").hasSize(1);

        assertThat(mainClassIsCached()).isTrue();

        Path jar = jarOfTheCommand();
        Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2001-01-01T00:00:00Z")));
        assertThat(mainClassIsCached()).isFalse();
        assertThat(startCaches()).as("after a jar has changed").isEmpty();
    }

    private List<Path> startCaches() throws IOException {
        Path command = folder.resolve("cache/experimaestro/aot/command");
        if (Files.notExists(command)) {
            return List.of();
        }
        try (var files = Files.walk(command)) {
            return files.filter(file -> file.endsWith("start.aot")).toList();
        }
    }

    /** The run writes nothing to its terminal about a cache that cannot be used. */
    private boolean mainClassIsCached() throws IOException {
        Path log = folder.resolve("classes.log");
        environment.put("EXPERIMAESTRO_OPTS", "-Xlog:disable -Xlog:class+load:file=" + log);
        var run = run("debug.yaml");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out() + run.err()).doesNotContain("aot", "warning");
        return Files.readString(log).contains("org.experimaestro.cli.Main source: shared objects file");
    }

    private Path jarOfTheCommand() throws IOException {
        try (var jars = Files.list(script.resolveSibling("../lib").normalize())) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith("experimaestro-cli-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void terminal_interrupted_theJobGoesOnAndTheNextRunAttaches() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/tmux")), "tmux is not installed: no terminal to test in");
        try (var terminal = new Terminal(plan, environment)) {
            terminal.type("'" + script + "' run-experiment debug.yaml");
            // The live line with the job's own progress, below what the plan printed.
            terminal.await("the plan speaks");
            terminal.await("0 %, 1 running, 0/1 done · it.pass/");
            terminal.await("25 % at the gate");

            terminal.interrupt();
            terminal.await("Stopped before the end. 1 job keeps running; run the same command again to wait for it.");

            terminal.type("'" + script + "' run-experiment debug.yaml; echo exit code $?");
            terminal.await("attached it.pass/");
            Files.writeString(plan.resolve("open"), "");
            terminal.await("1 job: 0 executed, 1 executed by another run, 0 done before.");
            terminal.await("exit code 0");
        }
    }

    @Test
    void workspace_ofTheEnvironment_isUsedWhereTheFileNamesNone() throws IOException {
        Files.writeString(plan.resolve("other.yaml"), "file: experiment\ngate: open\n");
        environment.put("EXPERIMAESTRO_WORKDIR", "from the environment");

        var run = Scripts.run(
                plan, environment, script.toString(), "run-experiment", "--run-mode", "dry-run", "other.yaml");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("Dry run of experiment other, workspace "
                        + plan.toRealPath().resolve("from the environment") + "\n");
    }

    private Scripts.Outcome run(String yaml) throws IOException {
        return Scripts.run(plan, environment, script.toString(), "run-experiment", yaml);
    }
}
