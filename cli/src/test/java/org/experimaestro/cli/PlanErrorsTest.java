package org.experimaestro.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The whole text that a user sees when something is wrong, with the exit code. */
@ExtendWith(TempHome.class)
class PlanErrorsTest {
    private static final String RATE = """
            @ConfigType("t.rate") record Rate(double lr, int layers, @Default("2") @Range(min = 1, max = 5) int depth)
                implements Configurable {
              Rate { if (lr < 0) throw new IllegalArgumentException("lr must not be negative"); }
            }
            @ConfigType("t.use") record Use(Rate rate) implements SelfTask<Use> {
              public void execute(TaskContext context) {}
            }
            @ConfigType("t.after") record After(Use use) implements SelfTask<After> {
              public void execute(TaskContext context) {}
            }""";

    @TempDir
    private Path place;

    private PlanFolder folder;

    @BeforeEach
    void makeFolder() {
        folder = new PlanFolder(place);
    }

    private void assertRefused(CommandLineRun run, String message) {
        assertThat(run.told()).isEqualTo(message);
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void settings_unknownMistypedAndMissing_areToldWithTheirLines() {
        folder.source("""
                import java.time.Duration;
                class P implements ExperimentPlan<P.S> {
                  record S(int epochs, List<Integer> nLayers, @Default("x") String label, Duration limit) {}
                  public void run(Experiment xp, S s) {}
                }
                """);

        assertRefused(
                folder.settings("epochs: many\nn_layer: [3]\nlabel: [a]\n").run(), """
                Error: debug.yaml: 4 problems:
                    debug.yaml:2: "epochs" must be a whole number, found the text "many"
                    debug.yaml:3: unknown key "n_layer" for P.S; did you mean "n_layers"? Known keys: epochs, n_layers, label, limit
                    debug.yaml:4: "label" must be a text, found a list
                    debug.yaml: missing key "limit" for P.S; its value is a duration such as "5 min\"""");
        assertThat(Files.exists(folder.workspace())).isFalse();
    }

    @Test
    void settings_overrideOfTheWrongType_isNamedAsTheOption() {
        folder.source("""
                class P implements ExperimentPlan<P.S> {
                  record S(int epochs) {}
                  public void run(Experiment xp, S s) {}
                }
                """);

        assertRefused(
                folder.settings("epochs: 3\n").run("-c", "epochs=three"),
                "Error: -c epochs=three: \"epochs\" must be a whole number, found the text \"three\"");
    }

    @Test
    void yaml_notThere_nearNameIsSuggested() {
        var run = CommandLineRun.of(
                "run-experiment", folder.path().resolve("debgu.yaml").toString());

        assertRefused(
                run,
                "Error: the experiment file debgu.yaml does not exist in " + folder.path()
                        + "; did you mean \"debug.yaml\"?");
    }

    @Test
    void source_notThere_nearNameIsSuggested() {
        folder.plan("").file("debug.yaml", "epochs: 3\nfile: experimant\n");

        assertRefused(
                folder.run(),
                "Error: debug.yaml:2: the plan's source experimant.java does not exist in " + folder.path()
                        + "; did you mean \"experiment.java\"?");
    }

    @Test
    void source_doesNotCompile_compilersMessageIsShown() {
        assertRefused(folder.plan("int x = \"no\";").run(), """
                Error: Cannot compile experiment.java: 1 error
                  experiment.java:5: incompatible types: java.lang.String cannot be converted to int
                    int x = "no";
                            ^""");
    }

    @Test
    void source_withoutPlan_saysWhatToWrite() {
        assertRefused(
                folder.source("class P {}").run(),
                "Error: experiment.java: Cannot find a plan: no class of this file implements ExperimentPlan; let one"
                        + " class of this file implement org.experimaestro.ExperimentPlan<Settings>");
    }

    @Test
    void source_withTwoPlans_namesBoth() {
        assertRefused(
                folder.plan("", "class Q extends P {}").run(),
                "Error: experiment.java: Cannot tell which class is the plan: P (line 4), Q (line 7) implement"
                        + " ExperimentPlan; keep one in this file, and move the others to files of their own");
    }

    @Test
    void source_compact_isRefusedWithTheMend() {
        assertRefused(
                folder.source("void main() {}").run(),
                "Error: experiment.java:4: it is a compact source file, with fields or methods outside any class, which"
                        + " cannot be a plan; put the plan into a class that implements ExperimentPlan");
    }

    @Test
    void configuration_private_isRefusedAtItsLine() {
        var run = folder.plan(
                        "", "class Outer { @ConfigType(\"t.a\") private record A(int x) implements Configurable {} }")
                .run();

        assertThat(run.told())
                .startsWith(
                        "Error: Cannot compile experiment.java: 1 error\n  experiment.java:7: A cannot be seen by its"
                                + " builder: A is private; make it package-private or public\n");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void configuration_typeIdTwice_namesTheOther() {
        var run = folder.plan(
                        "",
                        "@ConfigType(\"t.a\") record A(int x) implements Configurable {}",
                        "@ConfigType(\"t.a\") record B(int x) implements Configurable {}")
                .run();

        assertThat(run.told())
                .contains("experiment.java:8: The type id t.a is also that of A; give one of them another\n");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void build_requiredParametersMissing_namesThemAndTheLine() {
        assertRefused(
                folder.plan("\n  RateBuilder.rate().depth(3).build();", RATE).run(),
                "Error: experiment.java:6: Cannot build t.rate: no values for the required parameters lr (double), layers"
                        + " (int)");
    }

    @Test
    void build_valueRefusedByTheConstructor_namesParameterValueAndLine() {
        assertRefused(
                folder.plan("RateBuilder.rate().lr(-2.5).layers(1).build();", RATE)
                        .run(),
                "Error: experiment.java:5: Cannot build t.rate with lr = -2.5: lr must not be negative");
    }

    @Test
    void build_valueOutOfRange_namesParameterValueAndLine() {
        assertRefused(
                folder.plan("RateBuilder.rate().lr(1).layers(1).depth(Tags.tag(9)).build();", RATE)
                        .run(),
                "Error: experiment.java:5: Cannot build t.rate: depth is 9, not between 1 and 5");
    }

    @Test
    void submit_parameterIsAnUnsubmittedTask_namesThePlace() {
        var run = folder.plan("""
                        var rate = RateBuilder.rate().lr(1).layers(1).build();
                        var use = UseBuilder.use().rate(rate).build();
                        xp.submit(AfterBuilder.after().use(use).build());""", RATE).run();

        assertRefused(
                run,
                "Error: experiment.java:7: Parameter use of t.after is the task t.use, which was not submitted; submit"
                        + " it first, and pass what submit returns");
    }

    @Test
    void plan_throws_showsTheAuthorsFramesOnly() {
        var run = folder.plan("""
                        try { Integer.parseInt("x"); }
                        catch (NumberFormatException bad) { throw new IllegalStateException("no number", bad); }""").run();

        assertThat(run.told().lines())
                .startsWith(
                        "Error: experiment.java:6: The plan P failed: java.lang.IllegalStateException: no number",
                        "    at P.run(experiment.java:6)")
                .contains("Caused by: java.lang.NumberFormatException: For input string: \"x\"")
                .contains("    at P.run(experiment.java:5)")
                .noneMatch(line -> line.contains("org.experimaestro") || line.contains("picocli"));
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void plan_overflowsTheStack_isToldInFewLines() {
        var run = folder.plan("again();} void again() { again();").run();

        assertThat(run.told()).startsWith("Error: The plan P failed: java.lang.StackOverflowError\n    at P.again(");
        assertThat(run.told().lines().count()).isBetween(20L, 25L);
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void job_fails_theEndOfItsLogIsShown() {
        var run = folder.plan("""
                        xp.submit(ThenBuilder.then().bad(xp.submit(BadBuilder.bad().number(Tags.tag(13)).build())).build());
                        """, """
                        @ConfigType("t.bad") record Bad(int number) implements SelfTask<Bad> {
                          public void execute(TaskContext context) {
                            System.err.println("working");
                            throw new IllegalStateException("unlucky " + number);
                          }
                        }
                        @ConfigType("t.then") record Then(Bad bad) implements SelfTask<Then> {
                          public void execute(TaskContext context) {}
                        }""").run();

        assertThat(withoutIdsAndOwnFrames(run)).isEqualTo("""
                starts   t.bad/ID  number=13 at TIME on local
                FAILED   t.bad/ID  number=13 (1/2): threw an exception: java.lang.IllegalStateException: unlucky 13
                skipped  t.then/ID  number=13 (a dependency failed) (2/2)

                t.bad/ID  number=13 threw an exception: java.lang.IllegalStateException: unlucky 13
                    | working
                    | java.lang.IllegalStateException: unlucky 13
                    |  at Bad.execute(experiment.java:11)
                    log: %1$s/jobs/t.bad/ID/.experimaestro/stderr-1.log
                2 jobs: 0 executed, 0 done before; 1 FAILED, 1 skipped.
                Results: %1$s/experiments/debug/results, jobs: %1$s/jobs""".formatted(folder.workspace()));
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void job_fails_theReportIsMadeOfWhatThereIs() {
        var run = folder.source("""
                class P implements ExperimentPlan<P.S> {
                  record S() {}
                  @ConfigType("t.half") record Half(int number) implements SelfTask<Half> {
                    public void execute(TaskContext context) {
                      if (number % 2 == 1) throw new IllegalStateException("odd");
                      context.metric("half", number / 2.0 + 0.25);
                    }
                  }
                  public void run(Experiment xp, S s) {
                    for (int i = 1; i < 3; i++) xp.submit(P_HalfBuilder.half().number(Tags.tag(i)).build());
                  }
                  @Override public void report(Report report) {
                    System.out.println(report.isComplete() + "\\n" + report.table());
                    report.jobs().forEach(job -> System.out.println(job.metric("half")));
                  }
                }
                """).run();

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(withoutIdsAndOwnFrames(run))
                .contains(
                        """
                        false
                        number    half  state
                        1            -  failed
                        2       1.2500  done
                        1 of 2 jobs are done; missing:
                            t.half/ID  number=1: failed, threw an exception: java.lang.IllegalStateException: odd
                        """,
                        "t.half/ID  number=1 threw an exception: java.lang.IllegalStateException: odd",
                        """
                        2 jobs: 1 executed, 0 done before; 1 FAILED.
                        """,
                        "Error: experiment.java:17: Cannot read the metric \"half\" of t.half/ID  number=1: its state is"
                                + " failed (threw an exception: java.lang.IllegalStateException: odd); ask for its outcome() first");
    }

    @Test
    void workspace_isAFile_isToldWithTheMend() throws IOException {
        Files.writeString(folder.workspace(), "something else");

        assertRefused(
                folder.plan("").run(),
                "Error: Cannot use the workspace " + folder.workspace() + ": it is a file, not a folder; choose another"
                        + " one with --workdir, workdir: in the YAML file, or EXPERIMAESTRO_WORKDIR");
        assertThat(folder.workspace()).hasContent("something else");
    }

    @Test
    void workspace_notWritable_isToldWithTheMend() {
        // Not even root may make a folder there.
        var run = folder.plan("").runWithoutWorkdir("--workdir", "/proc/experimaestro");

        assertThat(run.told())
                .startsWith("Error: Cannot write the workspace /proc/experimaestro: ")
                .endsWith("; choose another one with --workdir, workdir: in the YAML file, or EXPERIMAESTRO_WORKDIR");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void workspace_ofANewerVersion_isRefusedAndNotTouched() throws IOException {
        Files.createDirectories(folder.workspace());
        Files.writeString(folder.workspace().resolve(".experimaestro.json"), "{\"format\": 99}");
        var before = PlanFolder.tree(folder.workspace());

        assertRefused(
                folder.plan("").run(),
                "Error: Cannot use the workspace " + folder.workspace() + ": "
                        + folder.workspace().resolve(".experimaestro.json")
                        + ": its format is 99, this version knows up to 2; update Experimaestro");
        assertThat(PlanFolder.tree(folder.workspace())).isEqualTo(before);
    }

    private static String withoutIdsAndOwnFrames(CommandLineRun run) {
        return run.told()
                .replaceAll("/[0-9a-f]{8,32}", "/ID")
                .replaceAll(" at \\d\\d:\\d\\d:\\d\\d ", " at TIME ")
                .replaceAll("(?m)^    \\|\\s+at org\\.experimaestro\\..*\n", "");
    }
}
