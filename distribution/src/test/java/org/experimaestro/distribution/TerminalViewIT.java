package org.experimaestro.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.experimaestro.disturbance.BackgroundTraining;
import org.experimaestro.disturbance.program.Terminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The terminal view of the packed program, in a real terminal. */
class TerminalViewIT {
    /** Two jobs that go on until a file is there, and one that fails. */
    private static final String PLAN = """
            import java.nio.file.*;
            import org.experimaestro.*;
            class Gates implements ExperimentPlan<Gates.Settings> {
              record Settings(Path gate) {}
              @ConfigType("it.pass") record Pass(@Meta Path gate, int number) implements SelfTask<Pass> {
                @Override public void execute(TaskContext context) throws Exception {
                  System.out.println("\\033[2J\\033[5;5H\\033]0;mine\\007job " + number + " began");
                  if (number == 0) { throw new IllegalStateException("no gate for me"); }
                  Path folder = gate.getParent();
                  try (var watch = folder.getFileSystem().newWatchService()) {
                    folder.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
                    while (Files.notExists(gate)) { var key = watch.take(); key.pollEvents(); if (!key.reset()) { break; } }
                  }
                }
              }
              @Override public void run(Experiment xp, Settings settings) {
                for (int number = 0; number < 3; number++) {
                  xp.submit(Gates_PassBuilder.pass().gate(settings.gate()).number(number).build().tag("n", number));
                }
              }
            }
            """;

    @TempDir
    private Path folder;

    private Path plan;
    private UnpackedProgram program;

    @BeforeEach
    void unpack() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/tmux")), "tmux is not installed: no terminal to test in");
        program = UnpackedProgram.in(folder);
        plan = Files.createDirectories(folder.resolve("my plans"));
        Files.writeString(plan.resolve("experiment.java"), PLAN);
        Files.writeString(plan.resolve("debug.yaml"), "file: experiment\ngate: open\nworkdir: my workspace\n");
    }

    /** Lets the jobs end, and waits for the run: a folder that is deleted under it would keep both for ever. */
    @AfterEach
    void openTheGate() throws Exception {
        Files.writeString(plan.resolve("open"), "");
        for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
            if (process.info().commandLine().orElse("").contains(folder.toString())) {
                process.onExit().get(1, TimeUnit.MINUTES);
            }
        }
        BackgroundTraining.awaitEnd(folder);
    }

    private String command(String arguments) {
        return "'" + program.script() + "' " + arguments;
    }

    /** Shows the run, which has begun in the background, in the view. */
    private void show(Terminal terminal) throws IOException {
        terminal.type(command("run-experiment -j 3 debug.yaml > run.log 2>&1 &"));
        terminal.type("until grep -q FAILED run.log; do sleep 0.1; done; clear; sh -c 'echo $$ > view.pid; exec \""
                + program.script() + "\" monitor debug.yaml'");
        terminal.await("live ");
        terminal.await("no gate for me");
    }

    private ProcessHandle view() throws IOException {
        String pid = Files.readString(plan.resolve("view.pid")).strip();
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    private static void assertUsable(Terminal terminal, ProcessHandle view) throws Exception {
        // The view still reads all that is typed before its end.
        view.onExit().get(1, TimeUnit.MINUTES);
        terminal.awaitGone("? keys");
        terminal.type("stty -a | tr ';' '\\n' | grep -c -w -e '[^-]echo' -e '[^-]icanon'; echo back at $((40 + 2))");
        terminal.await("back at 42");
    }

    @Tag("thorough")
    @ParameterizedTest
    @CsvSource({"80, 24", "200, 50"})
    void monitor_keys_reachAllScreensAndAct(int columns, int rows) throws Exception {
        try (var terminal = new Terminal(plan, program.environment(), columns, rows)) {
            show(terminal);
            terminal.press("g", "j");
            terminal.await("3 jobs");
            terminal.press("/");
            terminal.type("state=failed");
            terminal.await("1 of 3 jobs");
            terminal.press("G", "Enter");
            terminal.await("attempt 1 of 1 · errors");
            terminal.await("IllegalStateException: no gate for me");
            terminal.press("s");
            terminal.await("job 0 began");
            terminal.press("u");
            terminal.await("1 of 3 jobs");
            terminal.press("Escape");
            terminal.awaitGone("state=failed");
            terminal.press("g", "t");
            terminal.await("y copy the command");
            terminal.press("?");
            terminal.await("Everywhere");
            terminal.press("q", "g", "e");
            terminal.await("latest run");
            terminal.press("g", "r");
            terminal.await("Running");
            terminal.press("/");
            terminal.type("n=1");
            terminal.await("1 of 3 jobs");
            terminal.resize(columns - 10, rows - 4);
            terminal.press("G", "K");
            terminal.await("Kill 1 job?");
            terminal.press("K");
            terminal.await("Nothing was changed.");
            terminal.press("K");
            terminal.await("Kill 1 job?");
            terminal.press("y");
            terminal.await("Killed 1 job.");
            terminal.await("✗ 1");
            ProcessHandle view = view();
            terminal.press("q");
            terminal.await("1 job goes on.");
            assertUsable(terminal, view);
        }
    }

    @Tag("thorough")
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void monitor_killed_theTerminalIsUsable(boolean isForced) throws Exception {
        try (var terminal = new Terminal(plan, program.environment())) {
            show(terminal);
            ProcessHandle view = view();

            assertThat(isForced ? view.destroyForcibly() : view.destroy()).isTrue();

            assertUsable(terminal, view);
        }
    }

    @Test
    void monitor_pipe_printsTheFirstScreen() throws IOException {
        Files.writeString(plan.resolve("open"), "");
        Scripts.run(plan, program.environment(), program.script().toString(), "run-experiment", "debug.yaml");

        var printed = Scripts.run(plan, program.environment(), program.script().toString(), "monitor", "debug.yaml");

        assertThat(printed.exitCode()).isZero();
        assertThat(printed.out())
                .contains("2 of 3 done · 1 failed", "no gate for me")
                .doesNotContain("\u001B");
    }

    @Test
    void run_leftView_goesOn() throws IOException {
        try (var terminal = new Terminal(plan, program.environment())) {
            terminal.type(command("run-experiment --tui -j 3 debug.yaml; echo exit code $?"));
            terminal.await("no gate for me");
            terminal.press("q");
            terminal.await("The run goes on.");
            terminal.await("1 failed, 2 running");
            Files.writeString(plan.resolve("open"), "");
            terminal.await("exit code 1");
        }
    }
}
