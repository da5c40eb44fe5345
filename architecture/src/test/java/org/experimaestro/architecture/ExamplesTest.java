package org.experimaestro.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.experimaestro.Config;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.base.file.Folders;
import org.experimaestro.disturbance.BackgroundTraining;
import org.experimaestro.disturbance.JvmCommand;
import org.experimaestro.loader.LoadedPlan;
import org.experimaestro.settings.ExperimentFile;
import org.experimaestro.testkit.PlanRunner;
import org.experimaestro.testkit.StoredIdentifiers;
import org.experimaestro.testkit.TestRoots;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples that the documentation quotes run, with real processes, and do nothing the second time. */
@Tag("thorough")
class ExamplesTest {
    /** One for all examples, as a user has one: its start cache is made once. */
    @TempDir
    static Path caches;

    @TempDir
    private Path folder;

    @AfterAll
    static void awaitTraining() throws IOException, InterruptedException {
        BackgroundTraining.awaitEnd(caches);
    }

    @Test
    void quickstart_runTwice_executesOnce() throws Exception {
        String first = run("org.experimaestro.cli.Main", "run-experiment", example("quickstart/debug.yaml"));
        String second = run("org.experimaestro.cli.Main", "run-experiment", example("quickstart/debug.yaml"));

        assertThat(first).contains("6 jobs: 6 executed, 0 done before.", "1000000  3.1403 ± 0.0075 n=3");
        assertThat(second).contains("6 jobs: 0 executed, 6 done before.", "1000000  3.1403 ± 0.0075 n=3");
    }

    @Test
    void manual_runTwice_executesOnce() throws Exception {
        String first = run("org.experimaestro.cli.Main", "run-experiment", example("manual/debug.yaml"));
        String second = run("org.experimaestro.cli.Main", "run-experiment", example("manual/debug.yaml"));

        assertThat(first).contains("6 jobs: 6 executed", "Different words: 10", "saved 3 configurations");
        assertThat(second).contains("6 jobs: 0 executed", "Different words: 10", "{size=2} size=2");
    }

    @Test
    void grids_moreReplicates_executesWhatIsNew() throws Exception {
        String[] command = {"run-experiment", example("grids/debug.yaml")};
        String dry = run("org.experimaestro.cli.Main", "run-experiment", "--run-mode", "dry-run", command[1]);
        String one = run("org.experimaestro.cli.Main", "run-experiment", "-c", "replicates=1", command[1]);
        String three = run("org.experimaestro.cli.Main", command);

        assertThat(dry).contains("Grid models: 3 × 2 = 6 points, 1 left out by where");
        assertThat(one).contains("5 jobs: 5 executed, 0 done before.");
        assertThat(three).contains("15 jobs: 10 executed, 5 done before.");
        // The random streams of the tasks are the same everywhere, and so are the numbers.
        String table = three.substring(three.indexOf("rate   layers=2"), three.indexOf("\n15 jobs"));
        assertThat(Page.ROOT.resolve("docs/grids.md")).content().contains("```text\n" + table + "\n```");
    }

    @Test
    void workers_runTwice_executesOnceInWarmWorkers() throws Exception {
        String[] command = {"run-experiment", example("workers/debug.yaml")};
        String first = run("org.experimaestro.cli.Main", command);
        String second = run("org.experimaestro.cli.Main", command);
        String dry = run(
                "org.experimaestro.cli.Main",
                "run-experiment",
                "--run-mode",
                "dry-run",
                "-c",
                "samples=51",
                command[1]);

        assertThat(first).contains("100 jobs: 100 executed, 0 done before.", "100");
        assertThat(second).contains("100 jobs: 0 executed, 100 done before.");
        assertThat(dry).contains("isolation: worker, set for its experiment");
    }

    @Test
    void search_runTwice_asksForTheSameTrials() throws Exception {
        String first = run("org.experimaestro.cli.Main", "run-experiment", example("search/debug.yaml"));
        String second = run("org.experimaestro.cli.Main", "run-experiment", example("search/debug.yaml"));

        assertThat(first).contains("41 jobs: 41 executed, 0 done before.");
        assertThat(second).contains("41 jobs: 0 executed, 41 done before.");
        // The random streams of the search are the same everywhere, and so are its trials.
        String best = second.substring(second.indexOf(" % trial ") - "5.864".length(), second.indexOf("\n41 jobs"));
        assertThat(first).contains(best.lines().toList());
        assertThat(Page.ROOT.resolve("docs/search.md")).content().contains("```text\n" + best + "\n");
    }

