package org.experimaestro.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.experimaestro.core.json.Json;
import org.experimaestro.monitor.action.CleanAction;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.workspace.AccountedUse;
import org.experimaestro.workspace.EnergyUse;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.Notes;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.ResourceUse;
import org.experimaestro.workspace.RunEvent;
import org.experimaestro.workspace.RunJournal;
import org.experimaestro.workspace.RunLimit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobResourceTest {
    @TempDir
    private Path folder;

    private ListedWorkspace sample;

    @BeforeEach
    void open() throws IOException {
        sample = new ListedWorkspace(folder);
    }

    @AfterEach
    void close() {
        sample.close();
    }

    private Map<String, @Nullable Object> ask(JobFolder job) throws IOException {
        return sample.ask("jobs/" + job.name());
    }

    private static List<String> names(Map<String, @Nullable Object> answer, String member) {
        return ListedWorkspace.list(answer, member).stream()
                .map(job -> String.valueOf(job.get("job")))
                .toList();
    }

    private static Map<String, Object> offer(Map<String, @Nullable Object> answer, String action) {
        return ListedWorkspace.list(answer, "actions").stream()
                .filter(offer -> action.equals(offer.get("action")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void answer_failedJob_hasItsCauseItsAttemptAndWhatCanBeDone() throws IOException {
        JobFolder job = sample.submit("ir.search", Map.of("k1", 1));
        ListedWorkspace.failed(job, "java.io.IOException: No space left\n\tat ir.Search");
        Files.writeString(job.standardError(1), "No space left\n");

        Map<String, @Nullable Object> answer = ask(job);

        assertThat(answer)
                .containsEntry("cause", "exception")
                .containsEntry("message", "java.io.IOException: No space left\n\tat ir.Search")
                .containsEntry("folder", job.path().toString())
                .containsEntry("started", "2026-11-28T11:59:00Z")
                .containsKey("host")
                .doesNotContainKeys("left", "process", "pinned", "nearest");
        assertThat(ListedWorkspace.list(answer, "attempts"))
                .singleElement()
                .satisfies(attempt -> assertThat(attempt)
                        .containsEntry("number", 1)
                        .containsEntry("started", "2026-11-28T11:59:00Z")
                        .containsEntry("streams", List.of("err"))
                        .containsEntry("cause", "exception")
                        .containsKey("ended"));
        assertThat(answer.get("reason")).asString().contains("kind=failed").contains("No space left");
        assertThat(offer(answer, "kill")).containsEntry("possible", false).containsEntry("reason", "it is failed");
        assertThat(offer(answer, "retry"))
                .containsEntry("possible", false)
                .containsEntry("command", "experimaestro jobs retry --workdir " + folder + " " + job.name());
        assertThat(offer(answer, "retry").get("reason")).asString().contains("the next run runs it again");
        assertThat(answer)
                .containsEntry("again", "experimaestro run-experiment --workdir " + folder + " '/plans/it'\\''s.yaml'");
        assertThat(offer(answer, "clean").get("reason")).asString().contains("goes on, and has it");
        assertThat(answer.get("commands"))
                .asString()
                .contains("log=experimaestro jobs log --workdir " + folder + " " + job.name());
    }

    @Test
    void answer_cleanedJob_saysWhenItWasCleanedAndHowItComesBack() throws IOException {
        JobFolder job = sample.submit("ir.search", Map.of());
        ListedWorkspace.failed(job, "gone");
        sample.describe(ProcessIdentity.current(), "FAILED");
        CleanAction clean = new CleanAction(
                sample.workspace(), WorkspaceIndex.open(sample.workspace()), "a test", () -> ListedWorkspace.NOW);
        clean.perform(clean.plan(List.of(job)), result -> {});
        sample.newRun("grid"); // so that only a former run has submitted it

        Map<String, @Nullable Object> answer = ask(job);

        assertThat(answer.get("cleaned"))
                .isEqualTo(Map.of(
                        "entry",
                        clean.entryName(),
                        "at",
                        "2026-11-28T12:00:00Z",
                        "by",
                        System.getProperty("user.name")));
        assertThat(answer.get("reason"))
                .asString()
                .contains("it was cleaned, and is in the trash", "experimaestro trash undo " + clean.entryName());
    }

    @Test
    void answer_filesOfAJob_areReadAgainWhenItChanges_andNotWhenOthersDo() throws IOException {
        JobFolder job = sample.submit("ir.search", Map.of());
        JobFolder other = sample.submit("ir.search", Map.of());
        ListedWorkspace.begin(job);
        int files = ListedWorkspace.list(ask(job), "files").size();
        Files.writeString(job.path().resolve("new.txt"), "text");

        ListedWorkspace.begin(other);
        assertThat(ListedWorkspace.list(ask(job), "files")).hasSize(files);

        job.attempt(1).done(0, Map.of(), null);
        assertThat(ListedWorkspace.list(ask(job), "files")).hasSize(files + 2);
    }

    @Test
    void answer_noteByAnotherProcess_isThereAtOnce() throws IOException {
        JobFolder job = sample.submit("ir.search", Map.of());
        ListedWorkspace.begin(job);
        age(job.internalFolder());
        assertThat(ListedWorkspace.list(ask(job), "notes")).isEmpty();

        Notes.of(job).add("looks good", ListedWorkspace.NOW);
        age(Notes.of(job).folder());
        assertThat(ListedWorkspace.list(ask(job), "notes")).hasSize(1);

        Notes.of(job).add("indeed", ListedWorkspace.NOW); // in a folder that is there by now
        assertThat(ListedWorkspace.list(ask(job), "notes")).hasSize(2);
    }

    /** Makes a folder seem old, so that the next change differs from this time on each file system. */
    private static void age(Path folder) throws IOException {
        Files.setLastModifiedTime(folder, FileTime.from(Instant.EPOCH));
    }

    @Test
    void answer_endedJob_hasWhatItAskedForAndWhatItHasUsed() throws IOException {
        JobFolder job = sample.submit("ir.search", Map.of());
        assertThat(ask(job)).doesNotContainKey("resources");
        ResourceUse use = new ResourceUse(
                OptionalDouble.of(90.5),
                OptionalDouble.of(1.5),
                OptionalLong.of(2_500_000_000L),
                OptionalLong.of(100_000_000),
                30,
                new EnergyUse(7200, true, OptionalDouble.of(0.25)));
        ListedWorkspace.begin(job).done(ListedWorkspace.NOW.toEpochMilli(), Map.of(), null, use);
        List<RunLimit> limits = List.of(
                new RunLimit(RunLimit.HERE, 1, 4),
                new RunLimit(RunLimit.nameOf(RunLimit.CORES, "gpu"), 4, 16),
                new RunLimit(RunLimit.nameOf(RunLimit.MEMORY, "gpu"), 4_000_000_000L, 16_000_000_000L));
        try (RunJournal journal = sample.run().openJournal()) {
            journal.add(new RunEvent(
                    ListedWorkspace.NOW, job.name(), "READY", OptionalInt.empty(), "", limits, "", Optional.empty()));
        }

        assertThat(ask(job).get("resources"))
                .isEqualTo(Map.of(
                        "asked",
                        Map.of("cores", 4L, "memory", 4_000_000_000L),
                        "cpuSeconds",
                        90.5,
                        "gcSeconds",
                        1.5,
                        "maxMemoryBytes",
                        2_600_000_000L,
                        "seconds",
                        30.0,
                        "energy",
                        "2.00 Wh of energy (estimated), 0.25 g of CO₂"));
    }

    @Test
    void answer_attempt_hasWhatItsBatchSystemHasCounted() throws IOException {
        JobFolder job = sample.submit("ir.search", Map.of());
        ListedWorkspace.failed(job, "killed");
        age(job.internalFolder());
        assertThat(Json.writeLine(ask(job).get("attempts"))).doesNotContain("accounted");
        job.attempt(1)
                .storeAccountedUse(new AccountedUse(
                        "gpu",
                        "1234_5",
                        "OUT_OF_MEMORY",
                        OptionalInt.of(137),
                        OptionalDouble.of(75),
                        OptionalDouble.empty(),
                        OptionalLong.of(3_000_000_000L)));

        assertThat(Json.writeLine(ask(job).get("attempts")))
                .contains(
                        "\"accounted\":{\"by\":\"gpu\",\"state\":\"OUT_OF_MEMORY\",\"exitCode\":137,\"seconds\":75",
                        "\"maxMemoryBytes\":3000000000}")
                .doesNotContain("cpuSeconds");
    }

    @Test
    void answer_jobsThatUseIt_areThoseOfRunsAndOfParameters() throws IOException {
        JobFolder index = sample.submit("ir.index", Map.of());
        JobFolder search = sample.submit("ir.search", Map.of(), index);
        JobFolder other = sample.submit("ir.other", Map.of());
        ListedWorkspace.done(index, Map.of("size", 3.0));
        ListedWorkspace.begin(other, Map.of("path", "../" + index.name() + "/index"));

        Map<String, @Nullable Object> answer = ask(index);

        assertThat(names(answer, "dependents")).containsExactly(other.name(), search.name());
        assertThat(names(ask(search), "dependencies")).containsExactly(index.name());
        assertThat(answer).containsEntry("metrics", Map.of("size", 3.0)).containsKeys("seconds", "ended");
    }

    @Test
    void answer_notesPinAndRuns_areShown() throws IOException {
        JobFolder job = sample.submit("ir.search", Map.of("k1", 1));
        ListedWorkspace.done(job, Map.of());
        Notes.of(job).add("for table 2", ListedWorkspace.NOW);
        job.pin().write("the paper", ListedWorkspace.NOW);
        String first = sample.run().name();
        sample.newRun("grid");
        sample.submitAgain(job, Map.of("k1", 2));

        Map<String, @Nullable Object> answer = ask(job);

        assertThat(answer).containsEntry("pinned", "the paper");
        assertThat(ListedWorkspace.list(answer, "notes").getFirst())
                .containsEntry("text", "for table 2")
                .containsEntry("at", "2026-11-28T12:00:00Z");
        assertThat(ListedWorkspace.list(answer, "runs"))
                .containsExactly(
                        Map.of("experiment", "grid", "run", sample.run().name(), "tags", Map.of("k1", 2L)),
                        Map.of("experiment", "grid", "run", first, "tags", Map.of("k1", 1L)));
        assertThat(offer(answer, "unpin")).containsEntry("possible", true);
        assertThat(offer(answer, "clean").get("reason")).asString().contains("it is pinned");
    }

    @Test
    void answer_parameters_areATreeWithTagsAndProducers() throws IOException {
        JobFolder index = sample.submit("ir.index", Map.of());
        JobFolder search = sample.submit("ir.search", Map.of());
        ListedWorkspace.begin(search);
        String file = """
                {"format": 1, "identifierFormat": 1, "value": "@task", "configurations": {
                 "index": {"type": "ir.data", "version": 1, "class": "D", "id": "%s", "producer": "%s",
                   "parameters": {"size": 3}, "tags": {"dataset": "robust04"}},
                 "task": {"type": "ir.search", "version": 1, "class": "S", "id": "%s", "tags": {"k1": 1.5},
                   "parameters": {"k1": 1.5, "index": "@index", "none": null, "all": ["@index", 1], "flat": [1, 2]}}}}
                """.formatted(index.id(), index.name(), search.id());
        Files.writeString(search.parametersFile(), file);

        List<Map<String, Object>> parameters = ListedWorkspace.list(ask(search), "parameters");

        assertThat(parameters.get(0)).isEqualTo(Map.of("name", "k1", "value", 1.5, "role", "counts", "tag", "k1"));
        assertThat(parameters.get(1))
                .containsEntry("name", "index")
                .containsEntry("tag", "dataset=robust04")
                .containsEntry("children", List.of(Map.of("name", "size", "value", 3L, "role", "counts")))
                .doesNotContainKey("value");
        assertThat(parameters.get(1).get("producer")).asString().contains("job=" + index.name());
        assertThat(parameters.get(2)).containsEntry("name", "none").containsEntry("value", null);
        assertThat(Objects.requireNonNull(parameters.get(3).get("children")))
                .asString()
                .contains("name=[0]")
                .contains("name=[1], value=1");
        assertThat(parameters.get(4)).containsEntry("value", List.of(1L, 2L));
    }

    @Test
    void answer_filesOfTheJob_areOursFirstWithoutLinks() throws IOException {
        JobFolder job = sample.submit("ir.search", Map.of());
        ListedWorkspace.done(job, Map.of());
        Files.createDirectories(job.path().resolve("out"));
        Files.write(job.path().resolve("out/a.bin"), new byte[] {1, 0, 2});
        Files.writeString(job.path().resolve("a.txt"), "text");
        Files.createSymbolicLink(job.path().resolve("link"), Path.of("a.txt"));

        Map<String, @Nullable Object> answer = ask(job);

        List<Map<String, Object>> files = ListedWorkspace.list(answer, "files");
        assertThat(files)
                .extracting(file -> file.get("path"))
                .endsWith("a.txt", "out/a.bin")
                .doesNotContain("link");
        assertThat(files.getFirst().get("path")).asString().startsWith(JobFolder.INTERNAL + "/");
        assertThat(files.getLast()).containsEntry("isText", false).containsEntry("size", 3L);
        assertThat(answer).containsEntry("moreFiles", 0);
    }

    @Test
    void answer_waitingAndUnknownJobs_sayWhy() throws IOException {
        JobFolder failed = sample.submit("ir.index", Map.of());
        JobFolder behind = sample.submit("ir.search", Map.of(), failed);
        ListedWorkspace.failed(failed, "gone");

        Map<String, @Nullable Object> answer = ask(behind);

        assertThat(answer.get("reason"))
                .asString()
                .contains("dependency failed")
                .contains(failed.name());
        assertThat(offer(answer, "pin")).containsEntry("reason", "it has no files");
        assertThatThrownBy(() ->
                        sample.ask("jobs/ir.search/" + behind.id().toString().substring(0, 8)))
                .isInstanceOfSatisfying(
                        HttpProblem.class,
                        problem -> assertThat(problem.answer()).containsEntry("near", List.of(behind.name())));
    }
}
