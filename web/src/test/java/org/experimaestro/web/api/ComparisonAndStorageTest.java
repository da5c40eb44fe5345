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
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.experimaestro.ConfigId;
import org.experimaestro.monitor.action.CleanAction;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.ProcessIdentity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers about several jobs, about types, and about what nothing refers to. */
class ComparisonAndStorageTest {
    @TempDir
    private Path folder;

    private ListedWorkspace sample;

    @BeforeEach
    void open() throws IOException {
        sample = new ListedWorkspace(folder.resolve("work"));
    }

    @AfterEach
    void close() {
        sample.close();
    }

    @Test
    void compare_twoJobs_hasTheCauseAndOnlyWhatDiffers() throws IOException {
        JobFolder one = sample.submit("ir.search", Map.of());
        JobFolder other = sample.submit("ir.search", Map.of());
        ListedWorkspace.begin(one, Map.of("k1", 0.9, "b", 0.4, "depth", 3)).done(0, Map.of("map", 0.25), null);
        ListedWorkspace.begin(other, Map.of("k1", 1.2, "b", 0.4, "depth", 3)).done(0, Map.of("map", 0.3), null);

        Map<String, @Nullable Object> answer = sample.ask("compare?jobs=01010101,02020202&base=02020202");

        assertThat(ListedWorkspace.list(answer, "jobs"))
                .extracting(job -> job.get("job"))
                .containsExactly(other.name(), one.name());
        assertThat(answer.get("cause")).isEqualTo(Map.of("text", "k1 1.2 → 0.9", "path", List.of("k1")));
        List<Map<String, Object>> sections = ListedWorkspace.list(answer, "sections");
        assertThat(sections.getFirst())
                .isEqualTo(Map.of(
                        "name",
                        "parameters",
                        "rows",
                        List.of(Map.of("name", "k1", "values", List.of("1.2", "0.9"), "counts", true))));
        assertThat(sections).extracting(section -> section.get("name")).contains("metrics");
        assertThat(answer).containsEntry("same", 2);
        assertThat(answer.get("command"))
                .isEqualTo("experimaestro jobs diff --workdir "
                        + sample.workspace().root() + " " + other.name() + " " + one.name());
        assertThatThrownBy(() -> sample.ask("compare?jobs=01010101")).hasMessageContaining("two jobs or more");
    }

    @Test
    void path_dotsInParentheses_belongToTheType() {
        assertThat(CompareResource.path("model(tutorial.learn).epochs"))
                .containsExactly("model(tutorial.learn)", "epochs");
        assertThat(CompareResource.path("a.parts[x.y].size")).containsExactly("a", "parts[x.y]", "size");
    }

    @Test
    void types_codeOfTheWorkspace_isDescribedWithTheNumbersOfJobs() throws IOException {
        sample.submit("ir.search", Map.of());
        sample.submit("ir.old", Map.of());
        Path types = Files.createDirectories(folder.resolve("classes/META-INF/experimaestro/types"));
        Files.writeString(types.resolve("ir.model.json"), type("ir.model", "ir.Model", false, "A model.", ""));
        Files.writeString(
                types.resolve("ir.search.json"),
                type(
                        "ir.search",
                        "ir.Search",
                        true,
                        "Searches the index.\\n Then it writes a run, see trec.",
                        parameter("k1", "double", "\"1.2\"", false) + ","
                                + parameter("models", "List<Model>", "null", true)));
        sample.workspace().classPaths().snapshot(List.of(folder.resolve("classes")));

        assertThat(ListedWorkspace.list(sample.ask("types"), "types"))
                .containsExactly(
                        Map.of("type", "ir.model", "summary", "A model.", "isTask", false, "jobs", 0),
                        Map.of("type", "ir.old", "isTask", true, "jobs", 1),
                        Map.of("type", "ir.search", "summary", "Searches the index.", "isTask", true, "jobs", 1));
        Map<String, @Nullable Object> search = sample.ask("types/ir.search");
        assertThat(ListedWorkspace.list(search, "parameters"))
                .containsExactly(
                        Map.of("name", "k1", "type", "double", "role", "default", "default", "1.2"),
                        Map.of("name", "models", "type", "List<Model>", "role", "meta"));
        assertThat(search.get("command"))
                .isEqualTo(
                        "experimaestro describe --workdir " + sample.workspace().root() + " ir.search");
        assertThat(sample.ask("types/ir.model").get("usedBy")).isEqualTo(List.of("ir.search"));
        assertThatThrownBy(() -> sample.ask("types/ir.serach")).isInstanceOfSatisfying(HttpProblem.class, problem -> {
            assertThat(problem.status()).isEqualTo(404);
            assertThat(problem.answer()).containsEntry("near", List.of("ir.search"));
        });
    }

