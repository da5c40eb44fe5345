package org.experimaestro.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.experimaestro.ConfigId;
import org.experimaestro.cli.SampleTypes;
import org.experimaestro.cli.SampleWorkspace;
import org.experimaestro.cli.configuration.ExplainCommand;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.core.serial.NewerFormat;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.ProcessIdentity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobsListCommandTest {
    @TempDir
    Path folder;

    private SampleWorkspace sample;

    @BeforeEach
    void makeWorkspace() throws IOException {
        sample = new SampleWorkspace(folder);
    }

    @Test
    void list_jobsInAllStates_showsEach() throws IOException {
        JobFolder created = job(1);
        JobFolder done = job(2);
        SampleWorkspace.done(done);
        JobFolder failed = job(3);
        SampleWorkspace.begin(failed, ProcessIdentity.current(), Instant.now())
                .failed(FailureCause.EXCEPTION, "java.io.IOException: no data\n\tat somewhere", 1);
        JobFolder running = job(4);
        SampleWorkspace.begin(running, ProcessIdentity.current(), Instant.now());
        Files.writeString(running.events(1), """
                {"time":"1970-01-01T00:00:00.001Z","level":0,"progress":0.5,"description":"epoch 8"}
                {"time":"1970-01-01T00:00:00.002Z","level":1,"progress":0.25,"description":""}
                """);
        sample.run("layers", Map.of(done, Map.of("layers", 2), running, Map.of("layers", 4)));

        SampleWorkspace.Result result = sample.execute(new JobsCommand(), "list");

        List<String> lines = masked(result.out());
        assertThat(lines.get(0)).isEqualTo("STATE | ID | TYPE | STARTED | TIME | EXPERIMENT | TAGS | SO FAR | DETAIL");
        assertThat(lines.subList(1, 5))
                .containsExactlyInAnyOrder(
                        "new | %s | sample.learn | layers=1 | no run has submitted it".formatted(digits(created)),
                        "done | %s | sample.learn | STARTED | TIME | layers | layers=2".formatted(digits(done)),
                        "failed | %s | sample.learn | STARTED | TIME | layers=3 | threw an exception: java.io.IOException: no data"
                                .formatted(digits(failed)),
                        "running | %s | sample.learn | STARTED | TIME | layers | layers=4 | 50 %% epoch 8 > 25 %%"
                                .formatted(digits(running)));
        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void list_jobThatABatchSystemRuns_showsItsNumberThere() throws IOException {
        JobFolder job = job(1);
        SampleWorkspace.begin(job, ProcessIdentity.current(), Instant.now())
                .recordBatchJob(new BatchJobReference("cluster", "slurm", "1234_5", "/log", Instant.now()));

        assertThat(sample.execute(new JobsCommand(), "list").out()).containsPattern("running .* cluster 1234_5\\n");
        assertThat(sample.execute(new JobsCommand(), "list", "--json").out())
                .contains("\"batchJob\":\"cluster 1234_5\"");
    }

    @Test
    void list_corruptFiles_showsTheOthers() throws IOException {
        JobFolder marker = job(1);
        SampleWorkspace.done(marker);
        sample.corrupt(marker.path().resolve(".experimaestro/done.json"));
        JobFolder parameters = job(2);
        SampleWorkspace.done(parameters);
        sample.corrupt(parameters.parametersFile());
        SampleWorkspace.done(job(3));
        sample.run("broken", Map.of(marker, Map.of()));
        Path jobs = sample.workspace().experiment("broken").runs().get(0).path().resolve("jobs.jsonl");
        Files.writeString(jobs, "{\n");

        SampleWorkspace.Result result = sample.execute(new JobsCommand(), "list");

        assertThat(result.out().lines().map(line -> line.substring(0, line.indexOf(' '))))
                .containsExactlyInAnyOrder("STATE", "corrupt", "corrupt", "done");
        assertThat(result.err()).contains("Warning: " + jobs.toString(), "Cannot read the jobs of run");
        assertThat(result.exitCode()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"format", "identifierFormat"})
    void list_parametersOfANewerFormat_areACorruptJobAsForARun(String key) throws IOException {
        JobFolder job = job(1);
        SampleWorkspace.done(job);
        Path file = job.parametersFile();
        Files.writeString(file, Files.readString(file).replace("\"" + key + "\": 1", "\"" + key + "\": 2"));
        String reason = "2, this version knows up to 1; update Experimaestro";

        assertThat(sample.execute(new JobsCommand(), "list").out())
                .contains("corrupt ", file.toString())
                .doesNotContain("done ");
        assertThat(sample.execute(new JobsCommand(), "list", "--json").out()).contains(reason);
        SampleWorkspace.Result explained =
                sample.execute(new ExplainCommand(), job.id().toString());
        assertThat(explained.err()).contains(file.toString(), reason);
        assertThat(explained.exitCode()).isEqualTo(1);
        assertThat(NewerFormat.find(file))
                .hasValueSatisfying(
                        text -> assertThat(text).startsWith(file.toString()).endsWith(reason));
    }

    @Test
    void list_stale_areThoseThatRanOtherCodeThanTheLatestRunThatSubmittedThem() throws IOException {
        JobFolder one = job(1);
        JobFolder two = job(2);
        SampleWorkspace.done(one);
        SampleWorkspace.done(two);
        sample.store(SampleWorkspace.learn(3, SampleWorkspace.adam(1e-4), 16)); // not done, so nobody has its result
        Path same = SampleTypes.folder();
        Path edited = edited("sample/Learn.class");
        describe("first", Map.of(one, Map.of(), two, Map.of()), edited);
        describe("second", Map.of(two, Map.of()), same);

        assertThat(sample.execute(new JobsCommand(), "list", "--stale").out())
                .contains(digits(one), "other code: class sample.Learn")
                .doesNotContain(digits(two));
        assertThat(sample.execute(new JobsCommand(), "list", "--stale", "--experiment", "first", "--json")
                        .out()
                        .lines())
                .hasSize(2)
                .allSatisfy(line ->
                        assertThat(line).contains("\"codeChanges\":{\"classes\":[\"sample.Learn\"],\"jars\":[]}"));
        assertThat(sample.execute(new JobsCommand(), "list", "--stale", "--experiment", "second")
                        .out())
                .isEmpty();
        assertThat(sample.execute(new ExplainCommand(), one.id().toString()).out())
                .contains("The latest run that submitted the job has other code: class sample.Learn\n");
        assertThat(sample.execute(new ExplainCommand(), two.id().toString()).out())
                .doesNotContain("other code");
    }

    @Test
    void list_stale_anEditOfAClassThatTheTaskDoesNotReach_isNone() throws IOException {
        JobFolder job = job(1);
        SampleWorkspace.done(job);
        describe("first", Map.of(job, Map.of()), edited("sample/Search.class"));

        assertThat(sample.execute(new JobsCommand(), "list", "--stale").out()).isEmpty();
    }

    @Test
    void list_stale_namesOfARunThatLeadElsewhere_areNotRead() throws IOException {
        JobFolder job = job(1);
        SampleWorkspace.done(job);
        sample.run("first", Map.of(job, Map.of()));
        sample.workspace()
                .experiment("first")
                .runs()
                .getLast()
                .describe(Map.of("classPath", List.of("../../secret.jar", "/etc/secret.jar", 3)));

        SampleWorkspace.Result result = sample.execute(new JobsCommand(), "list", "--stale");
        assertThat(result.out()).isEmpty();
        assertThat(result.exitCode()).isZero();
    }

    /** The sample types after an edit of one class. */
    private Path edited(String classFile) throws IOException {
        Path folder =
                Files.createTempDirectory(sample.workspace().root(), "edited").resolve("sample-types");
        try (Stream<Path> files = Files.walk(SampleTypes.folder())) {
            for (Path file : files.toList()) {
                Path copy = folder.resolve(SampleTypes.folder().relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
        Files.write(folder.resolve(classFile), new byte[1], StandardOpenOption.APPEND);
        return folder;
    }

    /** Adds a run whose code is a folder of classes. */
    private void describe(String experiment, Map<JobFolder, Map<String, Object>> tagsByJob, Path classes)
            throws IOException {
        sample.run(experiment, tagsByJob);
        List<String> names = sample.workspace().classPaths().snapshot(List.of(classes)).stream()
                .map(jar -> jar.getFileName().toString())
                .toList();
        sample.workspace().experiment(experiment).runs().getLast().describe(Map.of("classPath", names));
    }

    @Test
    void list_filters_leaveTheOthersOut() throws IOException {
        JobFolder one = job(1);
        JobFolder two = job(2);
        SampleWorkspace.done(two);
        sample.run("first", Map.of(one, Map.of("lr", 1e-4, "layers", 1)));
        sample.run("second", Map.of(two, Map.of("lr", 0.5, "layers", 2)));

        assertThat(sample.execute(new JobsCommand(), "list", "--tags", "lr=1e-4,layers=1")
                        .out())
                .contains(digits(one))
                .doesNotContain(digits(two));
        assertThat(sample.execute(new JobsCommand(), "list", "--state", "Done,failed")
                        .out())
                .contains(digits(two))
                .doesNotContain(digits(one));
        assertThat(sample.execute(new JobsCommand(), "list", "--experiment=first")
                        .out())
                .contains(digits(one))
                .doesNotContain(digits(two));
        assertThat(sample.execute(new JobsCommand(), "list", "--tags=layers=3").err())
                .startsWith("None of the 2 jobs in " + folder);
    }

    @Test
    void list_valueThatNoJobHas_listsThoseThatJobsHave() throws IOException {
        JobFolder one = job(1);
        JobFolder two = job(2);
        sample.run("first", Map.of(one, Map.of("analysis", "ENGLISH", "layers", 2)));
        sample.run("second", Map.of(two, Map.of("analysis", "SIMPLE\n", "layers", 10L)));

        assertThat(errorOf("list", "analysis=english"))
                .endsWith("is like that\nno job has the tag analysis=english; its values are ENGLISH, SIMPLE\\n\n");
        assertThat(errorOf("list", "layers=3,analysis=ENGLISH"))
                .endsWith("is like that\nno job has the tag layers=3; its values are 2, 10\n");
        assertThat(errorOf("list", "layers=2 analysis=ENGLISH"))
                .endsWith("no job has the tag layers=2 analysis=ENGLISH; separate tags by commas\n");
        assertThat(errorOf("list", "layers=10,analysis=ENGLISH")).endsWith("is like that\n");
        assertThat(errorOf("kill", "layers=3"))
                .contains("with the tags layers=3; no job has the tag layers=3; its values are 2, 10");
    }

    @Test
    void list_jobsThatAreNotDone_showTheirLastValues() throws IOException {
        String events = """
                {"time":"1970-01-01T00:00:00.001Z","level":0,"progress":0.25,"description":"epoch 2"}
                {"time":"1970-01-01T00:00:00.002Z","metric":"loss","value":0.5}
                {"time":"1970-01-01T00:00:00.003Z","metric":"loss","value":0.25}
                """;
        JobFolder running = job(1);
        SampleWorkspace.begin(running, ProcessIdentity.current(), Instant.now());
        Files.writeString(running.events(1), events);
        JobFolder failed = job(2);
        Attempt attempt = SampleWorkspace.begin(failed, ProcessIdentity.current(), Instant.now());
        Files.writeString(failed.events(1), events);
        attempt.failed(FailureCause.EXCEPTION, "no data", 1);

        List<String> lines = masked(sample.execute(new JobsCommand(), "list").out());

        assertThat(lines)
                .anyMatch(line -> line.startsWith("running") && line.endsWith("| 25 % epoch 2 loss=0.25"))
                .anyMatch(line -> line.startsWith("failed")
                        && line.endsWith("| 25 % epoch 2 loss=0.25 | threw an exception: no data"));
        assertThat(sample.execute(new JobsCommand(), "list", "--json").out().lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line)
                        .contains("\"metrics\":{}", "\"metricsSoFar\":{\"loss\":0.25}", "\"description\":\"epoch 2\""));
    }

    @Test
    void list_failedJobWhoseValuesCannotBeRead_staysFailed() throws IOException {
        JobFolder failed = job(1);
        Attempt attempt = SampleWorkspace.begin(failed, ProcessIdentity.current(), Instant.now());
        Files.writeString(failed.events(1), "{\"metric\":\"loss\",\"value\":\"much\"}\n");
        attempt.failed(FailureCause.EXCEPTION, "no data", 1);

        assertThat(masked(sample.execute(new JobsCommand(), "list").out()).get(1))
                .startsWith("failed")
                .endsWith("| cannot be read | threw an exception: no data");
    }

    @Test
    void list_jobOfTwoExperiments_hasALineForEachSetOfTags() throws IOException {
        JobFolder job = job(1);
        sample.run("first", Map.of(job, Map.of("layers", 1, "title", "a, \"b\"")));
        sample.run("second", Map.of(job, Map.of("layers", 1)));

        assertThat(list()).containsExactly("first|layers=1 title=a, \"b\"", "second|layers=1");
        assertThat(list("--experiment=first")).containsExactly("first|layers=1 title=a, \"b\"");
        assertThat(list("--experiment=second")).containsExactly("second|layers=1");
        assertThat(list("--tags=title=\"a, \\\"b\\\"\"")).containsExactly("first|layers=1 title=a, \"b\"");
        assertThat(sample.execute(new JobsCommand(), "list", "--json", "--experiment=second")
                        .out())
                .contains("\"experiments\":[\"second\"]", "\"tags\":{\"layers\":1}");
        assertThat(sample.execute(new JobsCommand(), "list", "--tags=layers=1,title=\"a")
                        .err())
                .contains("the quote is not closed that begins at position 16");
    }

    /** Returns the columns of experiments and tags. */
    private List<String> list(String... options) {
        List<String> all = new ArrayList<>(List.of("list", "--columns=experiments,tags"));
        all.addAll(List.of(options));
        return sample.execute(new JobsCommand(), all.toArray(String[]::new))
                .out()
                .lines()
                .skip(1)
                .map(line -> line.strip().split(" {2,}"))
                .map(cells -> cells[cells.length - 2] + "|" + cells[cells.length - 1])
                .toList();
    }

    private String errorOf(String command, String tags) {
        return sample.execute(new JobsCommand(), command, "--tags", tags).err();
    }

    @Test
    void list_controlCharactersInTags_areShownAsEscapesAndKeptInJson() throws IOException {
        JobFolder job = job(1);
        sample.run("layers", Map.of(job, Map.of("kind", "a\u001B[31m\u202Eb")));

        assertThat(sample.execute(new JobsCommand(), "list").out())
                .contains("kind=a\\u001B[31m\\u202Eb")
                .doesNotContain("\u001B")
                .doesNotContain("\u202E");
        String json = sample.execute(new JobsCommand(), "list", "--json").out();
        assertThat(JsonObject.of(Json.parse(json), "out").object("tags").string("kind"))
                .isEqualTo("a\u001B[31m\u202Eb");
    }

    @Test
    void list_mistypedTagOrType_suggestsTheNearest() throws IOException {
        JobFolder job = job(1);
        sample.run("layers", Map.of(job, Map.of("kind", "a")));

        assertThat(sample.execute(new JobsCommand(), "list", "--tags", "kidn=a").err())
                .contains("No job has a tag \"kidn\"; did you mean \"kind\"?");
        assertThat(sample.execute(new JobsCommand(), "log", "sample.lern/" + digits(job))
                        .err())
                .contains("did you mean " + job.typeId() + "/" + digits(job) + "?");
        assertThat(sample.execute(new JobsCommand(), "log", "sample.learn").err())
                .contains("did you mean sample.learn/");
    }

    @Test
    void list_unknownNames_suggestsTheNearest() throws IOException {
        sample.run("layers", Map.of());

        SampleWorkspace.Result experiment = sample.execute(new JobsCommand(), "list", "--experiment", "layer");
        SampleWorkspace.Result state = sample.execute(new JobsCommand(), "list", "--state", "runing");

        assertThat(experiment.exitCode()).isEqualTo(1);
        assertThat(experiment.err()).contains("There is no experiment \"layer\"; did you mean \"layers\"?");
        assertThat(sample.execute(new JobsCommand(), "list", "--experiment", "x")
                        .err())
                .contains("There is no experiment \"x\"; the experiments are layers");
        assertThat(state.exitCode()).isEqualTo(2);
        assertThat(state.err()).contains("did you mean \"running\"?");
    }

    @Test
    void list_json_isOneObjectALine() throws IOException {
        JobFolder job = job(3);
        Instant started = Instant.ofEpochMilli(1_767_225_600_000L);
        Attempt attempt = SampleWorkspace.begin(job, ProcessIdentity.current(), started);
        attempt.done(started.toEpochMilli(), Map.of("accuracy", 0.5, "loss", Double.NaN), null);

        SampleWorkspace.Result result = sample.execute(new JobsCommand(), "list", "--json");

        assertThat(result.out().lines()).hasSize(1);
        JsonObject json = JsonObject.of(Json.parse(result.out()), "out");
        assertThat(json.string("job")).isEqualTo(job.name());
        assertThat(json.string("state")).isEqualTo("done");
        assertThat(json.string("started")).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(json.object("tags").integer("layers")).isEqualTo(3);
        assertThat(json.object("metrics").number("accuracy")).isEqualTo(0.5);
        assertThat(json.object("metrics").string("loss")).isEqualTo("NaN");
    }

    @Test
    void list_thousandsOfJobs_showsAll() throws IOException {
        JobFolder first = job(1);
        String parameters = Files.readString(first.parametersFile());
        for (int i = 0; i < 3_000; i++) {
            sample.workspace()
                    .job("sample.learn", ConfigId.parse("%016x%016x".formatted(i, i)))
                    .write(parameters, "");
        }

        SampleWorkspace.Result result = sample.execute(new JobsCommand(), "list");

        assertThat(result.out().lines()).hasSize(3_002);
    }

    @Test
    void list_emptyWorkspace_saysSo() {
        SampleWorkspace.Result result = sample.execute(new JobsCommand(), "list");

        assertThat(result.out()).isEmpty();
        assertThat(result.err()).isEqualTo("The workspace " + folder + " has no jobs\n");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void jobs_withoutSubcommand_isAUsageError() {
        assertThat(SampleWorkspace.executeIn(new JobsCommand()).exitCode()).isEqualTo(2);
    }

    private JobFolder job(int layers) throws IOException {
        return sample.store(SampleWorkspace.learn(layers, SampleWorkspace.adam(0.5), 16));
    }

    private static String digits(JobFolder job) {
        return job.id().toString().substring(0, 8);
    }

    private static List<String> masked(String table) {
        return table.lines()
                .map(line -> line.replaceAll("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d", "STARTED")
                        .replaceAll("\\d\\.\\d s", "TIME")
                        .strip()
                        .replaceAll(" {2,}", " | "))
                .toList();
    }
}
