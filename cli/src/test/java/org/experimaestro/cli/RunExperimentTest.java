package org.experimaestro.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.experimaestro.Experiment;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code run-experiment} on folders that are not in the repository, with real compilations and real jobs. */
@ExtendWith(TempHome.class)
class RunExperimentTest {
    /** Two jobs that depend on each other; all types are package-private or nested in the plan. */
    private static final String TWO_STEPS = """
            class P implements ExperimentPlan<P.S> {
              record S(int base, @Default("2") int factor, Optional<Path> data) {}
              @ConfigType("t.inner") record Inner(int base) implements Configurable {}
              @ConfigType("t.first") record First(Inner inner, @GeneratedPath("out.txt") Path out)
                  implements SelfTask<First> {
                public void execute(TaskContext context) throws Exception { Files.writeString(out, "" + inner.base()); }
              }
              @ConfigType("t.second") record Second(First first, int factor) implements SelfTask<Second> {
                public void execute(TaskContext context) throws Exception {
                  context.metric("product", factor * Double.parseDouble(Files.readString(first.out())));
                }
              }
              public void run(Experiment xp, S s) {
                var inner = P_InnerBuilder.inner().base(s.base()).build();
                var first = xp.submit(P_FirstBuilder.first().inner(inner).build());
                xp.submit(P_SecondBuilder.second().first(first).factor(Tags.tag(s.factor())).build());
              }
              @Override public void report(Report report) { System.out.print(report.table()); }
            }
            """;

    @TempDir
    private Path place;

    private PlanFolder folder;

    @BeforeEach
    void makeFolder() {
        folder = new PlanFolder(place);
    }

    @Test
    void plan_ofTwoSteps_runsOnceAndReportsTwice() {
        folder.source(TWO_STEPS + "// compiled by no other test\n").settings("base: 21\n");

        var first = folder.run();
        assertThat(first.exitCode()).as(first.text()).isZero();
        assertThat(first.compiled()).isTrue();
        assertThat(first.told()).contains("factor  product\n2", "       42", "2 jobs: 2 executed, 0 done before.");

        var second = folder.run();
        assertThat(second.exitCode()).isZero();
        assertThat(second.compiled()).isFalse();
        assertThat(second.told().lines().toList()).first().asString().startsWith("factor  product");
        assertThat(second.told()).contains("       42", "2 jobs: 0 executed, 2 done before.");
    }

    @Test
    void plan_served_printsThePageUntilTheRunEnds() {
        folder.plan("").settings("");

        var run = folder.run("--web", "--port", "0");

        assertThat(run.exitCode()).as(run.text()).isZero();
        assertThat(run.text())
                .containsPattern("Page: +http://127.0.0.1:[0-9]+/x/debug/latest[?]token=")
                .contains("Scripts: curl");
    }