    @Test
    void types_jobWithAnotherKnownCode_areThoseOfThatCode() throws IOException {
        List<Path> former = code("former");
        List<Path> later = code("later");
        ran("1", later, 1);
        assertThat(ListedWorkspace.list(sample.ask("types"), "types").getFirst().get("summary"))
                .isEqualTo("later.");

        ran("2", former, 2);

        assertThat(ListedWorkspace.list(sample.ask("types"), "types").getFirst().get("summary"))
                .isEqualTo("former.");
    }

    private List<Path> code(String name) throws IOException {
        Path types = Files.createDirectories(folder.resolve(name + "/META-INF/experimaestro/types"));
        Files.writeString(types.resolve("ir.search.json"), type("ir.search", "ir.Search", true, name + ".", ""));
        return sample.workspace().classPaths().snapshot(List.of(folder.resolve(name)));
    }

    /** Writes a job that has run with a class path, at some second. */
    private void ran(String digit, List<Path> classPath, int second) throws IOException {
        JobFolder job = sample.workspace().job("ir.search", ConfigId.parse(digit.repeat(32)));
        ListedWorkspace.done(job, Map.of());
        Files.writeString(
                job.classPathFile(), job.path().relativize(classPath.getFirst()).toString());
        Files.setLastModifiedTime(job.classPathFile(), FileTime.from(Instant.ofEpochSecond(second)));
    }

    private static String type(String name, String className, boolean isTask, String description, String parameters) {
        return """
                {"format": 1, "type": "%s", "class": "%s", "version": 1, "task": %s, "description": "%s", "parameters": [%s]}
                """.formatted(name, className, isTask, description, parameters);
    }

    private static String parameter(String name, String type, String text, boolean isMeta) {
        return """
                {"name": "%s", "type": "%s", "required": false, "default": %s, "defaultFrom": null, "inId": false, "meta": %s,
                 "generatedPath": null, "content": false, "min": null, "max": null, "oneOf": [], "description": ""}
                """.formatted(name, type, text, isMeta);
    }

    @Test
    void orphans_jobsThatNoRunHas_areListedWithTheStrayOnes() throws IOException {
        JobFolder orphan = sample.workspace().job("ir.old", ConfigId.parse("9".repeat(32)));
        ListedWorkspace.done(orphan, Map.of());
        JobFolder stray = sample.submit("ir.search", Map.of());
        ListedWorkspace.begin(stray);
        sample.describe(ProcessIdentity.current(), "STOPPED");
        sample.newRun("grid");

        Map<String, @Nullable Object> answer = sample.ask("orphans");

        assertThat(ListedWorkspace.list(answer, "jobs"))
                .singleElement()
                .satisfies(job -> assertThat(job)
                        .containsEntry("job", orphan.name())
                        .containsEntry("state", "done")
                        .containsKeys("size", "ended"));
        assertThat(ListedWorkspace.list(answer, "strayRunning"))
                .extracting(job -> job.get("job"))
                .containsExactly(stray.name());
        assertThat(answer.get("command")).asString().startsWith("experimaestro orphans --workdir ");
    }

