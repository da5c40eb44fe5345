package org.experimaestro.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.experimaestro.Config;
import org.experimaestro.cli.CommandLineRun;
import org.experimaestro.cli.SampleTypes;
import org.experimaestro.cli.SampleWorkspace;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.RunFolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first causes that {@code runs diff} names, on jobs that are written as runs write them. */
class RunsDiffCommandTest {
    private static final Instant STARTED = Instant.parse("2026-11-28T12:00:00Z");

    @TempDir
    private Path folder;

    private SampleWorkspace sample;
    private RunFolder first;
    private RunFolder second;
    private final Map<RunFolder, RunFolder.JobList> submitted = new HashMap<>();

    @BeforeEach
    void makeRuns() throws IOException {
        sample = new SampleWorkspace(folder.resolve("work"));
        first = sample.workspace().experiment("grid").newRun(STARTED);
        second = sample.workspace().experiment("grid").newRun(STARTED.plusSeconds(60));
        submitted.put(first, first.openJobs());
        submitted.put(second, second.openJobs());
    }

    @AfterEach
    void close() throws IOException {
        for (RunFolder.JobList jobs : submitted.values()) {
            jobs.close();
        }
    }

    private static Config<?> learn(int layers, double rate) {
        return SampleWorkspace.learn(layers, SampleWorkspace.adam(rate), 5);
    }

    private JobFolder submit(RunFolder run, Config<?> task, int layers) throws IOException {
        JobFolder job = sample.store(task);
        submitted
                .get(run)
                .add(new RunFolder.SubmittedJob(
                        job.typeId(), job.id(), Map.of("layers", layers), List.of(), "local", STARTED));
        return job;
    }

    private static Attempt begin(RunFolder run, JobFolder job, ProcessIdentity process) throws IOException {
        job.claim(ProcessIdentity.current(), "grid/" + run.name());
        Attempt attempt = job.attempt(job.status().lastAttempt().orElseThrow());
        assertThat(attempt.begin(process, STARTED.toEpochMilli())).isTrue();
        return attempt;
    }

    private JobFolder done(RunFolder run, int layers, double rate, double loss) throws IOException {
        JobFolder job = submit(run, learn(layers, rate), layers);
        begin(run, job, ProcessIdentity.current()).done(STARTED.toEpochMilli(), Map.of("loss", loss), null);
        return job;
    }

    /** A job that the first run failed at, and the second one has done. */
    private JobFolder failedThenDone(ProcessIdentity there) throws IOException {
        JobFolder job = submit(first, learn(1, 0.1), 1);
        submit(second, learn(1, 0.1), 1);
        begin(first, job, ProcessIdentity.current()).failed(FailureCause.EXCEPTION, "no", 1);
        begin(second, job, there).done(STARTED.toEpochMilli(), Map.of(), null);
        return job;
    }

    private static void describe(RunFolder run, Map<String, Object> members) throws IOException {
        run.describe(new LinkedHashMap<>(members));
    }

    /** Returns the jars of a project in which the class {@code Learn} is another one. */
    private List<Path> editedCode() throws IOException {
        Path edited = folder.resolve("sample-types");
        try (Stream<Path> files = Files.walk(SampleTypes.folder())) {
            for (Path file : files.toList()) {
                Files.copy(file, edited.resolve(SampleTypes.folder().relativize(file)));
            }
        }
        Files.write(edited.resolve("sample/Learn.class"), new byte[1], StandardOpenOption.APPEND);
        return sample.workspace().classPaths().snapshot(List.of(edited));
    }

    private static List<String> names(List<Path> jars) {
        return jars.stream().map(jar -> jar.getFileName().toString()).toList();
    }

    private String diff(String... more) {
        List<String> arguments = new ArrayList<>(List.of("grid/" + first.name(), "grid/" + second.name()));
        arguments.addAll(List.of(more));
        SampleWorkspace.Result result = sample.execute(new RunsDiffCommand(), arguments.toArray(String[]::new));
        assertThat(result.err()).isEmpty();
        return result.out();
    }

    @Test
    void diff_attemptThatIsNoLongerStored_isNoCause() throws IOException {
        JobFolder job = submit(first, learn(1, 0.1), 1);
        submit(second, learn(1, 0.1), 1);
        // What the first run had done was cleaned before the second run.
        begin(second, job, ProcessIdentity.current()).failed(FailureCause.EXCEPTION, "no", 1);
        describe(second, Map.of("failed", List.of(job.name())));

        assertThat(diff()).startsWith("1 pair differs: no cause is known");
    }

    @Test
    void diff_pairsThatDifferInOneParameter_areOneGroupWithItsValues() throws IOException {
        for (int layers = 1; layers <= 3; layers++) {
            done(first, layers, 0.1, 1);
            done(second, layers, 0.2, 2);
        }
        done(first, 4, 0.1, 1);
        done(second, 4, 0.3, 2);
        done(first, 5, 0.1, 1);
        done(second, 5, 0.4, 1); // as good as before, so nothing has a cause

        assertThat(diff())
                .startsWith("3 pairs differ: optimizer.lr 0.1 → 0.2\n"
                        + "1 pair differs: optimizer.lr 0.1 → 0.3\n"
                        + "Only in ");
        assertThat(diff("--json"))
                .contains("\"causes\":[{\"kind\":\"parameters\",\"values\":[{\"name\":\"optimizer.lr\",\"values\":[")
                .contains("\"pairs\":[\"sample.learn {\\\"layers\\\":4}\"]");
    }