    @Test
    void lucene_runTwice_executesOnce() throws Exception {
        String first = run("org.experimaestro.cli.Main", "run-experiment", example("lucene/debug.yaml"));
        String second = run("org.experimaestro.cli.Main", "run-experiment", example("lucene/debug.yaml"));

        assertThat(first).contains("18 jobs: 18 executed, 0 done before.");
        assertThat(second).contains("18 jobs: 0 executed, 18 done before.");
        String table = second.substring(
                second.indexOf("k1   b=0.0"), second.indexOf("\nk1   b=0.0", second.indexOf("\nmap\n")));
        assertThat(Page.ROOT.resolve("docs/examples.md")).content().contains("```text\n" + table + "\n```");
    }

    @Test
    void benchmark_moreReplicates_executesWhatIsNew() throws Exception {
        String[] command = {"run-experiment", example("benchmark/debug.yaml")};
        String one = run("org.experimaestro.cli.Main", "run-experiment", "-c", "replicates=1", command[1]);
        String four = run("org.experimaestro.cli.Main", command);

        assertThat(one).contains("9 jobs: 9 executed, 0 done before.");
        assertThat(four)
                .contains("36 jobs: 27 executed, 9 done before.", "learner   data=IRIS")
                .containsPattern("FOREST +0\\.9\\d\\d ± 0\\.0\\d\\d n=4");
    }

    @Test
    void percolation_runTwice_executesOnce() throws Exception {
        String first = run("org.experimaestro.cli.Main", "run-experiment", example("percolation/debug.yaml"));
        String second = run("org.experimaestro.cli.Main", "run-experiment", example("percolation/debug.yaml"));

        assertThat(first).contains("30 jobs: 30 executed, 0 done before.", "0.853 ± 0.014 n=3", "0.5849 ± 0.0036 n=3");
        assertThat(second).contains("30 jobs: 0 executed, 30 done before.", "0.853 ± 0.014 n=3");
    }

    @Test
    void halving_runTwice_executesOnce() throws Exception {
        String first = run("org.experimaestro.cli.Main", "run-experiment", example("halving/debug.yaml"));
        String second = run("org.experimaestro.cli.Main", "run-experiment", example("halving/debug.yaml"));

        assertThat(first).contains("15 jobs: 15 executed, 0 done before.", "rung=4");
        assertThat(second).contains("15 jobs: 0 executed, 15 done before.");
        assertThat(table(second)).isEqualTo(table(first));
    }

    private static String table(String output) {
        return output.substring(output.indexOf("width  rate"), output.indexOf("15 jobs"));
    }

    @Test
    void programs_runTwice_executesOnce() throws Exception {
        assumeTrue(RecipesTest.isOnPath("python3"), "python3 is not on the PATH");
        String first = run("org.experimaestro.cli.Main", "run-experiment", example("programs/debug.yaml"));
        String second = run("org.experimaestro.cli.Main", "run-experiment", example("programs/debug.yaml"));

        assertThat(first).contains("4 jobs: 4 executed, 0 done before.", "0.9830", "0.2333");
        assertThat(second).contains("4 jobs: 0 executed, 4 done before.", "0.9830", "0.2333");
    }

