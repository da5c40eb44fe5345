package org.experimaestro.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.experimaestro.Config;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.ProcessIdentity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Hostile text in all places that commands print. */
@ExtendWith(TempHome.class)
@Tag("thorough")
class HostileTextTest {
    private static final String ARGUMENTS = """
            TEXT
            --TEXT
            jobs TEXT
            jobs list --TEXT
            jobs list --state TEXT
            jobs list --tags TEXT
            jobs log TEXT
            jobs log X --attempt TEXT
            jobs kill TEXT
            describe TEXT
            describe X TEXT
            describe --class-path TEXT
            explain TEXT
            table --rows TEXT --metric TEXT
            table --rows x --metric x --highest TEXT
            table --rows x --metric x --format TEXT
            launchers find TEXT
            launchers list --file TEXT
            launchers generate --type TEXT -o -
            launchers generate --ssh -TEXT -o -
            run-experiment TEXT
            run-experiment TEXT.yaml
            run-experiment x.yaml --run-mode TEXT
            run-experiment x.yaml -j TEXT
            run-experiment YAML -c TEXT
            run-experiment YAML -c TEXT=1
            run-experiment YAML -c words=TEXT --show
            run-experiment YAML -c file=TEXT
            run-experiment YAML -c class=TEXT
            run-experiment YAML --workdir YAML/TEXT
            """;

    private static final String LOOKS = """
            jobs list
            jobs list --json
            jobs list --experiment TEXT
            jobs list --tags TEXT=1
            jobs list --tags kind=TEXT
            jobs kill --tags kind=TEXT
            jobs kill CORRUPT
            jobs log CORRUPT
            jobs log FAILED --follow --lines 0
            explain FAILED
            explain STORED
            describe
            describe TEXT
            table --rows kind --metric TEXT
            table --rows TEXT --metric x
            """;

    @TempDir
    private Path place;

    private PlanFolder folder;

    @BeforeEach
    void makeFolder() {
        folder = new PlanFolder(place);
    }

    @ParameterizedTest
    @MethodSource
    void arguments_ofAnyCommand_actOnNothing(HostileText hostile, String command) {
        folder.plan("");

        run(command, Map.of("TEXT", hostile.text(), "YAML", folder.yaml().toString()));
    }

    static Stream<Arguments> arguments_ofAnyCommand_actOnNothing() {
        return each(ARGUMENTS);
    }

    @ParameterizedTest
    @MethodSource
    void workspace_thatAnybodyWrote_actsOnNothing(HostileText hostile, String command) throws IOException {
        var sample = new SampleWorkspace(folder.workspace());
        Config<?> learn = SampleWorkspace.learn(1, SampleWorkspace.adam(0.1), 1);
        JobFolder stored = sample.store(sample.evaluate(learn));
        replace(stored.parametersFile(), "\"exact\"", hostile.quoted());
        replace(
                stored.parametersFile(),
                "sample.learned-model",
                hostile.quoted().replaceAll("^\"|\"$", ""));
        JobFolder failed = sample.store(learn);
        SampleWorkspace.begin(failed, ProcessIdentity.current(), Instant.now())
                .failed(FailureCause.EXCEPTION, hostile.text(), 1);
        JobFolder running = sample.store(SampleWorkspace.learn(2, SampleWorkspace.adam(0.1), 1));
        SampleWorkspace.begin(running, ProcessIdentity.current(), Instant.now());
        Files.writeString(
                running.events(1),
                "{\"time\":\"2026-11-23T21:56:17.339Z\",\"level\":0,\"progress\":0.5,\"description\":"
                        + hostile.quoted() + "}\n");
        JobFolder queued = sample.store(SampleWorkspace.learn(3, SampleWorkspace.adam(0.1), 1));
        queued.claim(ProcessIdentity.current(), hostile.text());
        queued.attempt(1)
                .recordBatchJob(
                        new BatchJobReference(hostile.text(), "slurm", hostile.text(), hostile.text(), Instant.now()));
        JobFolder corrupt = sample.store(SampleWorkspace.learn(4, SampleWorkspace.adam(0.1), 1));
        SampleWorkspace.done(corrupt);
        Files.writeString(
                corrupt.path().resolve(".experimaestro/done.json"),
                "{\"format\":2," + hostile.quoted() + ":" + hostile.text());
        Path type = Files.createDirectories(failed.path()
                .getParent()
                .resolveSibling(hostile.text())
                .resolve(failed.id().toString()));
        Files.createDirectories(type.resolve(".experimaestro"));
        Files.writeString(type.resolve(".experimaestro/done.json"), hostile.text());
        sample.run("usual", Map.of(running, Map.of("kind", hostile.text(), hostile.text(), 1)));
        Path run = folder.workspace().resolve("experiments/usual");
        Files.move(run, run.resolveSibling(hostile.text()));

        CommandLineRun printed = run(
                command + " --workdir WORKSPACE",
                Map.of(
                        "WORKSPACE", folder.workspace().toString(),
                        "TEXT", hostile.text(),
                        "CORRUPT", corrupt.name(),
                        "FAILED", failed.name(),
                        "STORED", stored.name()));

        if (command.endsWith("--json")) {
            assertThat(printed.text().lines().map(line -> JsonObject.of(Json.parse(line), "out")))
                    .anyMatch(job -> job.string("message").equals(hostile.text()))
                    .anyMatch(job -> job.string("type").equals(hostile.text()));
        }
    }

