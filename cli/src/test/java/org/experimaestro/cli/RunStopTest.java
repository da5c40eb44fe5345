package org.experimaestro.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.experimaestro.Isolation;
import org.experimaestro.disturbance.JvmCommand;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code run-experiment} that is ended before its end, in a process of its own: its last words, and its exit code. */
@Timeout(240)
@Tag("thorough")
class RunStopTest {
    /** A job that tells that it runs, and goes on while the file {@code hold} is there. */
    private static final String STEP = """
            @ConfigType("t.step") record Step(String name, Optional<Step> before, @Meta Path folder)
                implements SelfTask<Step> {
              public void execute(TaskContext context) throws Exception {
                Files.writeString(folder.resolve(name + ".begun"), "");
                while (name.equals("held") && Files.exists(folder.resolve("hold"))) Thread.sleep(20);
              }
            }""";

    private static final String HELPERS = """
            Config<Step> submit(Experiment xp, String name, Config<Step> before) {
              var step = StepBuilder.step().name(name).folder(Path.of(""));
              return xp.submit((before == null ? step : step.before(before)).build());
            }
            void awaitBegun(String name) throws Exception {
              while (!Files.exists(Path.of(System.getProperty("folder"), name + ".begun"))) Thread.sleep(20);
            }
            """;

    @TempDir
    private Path place;