    @Test
    void initTasks_runTwice_restoreWhatWasLearned() throws Exception {
        String first = run("org.experimaestro.cli.Main", "run-experiment", example("init-tasks/debug.yaml"));
        String second = run("org.experimaestro.cli.Main", "run-experiment", example("init-tasks/debug.yaml"));

        assertThat(first).contains("5 jobs: 5 executed, 0 done before.", "none", "6.0000", "2.5828", "0.0234");
        assertThat(second).contains("5 jobs: 0 executed, 5 done before.");

        assertThat(run("org.experimaestro.cli.Main", "experiments", "show", "debug"))
                .contains("Saved configurations: learned");

        String dry = run(
                "org.experimaestro.cli.Main",
                "run-experiment",
                "--run-mode",
                "dry-run",
                "-c",
                "rates=[0.3]",
                example("init-tasks/debug.yaml"));

        assertThat(dry).contains("(init 1)(made by)");

        String reuse = run("org.experimaestro.cli.Main", "run-experiment", example("init-tasks/reuse.yaml"));

        assertThat(reuse).contains("2 jobs: 2 executed, 0 done before.", "31.6393");
    }

    @Test
    void services_actionAndService_areStartedAfterTheRun() throws Exception {
        String dry = run(
                "org.experimaestro.cli.Main",
                "run-experiment",
                "--run-mode",
                "dry-run",
                example("services/debug.yaml"));
        String ran = run("org.experimaestro.cli.Main", "run-experiment", example("services/debug.yaml"));
        String exported =
                run("org.experimaestro.cli.Main", "actions", "run", "debug", "export", "--set", "separator=comma");

        assertThat(dry).contains("    hook services.threads: the variable OMP_NUM_THREADS");
        assertThat(ran).contains("1 job: 1 executed");
        assertThat(exported).contains("Wrote 3 points", "is done: ");
        String started = run("org.experimaestro.cli.Main", "services", "start", "debug");
        try (Socket socket = new Socket(
                "127.0.0.1",
                URI.create(started.strip().lines().toList().getLast()).getPort())) {
            assertThat(socket.isConnected()).isTrue();
        } finally {
            run("org.experimaestro.cli.Main", "services", "stop", "debug");
        }
        assertThat(folder.resolve("workspace/experiments/debug/results/points.csv"))
                .content()
                .contains("2,4");
    }

    @Test
    void identity_ofWaysToRead_isOneJob() throws Exception {
        String output = run("org.experimaestro.cli.Main", "run-experiment", example("identity/debug.yaml"));

        assertThat(output).contains("one job: true", "more threads: true", "4 jobs: 4 executed, 0 done before.");
    }

    @Test
    void sharedFolders_jobAfterALongerOne_hasTheSameResult() throws Exception {
        String[] command = {"run-experiment", example("shared-folders/debug.yaml"), "-c", "epochs=[16]"};
        String alone = run("org.experimaestro.cli.Main", command);
        Files.move(folder.resolve("workspace"), folder.resolve("alone"));
        run("org.experimaestro.cli.Main", "run-experiment", command[1], "-c", "epochs=[32]");
        String after = run("org.experimaestro.cli.Main", command);

        assertThat(alone).containsPattern("16 +0 +1\\.6796");
        assertThat(after).containsPattern("16 +16 +1\\.6796");
        assertThat(slope("workspace")).isEqualTo(slope("alone"));
        assertThat(folder.resolve("workspace/computed/shared.points")).isNotEmptyDirectory();
    }

    @Test
    void prepare_cutsOnDemand_areMadeAgainOnlyForANewCount() throws Exception {
        String example = example("prepare/debug.yaml");
        String dry = run("org.experimaestro.cli.Main", "run-experiment", "--run-mode", "dry-run", example);
        String prepared = run("org.experimaestro.cli.Main", "run-experiment", "--run-mode", "prepare", example);
        String first = run("org.experimaestro.cli.Main", "run-experiment", example);
        String shown = run("org.experimaestro.cli.Main", "runs", "show", "debug");
        Folders.delete(folder.resolve("workspace/jobs/prepare.cut"));
        String second = run("org.experimaestro.cli.Main", "run-experiment", example);
        String third = run("org.experimaestro.cli.Main", "run-experiment", "-c", "lengths=[2,4]", example);

        assertThat(dry).contains("prepares prepare.corpus/");
        assertThat(prepared).contains("prepared prepare.corpus/", "1 configuration prepared. No job was run.");
        assertThat(first).contains("4 jobs: 4 executed, 0 done before.");
        assertThat(shown).containsPattern("Prepare step of prepare\\.corpus/[0-9a-f]{32}: done");
        assertThat(second)
                .contains("4 jobs: 0 executed, 2 done before; 2 not needed.")
                .doesNotContain("prepare.corpus");
        assertThat(third).contains("4 jobs: 2 executed, 1 done before; 1 not needed.");
    }