    static Stream<Arguments> workspace_thatAnybodyWrote_actsOnNothing() {
        return each(LOOKS);
    }

    @ParameterizedTest
    @EnumSource
    void settings_keysValuesAndNames_actOnNothing(HostileText hostile) {
        folder.source("""
                class P implements ExperimentPlan<P.S> {
                  record S(int epochs, @Default("x") String label) {}
                  public void run(Experiment xp, S s) {}
                }
                """);
        String quoted = hostile.quoted();
        for (String yaml : List.of(
                "epochs: " + quoted,
                "epochs: 1\n" + quoted + ": 1",
                "epochs: 1\n" + quoted + ": 1\n" + quoted + ": 2",
                "epochs: 1\nlabel: [" + quoted + "]",
                "epochs: 1\nimports: [" + quoted + "]",
                "epochs: 1\nenv: {" + quoted + ": 1}",
                "epochs: 1\nid: " + quoted,
                "epochs: 1\nworkdir: " + quoted + "/nothere",
                "epochs: 1 " + hostile.text(),
                "epochs: *" + hostile.text(),
                "epochs: !" + hostile.text() + " 1",
                "epochs: [" + hostile.text())) {
            HostileText.assertHarmless(
                    folder.settings(yaml + "\n").run("--run-mode", "dry-run").text());
        }
    }

    @ParameterizedTest
    @EnumSource
    void show_values_readBackAsTheyAre(HostileText hostile) throws IOException {
        folder.plan("").settings("label: " + hostile.quoted() + "\n" + hostile.quoted() + ": 1\n");
        String shown = folder.run("--show").text();

        HostileText.assertHarmless(shown);
        folder.file("again.yaml", shown);
        assertThat(CommandLineRun.of(
                                "run-experiment",
                                "--show",
                                folder.path().resolve("again.yaml").toString())
                        .text())
                .isEqualTo(shown);
    }

    @ParameterizedTest
    @EnumSource
    void launcherFile_namesAndMistakes_actOnNothing(HostileText hostile) throws IOException {
        String quoted = hostile.quoted();
        for (String yaml : List.of(
                "launchers: {" + quoted + ": {type: direct, hosts: {" + quoted + ": {cores: 2, memory: 8G, features: ["
                        + quoted + "]}}, labels: [" + quoted + "]}}",
                "launchers: {a: {type: slurm, partitions: {" + quoted
                        + ": {hosts: [h]}}, hosts: {h: {cores: 4, memory: 8G}}}}",
                "launchers: {a: {type: slurm, options: {comment: " + quoted + ", " + quoted + ": 1}}}",
                "launchers: {a: {type: " + quoted + "}}",
                "launchers: {a: {type: direct, " + quoted + ": 1}}",
                "launchers: {a: {type: direct, connector: " + quoted + "}}",
                "launchers: {a: {type: direct, directives: [" + quoted + "]}}",
                "launchers: [" + hostile.text())) {
            Path file = Files.writeString(folder.path().resolve("launchers.yaml"), yaml + "\n");
            for (String command : List.of("list", "find cpu(cores=1)", "explain cpu(cores=1)", "find cpu(cores=9)")) {
                run("launchers " + command + " --file FILE", Map.of("FILE", file.toString()));
            }
        }
        run("launchers find TEXT", Map.of("TEXT", "cpu(cores=1) & " + hostile.text()));
        run("launchers find TEXT", Map.of("TEXT", hostile.text() + "\n & cpu(cores=1)"));
    }