    @Test
    void orphans_whileARunCannotBeRead_tellWhy() throws IOException {
        sample.submit("ir.search", Map.of());
        assertThat(sample.ask("orphans")).containsEntry("problems", List.of());
        Path submissions;
        try (Stream<Path> files = Files.walk(sample.workspace().root())) {
            submissions = files.filter(file -> file.endsWith("jobs.jsonl"))
                    .findFirst()
                    .orElseThrow();
        }
        Files.writeString(submissions, "{broken\n" + Files.readString(submissions));

        assertThat(sample.ask("orphans").get("problems"))
                .asInstanceOf(InstanceOfAssertFactories.list(String.class))
                .singleElement()
                .asString()
                .contains("jobs.jsonl");
    }

    @Test
    void orphans_more_comeInWindows() throws IOException {
        for (int job = 0; job < 3; job++) {
            ListedWorkspace.done(
                    sample.workspace()
                            .job("ir.old", ConfigId.parse(Integer.toString(job).repeat(32))),
                    Map.of());
        }

        Map<String, @Nullable Object> second = sample.ask("orphans?from=1&count=1");

        assertThat(second).containsEntry("size", 3).containsEntry("from", 1);
        assertThat(ListedWorkspace.list(second, "jobs")).hasSize(1);
        assertThat(ListedWorkspace.list(sample.ask("orphans?from=3"), "jobs")).isEmpty();
        assertThatThrownBy(() -> sample.ask("orphans?count=201"))
                .hasMessageContaining("expected a number from 0 to 200");
    }

    @Test
    void trash_cleanedJobs_areEntriesWithTheNewestFirst() throws Exception {
        List<JobFolder> jobs = List.of(sample.submit("ir.search", Map.of()), sample.submit("ir.search", Map.of()));
        for (JobFolder job : jobs) {
            ListedWorkspace.done(job, Map.of());
        }
        sample.describe(ProcessIdentity.current(), "DONE");
        for (int i = 0; i < jobs.size(); i++) {
            int minutes = i;
            CleanAction clean = new CleanAction(
                    sample.workspace(),
                    WorkspaceIndex.open(sample.workspace()),
                    "jobs clean " + i,
                    () -> ListedWorkspace.NOW.plusSeconds(60L * minutes));
            clean.perform(clean.plan(List.of(jobs.get(i))), result -> {});
        }

        Map<String, @Nullable Object> answer = sample.ask("trash");

        List<Map<String, Object>> entries = ListedWorkspace.list(answer, "entries");
        assertThat(entries).extracting(entry -> entry.get("reason")).containsExactly("jobs clean 1", "jobs clean 0");
        assertThat(entries.getLast())
                .containsEntry("cleaned", "2026-11-28T12:00:00Z")
                .containsEntry("jobTotal", 1)
                .containsKey("size");
        assertThat(entries.getLast().get("jobs"))
                .isEqualTo(List.of(Map.of(
                        "job", jobs.getFirst().name(), "shortId", "01010101", "state", "done", "tags", Map.of())));
        assertThat(answer.get("command")).asString().startsWith("experimaestro trash list --workdir ");
        assertThat(answer.get("empty")).asString().startsWith("experimaestro trash empty --workdir ");
    }

    @Test
    void trash_jobThatHadFailed_hasTheStateOfBefore() throws Exception {
        JobFolder failed = sample.submit("ir.search", Map.of());
        ListedWorkspace.failed(failed, "no space");
        sample.describe(ProcessIdentity.current(), "FAILED");
        CleanAction clean = new CleanAction(
                sample.workspace(), WorkspaceIndex.open(sample.workspace()), "a test", () -> ListedWorkspace.NOW);
        clean.perform(clean.plan(List.of(failed)), result -> {});

        assertThat(ListedWorkspace.list(sample.ask("trash"), "entries")
                        .getFirst()
                        .get("jobs"))
                .asString()
                .contains("state=failed");
    }
}