    @Test
    void diff_parameterAndCodeDiffer_bothAreNamed() throws IOException {
        done(first, 1, 0.1, 1);
        JobFolder other = done(second, 1, 0.2, 2);
        Path jar = editedCode().getFirst();
        Files.writeString(other.classPathFile(), other.path().relativize(jar) + "\n");

        assertThat(diff())
                .startsWith("1 pair differs: optimizer.lr 0.1 → 0.2; the code differs, too: class sample.Learn\n");
    }

    @Test
    void diff_oneJobWithOtherCode_namesItsClasses() throws IOException {
        JobFolder job = failedThenDone(ProcessIdentity.current());
        List<Path> before = sample.workspace().classPaths().snapshot(List.of(SampleTypes.folder()));
        describe(first, Map.of("classPath", names(before), "failed", List.of(job.name())));
        describe(second, Map.of("classPath", names(editedCode()), "failed", List.of()));

        assertThat(diff()).startsWith("1 pair differs: code: class sample.Learn\n");
    }

    @Test
    void diff_oneJobOnAnotherHostWithAnotherJava_namesThem() throws IOException {
        Map<String, Object> there = new HashMap<>(ProcessIdentity.current().toJson());
        there.put("host", "far");
        JobFolder job = failedThenDone(ProcessIdentity.fromJson(JsonObject.of(there, "the process")));
        describe(first, Map.of("failed", List.of(job.name()), "java", Map.of("version", "25.0.1")));
        describe(second, Map.of("failed", List.of(), "java", Map.of("version", "26")));

        assertThat(diff())
                .startsWith("1 pair differs: host " + ProcessIdentity.current().host()
                        + " → far, java.version \"25.0.1\" → \"26\"\n");
    }

    @Test
    void diff_oneJobThatJustWorkedTheSecondTime_hasNoKnownCause() throws IOException {
        JobFolder job = failedThenDone(ProcessIdentity.current());
        describe(first, Map.of("failed", List.of(job.name())));
        describe(second, Map.of("failed", List.of()));

        assertThat(diff()).startsWith("1 pair differs: no cause is known: ");
    }

    @Test
    void diff_jobThatWasNotRun_isToldApart() throws IOException {
        done(first, 1, 0.1, 1);
        submit(second, learn(1, 0.2), 1);
        done(first, 2, 0.1, 1);
        done(second, 2, 0.2, 2);

        assertThat(diff().lines().limit(2))
                .containsExactly(
                        "1 pair differs: optimizer.lr 0.1 → 0.2",
                        "1 pair differs: no result in one of the runs: state done → new");
    }

    @Test
    void diff_oneRunTwice_isRefused() {
        SampleWorkspace.Result result = sample.execute(new RunsDiffCommand(), "grid", second.name());

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err())
                .contains("A comparison needs two runs, and both names are those of grid/" + second.name());
    }

    @Test
    void diff_runsThatDoNotDiffer_saysSo() throws IOException {
        JobFolder job = done(first, 1, 0.1, 1);
        submit(second, learn(1, 0.1), 1);
        assertThat(job.path()).exists();

        SampleWorkspace.Result result = sample.execute(new RunsDiffCommand(), first.name(), second.name());

        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .isEqualTo("The runs grid/" + first.name() + " and grid/" + second.name()
                        + " differ in nothing that is compared\n");
    }

    @Test
    void diff_experimentWithASlash_isNoRun() {
        assertThat(sample.execute(new RunsDiffCommand(), "grid/", "grid").err())
                .isEqualTo("Error: There is no run \"grid/\"; the last run of grid is " + second.name() + "\n");
    }

    @Test
    void diff_filesOfExperiments_areTheirLastRuns() throws IOException {
        Path grid = file("grid.yaml", folder.resolve("work"));
        Path elsewhere = file("elsewhere.yaml", folder.resolve("other"));
        done(first, 1, 0.1, 1);
        done(second, 1, 0.2, 2);
        String expected = "1 pair differs: optimizer.lr 0.1 → 0.2\n";

        assertThat(of(grid, "grid/" + first.name(), "grid").text()).startsWith(expected);
        assertThat(of(grid, first.name(), grid.toString()).text()).startsWith(expected);
        assertThat(of(first.name(), grid).text()).startsWith(expected);
        assertThat(of(grid, elsewhere).text())
                .contains(
                        "Cannot compare runs of two workspaces: " + folder.resolve("work"),
                        " and " + folder.resolve("other"),
                        "--workdir");
        assertThat(of(first.name(), second.name(), "grid").text()).contains("one argument too many: \"grid\"");
    }

    private Path file(String name, Path workspace) throws IOException {
        return Files.writeString(folder.resolve(name), "id: grid\nclass: a.Plan\nworkdir: " + workspace + "\n");
    }

    private static CommandLineRun of(Object... arguments) {
        List<String> words = new ArrayList<>(List.of("runs", "diff"));
        for (Object argument : arguments) {
            words.add(argument.toString());
        }
        return CommandLineRun.of(words.toArray(String[]::new));
    }

    @Test
    void diff_twoWrongRuns_namesBoth() {
        SampleWorkspace.Result wrong = sample.execute(new RunsDiffCommand(), "grid/3", "gird");

        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.err()).contains("2 problems:", "There is no run \"grid/3\"", "There is no run \"gird\"");
    }
}