    @Test
    void transient_text_isRemovedAndMadeAgainForANewLetter() throws Exception {
        String example = example("transient/debug.yaml");
        String first = run("org.experimaestro.cli.Main", "run-experiment", example);
        String shown = run("org.experimaestro.cli.Main", "jobs", "show", "transient.unpack/");
        String listed = run("org.experimaestro.cli.Main", "jobs", "list", "removed=yes");
        String again = run("org.experimaestro.cli.Main", "run-experiment", example);
        String[] more = {"run-experiment", "-c", "letters=[a,c]", example};
        String dry =
                run("org.experimaestro.cli.Main", "run-experiment", "--run-mode", "dry-run", "-c", more[2], example);
        String third = run("org.experimaestro.cli.Main", more);
        String counts = run("org.experimaestro.cli.Main", "jobs", "list", "letter=c", "--json");
        String id = counts.replaceFirst("(?s).*\"id\":\"([0-9a-f]{32})\".*", "$1");
        String read = run("org.experimaestro.cli.Main", "jobs", "show", id);

        assertThat(first).contains("3 jobs: 3 executed, 0 done before.");
        assertThat(shown)
                .containsPattern("transient\\.unpack/[0-9a-f]{32} is done, outputs removed")
                .contains("the outputs of attempt 1 were removed, because no job needed them any more", "bytes = ");
        assertThat(listed).contains("done, outputs removed", "transient.unpack");
        assertThat(again).contains("3 jobs: 0 executed, 2 done before; 1 not needed.");
        assertThat(dry).containsPattern("done, outputs removed; would run again for transient\\.count/[0-9a-f]{32}");
        assertThat(third).contains("3 jobs: 2 executed, 1 done before.");
        assertThat(read).contains("its attempt 3 was read");
        try (Stream<Path> files = Files.walk(folder.resolve("workspace/jobs/transient.unpack"))) {
            assertThat(files).noneMatch(file -> file.endsWith("text.txt"));
        }
    }

    private String slope(String workspace) throws IOException {
        try (Stream<Path> jobs = Files.list(folder.resolve(workspace).resolve("jobs/shared.learn"))) {
            for (Path job : jobs.toList()) {
                if (Files.readString(job.resolve(".experimaestro/params.json")).contains("\"epochs\":16")) {
                    return Files.readString(job.resolve("slope.txt"));
                }
            }
        }
        return "";
    }

    @Test
    void renaming_resultsOfBefore_areFoundWithoutARun() throws Exception {
        String before =
                run("org.experimaestro.cli.Main", "run-experiment", example("recipes/renaming/before/debug.yaml"));
        assertThat(before).contains("4 jobs: 4 executed, 0 done before.");

        String after = example("recipes/renaming/debug.yaml");
        String listed = run("org.experimaestro.cli.Main", "migrate", after);
        assertThat(listed)
                .contains("found  renaming.learn/", "  renaming.fit/", "4 found under former names, 0 lost, 0 new.");

        String again = run("org.experimaestro.cli.Main", "run-experiment", after);
        assertThat(again)
                .contains(
                        "4 jobs: 0 executed, 4 done before.", "4 jobs done under former names", "0.3487", "9.7656e-04");
        String written = run("org.experimaestro.cli.Main", "migrate", after, "--write");
        assertThat(written).contains("4 found under former names", "What was found stays found.");
    }

    @Test
    void roots_dataInAnotherFolder_isTheSameJob() throws Exception {
        String first = runWithData("laptop");
        String second = runWithData("cluster");

        assertThat(first).contains("2 jobs: 2 executed, 0 done before.");
        assertThat(second).contains("2 jobs: 0 executed, 2 done before.");
    }