    @Test
    void plan_thatThrowsAndDoesNotCompile_actsOnNothing() {
        StringBuilder all = new StringBuilder();
        for (HostileText hostile : HostileText.values()) {
            all.append(hostile.text());
        }
        String text = Json.writeLine(all.toString());

        HostileText.assertHarmless(
                folder.plan("throw new IllegalStateException(" + text + ", new java.io.IOException(" + text + "));")
                        .run()
                        .text());
        HostileText.assertHarmless(
                folder.plan("throw new Error(" + text + ");").run().text());
        HostileText.assertHarmless(
                folder.plan("xp.submit(null); // " + text).run().text());
        HostileText.assertHarmless(
                folder.plan("int x = /* " + all + " */ " + text + " ;").run().text());
        HostileText.assertHarmless(folder.plan("int a" + all + " = 1;").run().text());
    }

    @Test
    void jobs_thatFailWithTagsAndNames_actOnNothing() throws IOException {
        StringBuilder all = new StringBuilder();
        for (HostileText hostile : HostileText.values()) {
            all.append(hostile.text());
        }
        String text = Json.writeLine(all.toString());
        folder.source("""
                /** A plan. */
                class P implements ExperimentPlan<P.S> {
                  record S() {}
                  /** About @|red this|@. */
                  @ConfigType("t.fails") record Fails(@Default(TEXT) @OneOf({TEXT, "b"}) String word)
                      implements SelfTask<Fails> {
                    public void execute(TaskContext context) {
                      System.err.println(TEXT);
                      throw new IllegalStateException(TEXT);
                    }
                  }
                  public void run(Experiment xp, S s) {
                    xp.submit(P_FailsBuilder.fails().build().tag("kind", TEXT));
                  }
                }
                """.replace("TEXT", text));

        for (CommandLineRun run : List.of(
                folder.run("--run-mode", "dry-run"),
                folder.run(),
                folder.run("--run-mode", "dry-run"),
                CommandLineRun.of("describe", "--plan", folder.yaml().toString()),
                CommandLineRun.of("describe", "t.fails", "--plan", folder.yaml().toString()),
                CommandLineRun.of(
                        "jobs", "list", "--workdir", folder.workspace().toString()))) {
            HostileText.assertHarmless(run.text());
            assertThat(run.text()).contains("t.fails");
        }
    }

    @Test
    void version_ofAStrangeJdk_isNoMarkupAndNoFormat() {
        String vendor = System.getProperty("java.vendor");
        try {
            System.setProperty("java.vendor", "100%n @|red a|@ " + HostileText.CLEARS_THE_SCREEN.text());
            CommandLineRun run = CommandLineRun.of("--version");

            HostileText.assertHarmless(run.text());
            assertThat(run.text()).contains("(100%n @\\u007Cred a|@ a\\u001B[2J");
        } finally {
            System.setProperty("java.vendor", vendor);
        }
    }

    private static Stream<Arguments> each(String commands) {
        return commands.lines()
                .flatMap(command -> Arrays.stream(HostileText.values()).map(text -> Arguments.of(text, command)));
    }

    /** Runs a command; some of its words, or parts of words, stand for texts. */
    private static CommandLineRun run(String command, Map<String, String> texts) {
        List<String> words = new ArrayList<>();
        for (String word : command.split(" ")) {
            for (Map.Entry<String, String> text : texts.entrySet()) {
                word = word.replace(text.getKey(), text.getValue());
            }
            words.add(word);
        }
        CommandLineRun run = CommandLineRun.of(words.toArray(String[]::new));
        HostileText.assertHarmless(run.text());
        assertThat(run.text()).doesNotContain("this is a fault of Experimaestro");
        return run;
    }

    private static void replace(Path file, String old, String text) throws IOException {
        Files.writeString(file, Files.readString(file).replace(old, text));
    }
}