    @Test
    void plan_servedAtAPortThatIsTaken_runsWithoutThePage() throws IOException {
        folder.plan("").settings("");
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(other.getLocalPort());

            var run = folder.run("--web", "--port", port);

            assertThat(run.exitCode()).as(run.text()).isZero();
            assertThat(run.text()).contains("Warning: Cannot serve the page of", "127.0.0.1:" + port);
        }
    }

    @Test
    void plan_withAJarOfThisMachine_recordsItsDigest() throws Exception {
        Path jar = place.resolve("own.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("text.txt"));
        }
        folder.plan("")
                .file("Needs.java", "//DEPS " + jar + "\nclass Needs {}\n")
                .settings("");

        var run = folder.run();

        assertThat(run.exitCode()).as(run.text()).isZero();
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar)));
        try (Stream<Path> files = Files.walk(folder.workspace().resolve("experiments"))) {
            assertThat(files.filter(file -> file.endsWith("run.json")))
                    .singleElement()
                    .asInstanceOf(InstanceOfAssertFactories.PATH)
                    .content()
                    .contains("\"name\": \"" + jar + "\"", "\"sha256\": \"" + digest + "\"");
        }
    }

    @Test
    void plan_run_recordsWhatItTakesToRunItAgain() throws Exception {
        folder.file("base.yaml", "base: 20\nenv: {HF_TOKEN: abc123, MODE: fast}\n");
        folder.source(TWO_STEPS).settings("imports: [base.yaml]\nfactor: 3\n");
        var run = folder.run("-c", "base=21", "-c", "env.API_KEY=xyz789");
        assertThat(run.exitCode()).as(run.text()).isZero();

        RunFolder stored =
                Workspace.view(folder.workspace()).experiment("debug").runs().get(0);
        assertThat(stored.path().resolve("run.json")).content().doesNotContain("abc123", "xyz789");
        JsonObject json = stored.description().orElseThrow();
        assertThat(json.string("file")).isEqualTo(folder.yaml().toString());
        assertThat(json.string("fileSha256"))
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(folder.yaml()))));
        assertThat(json.object("settings").integer("base")).isEqualTo(21);
        assertThat(json.object("settings").integer("factor")).isEqualTo(3);
        assertThat(json.object("settings").object("env").string("MODE")).isEqualTo("fast");
        assertThat(json.object("settings").object("env").string("HF_TOKEN")).isEqualTo("(hidden)");
        assertThat(json.list("overrides")).containsExactly("base=21", "env.API_KEY=(hidden)");
    }

    @Test
    void dryRun_newAndDoneJobs_areListedAndNothingIsWritten() throws IOException {
        folder.source(TWO_STEPS).settings("base: 21\n");
        var before = PlanFolder.tree(place);

        var fresh = folder.run("--run-mode", "dry-run");
        assertThat(fresh.exitCode()).as(fresh.text()).isZero();
        assertThat(fresh.text()).contains("Dry run of experiment debug, workspace " + folder.workspace());
        assertThat(withoutIds(fresh)).contains("""
                t.first/ID  new, to run
                t.second/ID  new, to run  factor=2
                    after t.first/ID
                2 jobs: 0 done, 2 to run. Nothing was written.""");
        assertThat(fresh.text()).containsPattern("t\\.first/[0-9a-f]{32}  new, to run");
        assertThat(PlanFolder.tree(place)).isEqualTo(before);

        folder.run();
        before = PlanFolder.tree(place);
        var again = folder.run("--run-mode", "dry-run", "-c", "factor=3");
        assertThat(withoutIds(again)).contains("""
                t.first/ID  done
                t.second/ID  new, to run  factor=3
                    as t.second/ID8, which is done, but factor = 3, not 2
                    after t.first/ID
                2 jobs: 1 done, 1 to run. Nothing was written.""");
        assertThat(PlanFolder.tree(place)).isEqualTo(before);
    }

    @Test
    void dryRun_failedJob_isListedWithTheCauseOfItsLastAttempt() throws IOException {
        folder.source("""
                class P implements ExperimentPlan<P.S> {
                  record S() {}
                  @ConfigType("t.fails") record Fails(int n) implements SelfTask<Fails> {
                    public void execute(TaskContext context) { throw new IllegalStateException("no space\\nleft"); }
                  }
                  public void run(Experiment xp, S s) { xp.submit(P_FailsBuilder.fails().n(1).build()); }
                }
                """);
        folder.run();
        folder.run();

        assertThat(withoutIds(folder.run("--run-mode", "dry-run"))).contains("""
                t.fails/ID  failed before, to run again
                    attempt 2 threw an exception: java.lang.IllegalStateException: no space
                    | left
                """);
    }

    @Test
    void explain_jobThatADryRunNamed_plansAgain() throws IOException {
        folder.source(TWO_STEPS).settings("base: 21\nworkdir: ../workspace\n");
        folder.run();
        String dry = folder.run("--run-mode", "dry-run", "-c", "factor=3", "-c", "base=5", "--", "--alpha")
                .text();
        String id = dry.lines()
                .filter(line -> line.startsWith("t.second/"))
                .findFirst()
                .orElseThrow()
                .substring(9, 17);
        var before = PlanFolder.tree(place);

        var explained = CommandLineRun.of(
                "explain", folder.yaml().toString(), id, "-c", "factor=3", "-c", "base=5", "--", "--alpha");

        assertThat(explained.exitCode()).as(explained.text()).isZero();
        assertThat(explained.text())
                .contains("t.second/" + id, "  factor = 3\n", "The nearest other job is t.second/")
                .containsPattern("\n  first.inner.base +5 +21\n  factor +3 +2\n");
        assertThat(PlanFolder.tree(place)).isEqualTo(before);
        assertThat(CommandLineRun.of("explain", "--workdir=" + folder.workspace(), id)
                        .text())
                .contains("There is no job \"" + id + "\"", "experimaestro explain FILE.yaml " + id);
        assertThat(CommandLineRun.of("explain", folder.yaml().toString(), id).text())
                .contains("There is no job \"" + id + "\" in the plan of debug.yaml");
    }

    @Test
    void generate_newJobs_areWrittenAndNotRun() throws IOException {
        folder.source(TWO_STEPS).settings("base: 21\n");

        var run = folder.run("--run-mode", "generate");

        assertThat(run.exitCode()).as(run.text()).isZero();
        assertThat(run.told()).endsWith("2 jobs: 0 done, 2 generated. Nothing was run.");
        try (Stream<Path> files = Files.walk(folder.workspace().resolve("jobs"))) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString()))
                    .containsOnly("params.json", "classpath.txt");
        }
        assertThat(folder.run().told()).contains("2 jobs: 2 executed, 0 done before.");
    }

    @Test
    void show_overrides_printsTheMergedSettingsAndRunsNothing() {
        folder.plan("").file("base.yaml", "factor: 5\nbase: 1\n").settings("imports: [base.yaml]\nbase: 2\n");

        var run = folder.run("--show", "-c", "base=3");

        assertThat(run).isEqualTo(new CommandLineRun(0, """
                factor: 5 # base.yaml:1
                base: 3 # -c base=3
                file: experiment
                """));
        assertThat(folder.workspace()).doesNotExist();
    }

    @Test
    void show_variables_areToldWithTheirPlacesAndWithoutTheirValues() throws IOException {
        folder.plan("").settings("env: {OMP_NUM_THREADS: 4}\n");
        Files.createDirectories(folder.workspace());
        Path ofWorkspace = Files.writeString(
                folder.workspace().resolve("settings.yaml"), "env:\n  TOKEN: s3cret\n  OMP_NUM_THREADS: 8\n");

        var run = folder.run("--show");

        assertThat(run).isEqualTo(new CommandLineRun(0, """
                file: experiment
                env:
                  OMP_NUM_THREADS: 4
                # Variables of jobs, and what sets them:
                #   OMP_NUM_THREADS: debug.yaml:2, in place of WORKSPACE:3
                #   TOKEN: WORKSPACE:2
                """.replace("WORKSPACE", ofWorkspace.toString())));
    }

    @Test
    void settingsOfAWorkspaceThatOthersMayWrite_endTheRunBeforeAnyJob() throws IOException {
        folder.plan("");
        Files.createDirectories(folder.workspace());
        Path settings =
                Files.writeString(folder.workspace().resolve("settings.yaml"), "env: {LD_PRELOAD: /tmp/evil.so}\n");
        Files.setPosixFilePermissions(settings, PosixFilePermissions.fromString("rw-rw-rw-"));

        var run = folder.run();

        assertThat(run.exitCode()).isNotZero();
        assertThat(run.text())
                .contains(settings
                        + ": Cannot use this file: others could set variables of your jobs and the folders of named roots, because the file "
                        + settings
                        + " can be changed by all users of this machine; to keep them out, run chmod o-w " + settings);
        assertThat(folder.workspace().resolve("jobs")).doesNotExist();
    }

    @Test
    void workspaceThatAllMayWrite_isWarnedOfOnce() throws IOException {
        folder.plan("");
        Files.createDirectories(folder.workspace());
        Files.setPosixFilePermissions(folder.workspace(), PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThat(folder.run().text()).containsOnlyOnce("can run code with your rights");
        assertThat(folder.run().text()).doesNotContain("can run code with your rights");
    }

    @Test
    void source_touched_isCompiledAgain() {
        folder.plan("System.out.println(\"one\");");
        assertThat(folder.run().compiled()).isTrue();
        assertThat(folder.run().compiled()).isFalse();

        var run = folder.plan("System.out.println(\"two\");").run();

        assertThat(run.compiled()).isTrue();
        assertThat(run.told()).startsWith("two\n");
    }

    @Test
    void source_inANamedPackageWithAPublicPlan_runs() {
        folder.file("experiment.java", """
                package acme.plans;
                import org.experimaestro.*;
                public class Anything implements ExperimentPlan<Anything.Settings> {
                  public record Settings() {}
                  @ConfigType("acme.task") record Task(int number) implements SelfTask<Task> {
                    public void execute(TaskContext context) {}
                  }
                  @Override public void run(Experiment xp, Settings settings) {
                    xp.submit(Anything_TaskBuilder.task().number(1).build());
                  }
                }
                """);

        var run = folder.run();

        assertThat(run.exitCode()).as(run.text()).isZero();
        assertThat(run.told()).contains("1 job: 1 executed, 0 done before.");
    }

    @Test
    void arguments_afterTwoDashes_reachThePlan() {
        folder.plan("System.out.println(xp.arguments() + \" \" + xp.runMode());");

        assertThat(folder.run("--", "-x", "--workdir", "y").told()).startsWith("[-x, --workdir, y] NORMAL\n");
        assertThat(folder.run("a", "--", "--alpha=3", "", "--", "@x", "\"q\"").told())
                .startsWith("[a, --alpha=3, , --, @x, \"q\"] NORMAL\n");
    }

    @Test
    void workspace_ofTheFileWithAnId_isRelativeToTheFile() {
        folder.settings("workdir: ../elsewhere\nid: first-try\n")
                .plan("System.out.println(xp.name() + \" \" + xp.workspace() + \" \" + xp.resultsFolder());");

        var run = folder.runWithoutWorkdir();

        Path expected = place.resolve("elsewhere");
        assertThat(run.text()).contains("Experiment first-try, workspace " + expected + "\n");
        assertThat(run.told())
                .startsWith("first-try " + expected + " " + expected.resolve("experiments/first-try/results") + "\n")
                .endsWith("\nResults: " + expected.resolve("experiments/first-try/results") + ", jobs: "
                        + expected.resolve("jobs"));
    }

    @Test
    void workspace_notNamed_isInTheHomeFolderAndPrinted() {
        var run = folder.plan("").runWithoutWorkdir("--run-mode", "dry-run");

        assertThat(run.text())
                .contains("Dry run of experiment debug, workspace " + System.getProperty("user.home")
                        + "/experimaestro\n");
    }

    @Test
    void paths_relative_startAtTheFileInYamlAndAtThePlanInCode() {
        folder.file("sub/debug.yaml", "file: ../experiment\ndata: ../data/a.txt\n")
                .source("""
                class P implements ExperimentPlan<P.S> {
                  record S(Path data) {}
                  @ConfigType("t.reads") record Reads(Path given, Path own) implements SelfTask<Reads> {
                    public void execute(TaskContext context) {}
                  }
                  public void run(Experiment xp, S s) {
                    var reads = ReadsOf.build(s.data(), Path.of("data/b.txt")).value();
                    System.out.println(reads.given() + " " + reads.own());
                  }
                  static class ReadsOf {
                    static Config<Reads> build(Path given, Path own) {
                      return P_ReadsBuilder.reads().given(given).own(own).build();
                    }
                  }
                }
                """);

        var run = CommandLineRun.of(
                "run-experiment",
                "--run-mode=dry-run",
                folder.path().resolve("sub/debug.yaml").toString());

        assertThat(run.told())
                .startsWith(folder.path().resolve("data/a.txt") + " "
                        + folder.path().resolve("data/b.txt") + "\n");
    }

    @Test
    void commandLine_wrong_endsWithTwoAndPointsToTheHelp() {
        assertThat(folder.run("--fast")).isEqualTo(new CommandLineRun(2, """
                        Error: there is no option "--fast"; the options are --run-mode, --workdir, --workspace, --configuration, --jobs, --detach, --fail-fast, --max-failures, --only, --until, --on-stop, --show, --limit, --tui, --web, --port; if it is an argument of the plan, write -- before it
                        Try: experimaestro run-experiment --help
                        """));
        assertThat(folder.run("--run-mode", "fast")).isEqualTo(new CommandLineRun(2, """
                        Error: Invalid value for option '--run-mode': "fast" is not a run mode; the modes are normal, dry-run, generate, prepare
                        Try: experimaestro run-experiment --help
                        """));
        assertThat(folder.run("--jobs", "0")).isEqualTo(new CommandLineRun(2, """
                        Error: Invalid value for option '--jobs': at least 1 job must be able to run, not 0
                        Try: experimaestro run-experiment --help
                        """));
        assertThat(CommandLineRun.of("run-experiment")).isEqualTo(new CommandLineRun(2, """
                        Error: Missing required parameter: 'FILE.yaml'
                        Try: experimaestro run-experiment --help
                        """));
    }

    /** A plan as it stands in somebody's project, whose {@code main} an IDE runs. */
    static final class OwnPlan implements ExperimentPlan<OwnPlan.Settings> {
        /**
         * The settings.
         *
         * @param word what to say
         */
        record Settings(String word) {}

        @Override
        public void run(Experiment xp, Settings settings) {
            System.out.println("said " + settings.word() + " in " + xp.runMode());
        }
    }

    @Test
    void main_ofAProject_runsItsOwnClass() {
        folder.file("debug.yaml", "word: hello\n");

        var run = CommandLineRun.of(() -> Experimaestro.run(
                OwnPlan.class,
                folder.yaml().toString(),
                "--workdir",
                folder.workspace().toString()));

        assertThat(run.exitCode()).as(run.text()).isZero();
        assertThat(run.told()).startsWith("said hello in NORMAL\n0 jobs: 0 executed");
    }

    private static String withoutIds(CommandLineRun run) {
        return run.told().replaceAll("/[0-9a-f]{32}", "/ID").replaceAll("/[0-9a-f]{8},", "/ID8,");
    }
}