    /** Runs with the data below a folder of this name; what is not done before can be read there only. */
    private String runWithData(String machine) throws IOException, InterruptedException {
        Path trec = Files.createDirectories(folder.resolve(machine).resolve("trec"));
        Files.writeString(trec.resolve("topics.txt"), "1\n2\n");
        Files.writeString(trec.resolve("documents.txt"), "a\n");
        Path workspace = Files.createDirectories(folder.resolve("workspace"));
        Files.writeString(workspace.resolve("settings.yaml"), "roots: {data: " + folder.resolve(machine) + "}\n");
        return run("org.experimaestro.cli.Main", "run-experiment", example("roots/debug.yaml"));
    }

    @Test
    void main_withoutProcessor_runsThePlan() throws Exception {
        Path yaml = Files.writeString(folder.resolve("debug.yaml"), "number: 12\n");

        String output = run("org.experimaestro.manual.SquarePlan", yaml.toString());

        assertThat(output).contains("1 job: 1 executed", " 144");
    }

    /** The examples have the identifiers of an earlier version, so users find their results. */
    @ParameterizedTest
    @CsvSource({
        "quickstart, Pi",
        "tutorial, LayersPlan",
        "manual, Manual",
        "programs, Programs",
        "roots, Lines",
        "grids, Grids",
        "search, Smoothing",
        "halving, Halving",
        "init-tasks, Lines",
        "identity, Totals",
        "services, Points",
        "shared-folders, Lengths",
        "prepare, Cuts",
        "recipes/best-run, Best",
        "recipes/checkpoints, Checkpoints",
        "recipes/content-and-paths, ContentAndPaths",
        "recipes/from-hydra, Hydra",
        "recipes/from-shell-loops, Loop",
        "recipes/jvm-options, JvmOptions",
        "recipes/long-jobs, LongJobs",
        "recipes/python-task, Python",
        "recipes/renaming, Renamed",
        "recipes/seeds, Seeds",
        "recipes/slurm-in-ten-minutes, Cluster"
    })
    void example_identifiers_areUnmoved(String name, String plan) throws Exception {
        Path example = Path.of(example(name));
        TestRoots.define(Map.of("data", folder));
        try (URLClassLoader classes = compiled(example)) {
            LoadedPlan loaded = LoadedPlan.of(plan, classes);
            Object settings = ExperimentFile.read(example.resolve("debug.yaml"), List.of())
                    .bind(loaded.settings());

            Map<String, Config<?>> tasks = PlanRunner.of(plan(loaded))
                    .planFolder(example)
                    .dryRun(settings)
                    .tasksByName();

            tasks.keySet().removeIf(task -> task.contains("by=path")); // it shows that the place of the file counts
            StoredIdentifiers.in(Path.of("src/test/resources/identifiers", example.getFileName() + ".txt"))
                    .assertUnmoved(tasks);
        } finally {
            TestRoots.define(Map.of());
        }
    }

    private URLClassLoader compiled(Path example) throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        List<String> arguments = new ArrayList<>(List.of("-proc:full", "-cp", classPath(), "-d", classes.toString()));
        try (Stream<Path> files = Files.list(example)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::toString)
                    .forEach(arguments::add);
        }
        int exitCode = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertThat(exitCode).isZero();
        return new URLClassLoader(new URL[] {classes.toUri().toURL()});
    }

    /** The settings are bound to the very record that the plan names. */
    @SuppressWarnings("unchecked")
    private static ExperimentPlan<Object> plan(LoadedPlan loaded) {
        return (ExperimentPlan<Object>) loaded.plan();
    }

    private static String example(String name) {
        return Page.ROOT.resolve("examples").resolve(name).toString();
    }

    /** That of this process; its entry for the classes of this module, which has none but tests, does not exist. */
    static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> Files.exists(Path.of(entry)))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Runs a command with a workspace of its own, and returns what it printed once it has ended well. */
    private String run(String mainClass, String... arguments) throws IOException, InterruptedException {
        List<String> command = JvmCommand.of("-cp", classPath(), mainClass);
        command.addAll(List.of(arguments));
        command.addAll(List.of("--workdir", folder.resolve("workspace").toString()));
        Path output = folder.resolve("output.txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("XDG_CACHE_HOME", caches.toString());
        int exitCode = builder.start().waitFor();
        String text = Files.readString(output);
        assertThat(exitCode).as(text).isZero();
        return text;
    }
}