    private PlanFolder folder;
    private boolean isTerminal;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = new PlanFolder(place);
        Files.writeString(folder.path().resolve("hold"), "");
        // A file in the place of the folder of start caches: jobs start without one, and no training runs.
        Files.writeString(
                Files.createDirectories(place.resolve("cache/experimaestro")).resolve("aot"), "");
    }

    /** The jobs end by themselves; until then they write into the folder that is deleted next. */
    @AfterEach
    void letGo() throws Exception {
        Files.deleteIfExists(folder.path().resolve("hold"));
        if (Files.isDirectory(folder.workspace())) {
            for (JobFolder job : Workspace.view(folder.workspace()).jobs()) {
                while (job.status().isActive()) {
                    LockSupport.parkNanos(10_000_000);
                }
            }
        }
    }

    /** A plan with a job that is done, one that runs and one that waits for it, and what it does then. */
    private PlanFolder plan(String then) {
        return plan(then, "");
    }

    private PlanFolder plan(String then, String report) {
        return folder.source("class P implements ExperimentPlan<P.S> { record S() {}\n"
                + "public void run(Experiment xp, S s) throws Exception {\n"
                + "xp.await(submit(xp, \"first\", null)); submit(xp, \"waiting\", submit(xp, \"held\", null));"
                + " awaitBegun(\"held\");\n" + then + "\n}\n" + HELPERS + report + "}\n" + STEP + "\n");
    }

    private Process start(String... options) throws IOException {
        List<String> command = JvmCommand.of(
                "-Dfolder=" + folder.path(),
                "-Dexperimaestro.terminal=" + isTerminal,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run-experiment",
                "--workdir",
                folder.workspace().toString(),
                folder.yaml().toString());
        command.addAll(List.of(options));
        if (isTerminal) {
            // A shell has the programs that it starts in the background ignore SIGINT, and a JVM inherits that.
            command.addAll(0, List.of("env", "--default-signal=INT"));
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(place.resolve("output.txt").toFile());
        builder.environment().put("XDG_CACHE_HOME", place.resolve("cache").toString());
        builder.environment().put("XDG_STATE_HOME", place.resolve("state").toString());
        return builder.start();
    }

    private CommandLineRun end(Process process) throws IOException, InterruptedException {
        assertThat(process.waitFor(120, TimeUnit.SECONDS))
                .as("the process ends")
                .isTrue();
        return new CommandLineRun(process.exitValue(), Files.readString(place.resolve("output.txt")));
    }

    private CommandLineRun run(String... options) throws IOException, InterruptedException {
        return end(start(options));
    }

    private static void assertAccount(CommandLineRun run) {
        assertAccount(run, "Stopped before the end. 1 job keeps running; run the same command again to wait for it.");
    }

    private static void assertAccount(CommandLineRun run, String headline) {
        assertThat(run.text().replaceAll("/[0-9a-f]{8}", "/ID")).contains(headline + """

                3 jobs: 1 executed, 0 done before; 1 left, 1 not started.
                    left         t.step/ID
                    not started  t.step/ID
                See what is left: experimaestro jobs list --experiment debug --workdir\s""");
    }

    /** The reasons of a run that goes on, and those after its process was killed, from the files alone. */
    @Test
    void why_whileItRunsAndAfterAKill_namesTheObstacle() throws Exception {
        plan("submit(xp, \"other\", null);");
        Process process = start("--jobs", "1");
        String told = "";
        while (!told.contains("taken, by")) {
            assertThat(process.isAlive()).as(told).isTrue();
            told = Files.isDirectory(folder.workspace()) ? why() : "";
        }
        assertThat(told)
                .containsPattern("1 of 1 jobs of this machine are taken, by t.step/[0-9a-f]{32}")
                .contains("runs set debug/")
                .containsPattern("it depends on t.step/[0-9a-f]{32}, which is (running|starting)");
        assertThat(CommandLineRun.of(
                                "runs",
                                "show",
                                "debug",
                                "--workdir",
                                folder.workspace().toString())
                        .text())
                .contains(
                        ": running",
                        "2 new, 1 running, 1 done",
                        "Time left: not known: fewer than 3 jobs of t.step are done");

        process.destroyForcibly();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(why())
                .contains("2 jobs of t.step")
                .contains("has ended without recording the end")
                .contains("→ experimaestro run-experiment --workdir " + folder.workspace() + " " + folder.yaml());
    }

    private String why() {
        return CommandLineRun.of("jobs", "why", "--workdir", folder.workspace().toString())
                .text();
    }

    @Test
    void plan_throws_accountsForItsJobs() throws Exception {
        plan("throw new IllegalStateException(\"no idea\");");

        var run = run();

        assertThat(run.exitCode()).isEqualTo(1);
        assertAccount(run, "Stopped by an error. 1 job keeps running; the next run waits for it.");
        assertThat(run.text()).contains("Error: experiment.java:7: The plan P failed: java.lang.IllegalStateException");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void plan_callsExit_accountsForItsJobs_andIsNoSuccess(int code) throws Exception {
        plan("System.exit(" + code + ");");

        var run = run();

        assertThat(run.exitCode()).as(run.text()).isEqualTo(code == 0 ? 1 : code);
        assertAccount(run);
        assertThat(run.text())
                .contains("experiment.java:7: The process is ended with System.exit(" + code
                        + ") before the run is over; return from the plan, or throw, instead");
    }

    @Test
    void plan_callsExitInAnotherThread_isNoSuccess() throws Exception {
        plan("new Thread(() -> System.exit(0)).start(); Thread.sleep(100_000);");

        var run = run();

        assertThat(run.exitCode()).as(run.text()).isEqualTo(1);
        assertAccount(run);
    }

    @Test
    void plan_callsExitInASubmission_endsAtOnce() throws Exception {
        folder.source("""
                class P implements ExperimentPlan<P.S> { record S() {}
                  @ConfigType("t.exits") record Exits(int number) implements Task<Exits> {
                    public void execute(TaskContext context) {}
                    public Exits outputs(Dependency dep) { System.exit(0); return dep.on(this); }
                  }
                  public void run(Experiment xp, S s) { xp.submit(P_ExitsBuilder.exits().number(1).build()); }
                }
                """);

        var run = run();

        assertThat(run.exitCode()).as(run.text()).isEqualTo(1);
        assertThat(run.text()).contains("experiment.java:7: The process is ended with System.exit(0)");
    }

    @Test
    void plan_callsExitInADryRun_isNoSuccess() throws Exception {
        folder.plan("System.exit(0);");

        assertThat(run("--run-mode", "dry-run").exitCode()).isEqualTo(1);
    }

    @Test
    void report_callsExit_tellsTheResult_andIsNoSuccess() throws Exception {
        Files.delete(folder.path().resolve("hold"));
        plan("", "@Override public void report(Report report) { System.exit(0); }");

        var run = run();

        assertThat(run.exitCode()).as(run.text()).isEqualTo(1);
        assertThat(run.text()).contains("3 jobs: 3 executed, 0 done before.").doesNotContain("Stopped");
    }

    @Test
    void process_isToldToEnd_accountsForItsJobs() throws Exception {
        plan("Thread.sleep(100_000);");
        Process process = start();
        Path begun = folder.path().resolve("held.begun");
        while (!Files.exists(begun) && process.isAlive()) {
            Thread.onSpinWait();
        }
        process.destroy();

        var run = end(process);

        assertThat(run.exitCode()).as(run.text()).isEqualTo(143);
        assertThat(run.text())
                .contains("Stopped before the end. 1 job keeps running", "experimaestro jobs kill ID --workdir ")
                .doesNotContain("System.exit");
    }

    @ParameterizedTest
    @EnumSource(names = {"PROCESS", "WORKER"})
    void process_isToldToEnd_withOnStopKill_endsItsJobs(Isolation isolation) throws Exception {
        plan("Thread.sleep(100_000);");
        Process process = start("--on-stop", "kill", "-c", "isolation=" + isolation);
        Path begun = folder.path().resolve("held.begun");
        while (!Files.exists(begun) && process.isAlive()) {
            Thread.onSpinWait();
        }
        process.destroy();

        var run = end(process);

        assertThat(run.exitCode()).as(run.text()).isEqualTo(143);
        assertThat(run.text())
                .containsPattern("Ending it …\n    t.step/[0-9a-f]{32} has ended\n\nStopped before the end");
        assertEnded(run);
        assertThat(Workspace.view(folder.workspace()).jobs())
                .extracting(job -> job.status().findCause().orElse(null))
                .containsOnlyOnce(FailureCause.CANCELLED);
    }

    /** The account is that of the time after the jobs have ended. */
    private static void assertEnded(CommandLineRun run) {
        assertThat(run.text())
                .contains("No job is running", "3 jobs: 1 executed, 0 done before; 1 FAILED, 1 not started.")
                .doesNotContain("keeps running");
    }

    @Test
    void ctrlC_againInATerminal_endsTheJobs_butNotAtOnce() throws Exception {
        plan("Thread.sleep(100_000);");
        isTerminal = true;
        Process process = start();
        Path begun = folder.path().resolve("held.begun");
        while (!Files.exists(begun) && process.isAlive()) {
            Thread.onSpinWait();
        }
        interrupt(process);
        Path output = place.resolve("output.txt");
        while (!Files.readString(output).contains("Press Ctrl-C again within 5 s to end it.") && process.isAlive()) {
            LockSupport.parkNanos(10_000_000);
        }
        interrupt(process); // from habit
        TimeUnit.MILLISECONDS.sleep(2500);
        assertThat(Files.readString(output)).doesNotContain("Ending it …");
        interrupt(process);

        var run = end(process);

        assertThat(run.exitCode()).as(run.text()).isEqualTo(130);
        assertThat(run.text()).contains("Ending it …").containsPattern("    t.step/[0-9a-f]{32} has ended");
        assertEnded(run);
    }

    private static void interrupt(Process process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-s", "INT", Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    @Test
    void runsStop_liveRun_endsAsByCtrlC() throws Exception {
        plan("Thread.sleep(100_000);");
        Process process = start();
        Path begun = folder.path().resolve("held.begun");
        while (!Files.exists(begun) && process.isAlive()) {
            Thread.onSpinWait();
        }
        String workspace = folder.workspace().toString();
        CommandLineRun stop = CommandLineRun.of("runs", "stop", "debug", "--workdir", workspace);
        CommandLineRun run = end(process);

        assertThat(stop.text())
                .contains("debug/", ": the run stops; its jobs go on, unless it was begun with --on-stop kill");
        assertThat(stop.exitCode()).isZero();
        assertThat(run.exitCode()).as(run.text()).isEqualTo(130);
        assertThat(run.text()).contains("asked    stop of ").doesNotContain("Error:");
        assertAccount(run);
        assertThat(CommandLineRun.of("runs", "stop", "debug", "--workdir", workspace)
                        .text())
                .contains("No run of the experiment debug is under way");
    }

    @Test
    void plan_submitsAfterItsEnd_isAnErrorWithTheLine() throws Exception {
        // The plan waits for the job that is held, so it waits for nothing else once its method is no longer on the
        // stack.
        plan("""
                Thread plan = Thread.currentThread();
                Thread.ofPlatform().start(() -> {
                  while (Arrays.stream(plan.getStackTrace()).anyMatch(frame -> frame.getClassName().equals("P"))
                      || plan.getState() != Thread.State.WAITING);
                  try {
                    submit(xp, "late", null);
                  } finally {
                    Path.of(System.getProperty("folder"), "hold").toFile().delete();
                  }
                });""");

        var run = run();

        assertThat(run.exitCode()).as(run.text()).isEqualTo(1);
        assertThat(run.text())
                .containsPattern(
                        "Warning: experiment.java:\\d+: Cannot submit t.step.*: the plan's method run has returned")
                .containsPattern("Error: experiment.java:\\d+: Cannot submit t.step")
                .contains("3 jobs: 3 executed, 0 done before.");
    }
}
