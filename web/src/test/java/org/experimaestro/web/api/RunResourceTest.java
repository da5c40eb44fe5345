package org.experimaestro.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.experimaestro.web.WrittenWorkspace;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.Notes;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.RunEvent;
import org.experimaestro.workspace.RunJournal;
import org.experimaestro.workspace.RunLimit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunResourceTest {
    @TempDir
    private Path folder;

    private ListedWorkspace sample;

    @BeforeEach
    void open() throws IOException {
        sample = new ListedWorkspace(folder.resolve("my work"));
    }

    @AfterEach
    void close() {
        sample.close();
    }

    private Map<String, @Nullable Object> ask() throws IOException {
        return sample.ask("runs/grid/latest");
    }

    @Test
    void answer_failuresAndJobsBehindThem_haveReasonsAndFilters() throws IOException {
        JobFolder first = sample.submit("ir.search", Map.of("k1", 1));
        JobFolder second = sample.submit("ir.search", Map.of("k1", 2));
        JobFolder behind = sample.submit("ir.evaluate", Map.of(), first);
        JobFolder last = sample.submit("ir.report", Map.of(), behind);
        ListedWorkspace.failed(first, "java.io.IOException: No space left on device 7\n\tat somewhere");
        ListedWorkspace.failed(second, "java.io.IOException: No space left on device 12\n\tat somewhere");

        Map<String, @Nullable Object> answer = ask();

        assertThat(ListedWorkspace.list(answer, "failures")).singleElement().satisfies(reason -> {
            assertThat(reason.get("count")).isEqualTo(2);
            assertThat(reason.get("kind")).isEqualTo("failed");
            assertThat((List<?>) reason.get("jobs")).hasSize(2);
            assertThat(sample.ask("jobs?run=grid/latest&q=" + encoded(reason.get("filter"))))
                    .containsEntry("selected", 2);
        });
        assertThat(ListedWorkspace.list(answer, "waiting"))
                .allSatisfy(reason -> assertThat(reason.get("kind")).isEqualTo("dependency failed"))
                .allSatisfy(reason -> assertThat(sample.ask("jobs?run=grid/latest&q=" + encoded(reason.get("filter"))))
                        .containsEntry("selected", 1))
                .hasSize(2);
        assertThat(ListedWorkspace.list(answer, "types"))
                .extracting(type -> type.get("type") + " " + type.get("counts"))
                .containsExactly("ir.search {failed=2}", "ir.evaluate {skipped=1}", "ir.report {skipped=1}");
        assertThat(answer.get("run")).asString().contains("counts={failed=2, skipped=2}");
        assertThat(answer).containsEntry("total", 4);
        assertThat(last.path()).doesNotExist();
    }

    @Test
    void answer_jobsThatWaitForDifferentDependencies_areOneReason_withShortIdentifiersAndTags() throws IOException {
        JobFolder first = sample.submit("ir.index", Map.of("part", 1));
        JobFolder second = sample.submit("ir.index", Map.of("part", 2));
        sample.submit("ir.search", Map.of("k1", 1), first);
        sample.submit("ir.search", Map.of("k1", 2), second);
        sample.submit("ir.report", Map.of(), first);
        ListedWorkspace.begin(first);
        ListedWorkspace.begin(second);

        List<Map<String, Object>> waiting = ListedWorkspace.list(ask(), "waiting");

        Map<String, Object> search = waiting.getFirst();
        assertThat(search)
                .containsEntry("type", "ir.search")
                .containsEntry("count", 2)
                .containsEntry("subject", "they depend on 2 jobs that are not done")
                .containsEntry("obstacleTotal", 2);
        assertThat((List<?>) search.get("obstacles"))
                .hasSize(2)
                .allSatisfy(job -> assertThat(job.toString()).contains("part="));
        assertThat(sample.ask("jobs?run=grid/latest&q=" + encoded(search.get("filter"))))
                .containsEntry("selected", 2);
        assertThat(sample.ask("jobs?run=grid/latest&q=" + encoded(search.get("obstacleFilter"))))
                .containsEntry("selected", 2);
        assertThat(waiting.getLast().get("subject") + " " + waiting.getLast().get("advice"))
                .contains("it depends on ir.index/" + first.id().toString().substring(0, 8) + ", which is running")
                .doesNotContain(first.id().toString());
    }

    private static String encoded(@Nullable Object filter) {
        return URLEncoder.encode(String.valueOf(filter), StandardCharsets.UTF_8);
    }

    @Test
    void answer_runWithADamagedArgument_hasNoCommandToRunItAgain() throws IOException {
        WrittenWorkspace written = new WrittenWorkspace(folder.resolve("damaged"));
        Map<String, Object> description =
                Map.of("outcome", "DONE", "ended", "2026-11-28T12:00:00Z", "file", "grid.yaml");
        Map<String, Object> damaged = new HashMap<>(description);
        damaged.put("git", Map.of("commit", "2ebe65c0f8a1", "dirty", true, "changed", 2, "untracked", 1));
        damaged.put("arguments", List.of("a\0b"));
        damaged.put("settings", Map.of("title", "BM25 on TREC", "description", "Two lines,\nand more"));
        written.run("whole", description, List.of());
        written.run("grid", damaged, List.of());

        assertThat(written.answer("runs/whole/latest").string("again")).endsWith("grid.yaml");
        assertThat(written.answer("runs/whole/latest").has("code")).isFalse();
        assertThat(written.answer("runs/whole/latest").has("title")).isFalse();
        assertThat(written.answer("runs/grid/latest").string("title")).isEqualTo("BM25 on TREC");
        assertThat(written.answer("runs/grid/latest").string("description")).isEqualTo("Two lines,\nand more");
        assertThat(written.answer("runs/grid/latest").has("again")).isFalse();
        assertThat(written.answer("runs/grid/latest").object("code").string("text"))
                .isEqualTo("commit 2ebe65c0, 3 files changed");
        assertThat(written.answer("runs/grid/latest").object("code").string("checkout"))
                .contains("runs checkout", "grid/");
    }

    @Test
    void answer_runThatGoesOn_hasRunningJobsLongestFirst() throws IOException {
        JobFolder late = sample.submit("ir.search", Map.of("k1", 1));
        JobFolder early = sample.submit("ir.search", Map.of("k1", 2));
        ListedWorkspace.begin(late);
        early.claim(ProcessIdentity.current(), "grid");
        early.write(
                Files.readString(late.parametersFile())
                        .replace(late.id().toString(), early.id().toString()),
                "");
        early.attempt(1)
                .begin(
                        ProcessIdentity.current(),
                        ListedWorkspace.NOW.minusSeconds(600).toEpochMilli());
        Files.writeString(
                early.events(1),
                "{\"time\":\"2026-11-28T11:59:00.002Z\",\"level\":0,\"progress\":0.25,\"description\":\"topic 4\"}\n");

        Map<String, @Nullable Object> answer = ask();

        assertThat(ListedWorkspace.list(answer, "running"))
                .extracting(job -> job.get("job"))
                .containsExactly(early.name(), late.name());
        assertThat(ListedWorkspace.list(answer, "running").getFirst())
                .containsEntry("progress", 0.25)
                .containsEntry("doing", "topic 4")
                .containsEntry("started", "2026-11-28T11:50:00Z")
                .containsKey("host");
        assertThat(answer).containsEntry("runningTotal", 2).containsKey("left").containsKey("process");
    }

    @Test
    void answer_typesOfARunThatGoesOn_haveTheirOwnTimeLeft() throws IOException {
        for (int i = 0; i < 3; i++) {
            JobFolder job = sample.submit("ir.index", Map.of("n", i));
            ListedWorkspace.done(job, Map.of());
        }
        JobFolder index = sample.submit("ir.index", Map.of("n", 4));
        JobFolder search = sample.submit("ir.search", Map.of(), index);
        try (RunJournal journal = sample.run().openJournal()) {
            journal.add(new RunEvent(ListedWorkspace.NOW, index.name(), "RUNNING", OptionalInt.of(1), ""));
        }

        List<Map<String, Object>> types = ListedWorkspace.list(ask(), "types");

        assertThat(types.getFirst().get("left")).asString().contains("seconds=").contains("1 job left at 1 place");
        assertThat(types.getLast().get("left"))
                .asString()
                .contains("fewer than 3 jobs of ir.search are done")
                .doesNotContain("seconds");
        assertThat(search.path()).doesNotExist();
    }

    @Test
    void answer_turnsThatHaveEnded_haveTheirCoreTime() throws IOException {
        JobFolder known = sample.submit("ir.search", Map.of("k1", 1));
        JobFolder other = sample.submit("ir.search", Map.of("k1", 2));
        ListedWorkspace.done(known, Map.of());
        RunLimit cores = new RunLimit(RunLimit.nameOf(RunLimit.CORES, "gpu"), 4, 16);
        try (RunJournal journal = sample.run().openJournal()) {
            turn(journal, known, List.of(cores), 3600);

            assertThat(ask().get("cores")).isEqualTo(Map.of("seconds", 14_400.0, "isExact", true));

            turn(journal, other, List.of(), 60);
        }
        Map<String, @Nullable Object> answer = ask();
        assertThat(answer.get("cores")).isEqualTo(Map.of("seconds", 14_460.0, "isExact", false));
        assertThat(ListedWorkspace.list(answer, "types").getFirst()).containsKey("median");
    }

    private static void turn(RunJournal journal, JobFolder job, List<RunLimit> limits, long seconds)
            throws IOException {
        journal.add(new RunEvent(
                ListedWorkspace.NOW, job.name(), "READY", OptionalInt.empty(), "", limits, "", Optional.empty()));
        journal.add(new RunEvent(ListedWorkspace.NOW, job.name(), "RUNNING", OptionalInt.of(1), ""));
        journal.add(new RunEvent(ListedWorkspace.NOW.plusSeconds(seconds), job.name(), "DONE", OptionalInt.of(1), ""));
    }

    @Test
    void answer_runThatIsOver_hasNoTimeLeftAndTheCommandsForAShell() throws IOException {
        sample.describe(ProcessIdentity.current(), "DONE");
        sample.submit("ir.search", Map.of());
        Notes.of(sample.run()).tag("paper", "icml", ListedWorkspace.NOW);
        Notes.of(sample.run()).add("for table 2", ListedWorkspace.NOW);

        Map<String, @Nullable Object> answer = ask();

        assertThat(answer).doesNotContainKey("left").containsEntry("plan", "ir.Grid, /plans/it's.yaml");
        assertThat(answer.get("command"))
                .isEqualTo("experimaestro runs show --workdir '"
                        + sample.workspace().root() + "' grid/" + sample.run().name());
        assertThat(answer.get("again")).asString().endsWith("'/plans/it'\\''s.yaml'");
        assertThat(answer.get("run")).asString().contains("outcome=done", "tags=[paper=icml], note=for table 2");
        assertThat(ListedWorkspace.list(answer, "waiting").getFirst()).containsEntry("kind", "not run");
    }

    @Test
    void answer_formerRun_hasItsUnstartedJobs() throws IOException {
        sample.submit("ir.search", Map.of());
        sample.describe(ProcessIdentity.current(), "STOPPED");
        String former = sample.run().name();
        sample.newRun("grid");

        assertThat(sample.ask("runs/grid/" + former)).containsEntry("total", 1);
        assertThat(ListedWorkspace.list(sample.ask("experiments/grid"), "runs"))
                .extracting(run -> run.get("run"))
                .containsExactly(sample.run().name(), former);
    }

    @Test
    void answer_formerRun_tellsHowItHasLeftItsJobs_whateverTheyAreNow() throws IOException {
        JobFolder done = sample.submit("ir.search", Map.of("k1", 1));
        JobFolder failed = sample.submit("ir.search", Map.of("k1", 2));
        JobFolder skipped = sample.submit("ir.evaluate", Map.of(), failed);
        ListedWorkspace.done(done, Map.of());
        ListedWorkspace.failed(failed, "java.io.IOException: No space left on device");
        try (RunJournal journal = sample.run().openJournal()) {
            journal.add(new RunEvent(
                    ListedWorkspace.NOW, failed.name(), "FAILED", OptionalInt.of(1), "java.io.IOException: No space"));
            journal.add(new RunEvent(
                    ListedWorkspace.NOW, skipped.name(), "SKIPPED", OptionalInt.empty(), "since ir.search/2 failed"));
        }
        sample.describeEnd(1, List.of(failed), List.of(skipped));
        assertThat(ask()).containsEntry("changed", 0);
        String former = sample.run().name();
        sample.newRun("grid");
        for (JobFolder job : List.of(done, failed, skipped)) {
            sample.submitAgain(job, Map.of());
        }
        failed.claim(ProcessIdentity.current(), "grid/later");
        failed.attempt(2).begin(ProcessIdentity.current(), 0);
        failed.attempt(2).done(0, Map.of(), null);
        ListedWorkspace.done(skipped, Map.of());

        Map<String, @Nullable Object> answer = sample.ask("runs/grid/" + former);

        assertThat(answer.get("run")).asString().contains("counts={done=1, failed=1, skipped=1}");
        assertThat(answer).containsEntry("changed", 2);
        assertThat(ListedWorkspace.list(answer, "types"))
                .extracting(type -> type.get("type") + " " + type.get("counts"))
                .containsExactly("ir.search {done=1, failed=1}", "ir.evaluate {skipped=1}");
        assertThat(ListedWorkspace.list(answer, "failures"))
                .singleElement()
                .satisfies(reason -> assertThat(reason)
                        .containsEntry("subject", "java.io.IOException: No space")
                        .containsEntry(
                                "advice",
                                "it is done now; the log of that attempt: experimaestro jobs log ir.search/02020202"
                                        + " --attempt 1 --workdir '"
                                        + sample.workspace().root() + "'"));
        assertThat(ListedWorkspace.list(answer, "waiting"))
                .singleElement()
                .satisfies(reason -> assertThat(reason)
                        .containsEntry("subject", "it was skipped, since ir.search/2 failed")
                        .containsEntry("advice", "it is done now"));
        assertThat(ListedWorkspace.list(sample.ask("experiments/grid"), "runs").getLast())
                .asString()
                .contains("counts={done=1, failed=1, skipped=1}");
    }

    @Test
    void answer_jobThatIsTriedAgain_waits() throws IOException {
        JobFolder failed = sample.submit("ir.search", Map.of());
        JobFolder behind = sample.submit("ir.evaluate", Map.of(), failed);
        ListedWorkspace.failed(failed, "no space");
        try (RunJournal journal = sample.run().openJournal()) {
            journal.add(new RunEvent(ListedWorkspace.NOW, failed.name(), "FAILED", OptionalInt.of(1), "no space"));
            journal.add(new RunEvent(ListedWorkspace.NOW, behind.name(), "SKIPPED", OptionalInt.empty(), ""));
            assertThat(ask().get("run")).asString().contains("counts={failed=1, skipped=1}");

            journal.add(new RunEvent(ListedWorkspace.NOW, failed.name(), "WAITING", OptionalInt.empty(), ""));
            journal.add(new RunEvent(ListedWorkspace.NOW, behind.name(), "WAITING", OptionalInt.empty(), ""));
        }
        Map<String, @Nullable Object> answer = ask();

        assertThat(answer.get("run")).asString().contains("counts={new=2}");
        assertThat(ListedWorkspace.list(answer, "failures")).isEmpty();
        assertThat(ListedWorkspace.list(answer, "waiting")).hasSize(2);
        assertThat(sample.ask("jobs?run=grid/latest&q=state%3Dfailed")).containsEntry("selected", 0);
        assertThat(ListedWorkspace.list(sample.ask("jobs/rows?run=grid/latest&q=type%3Dir.search"), "rows")
                        .getFirst()
                        .get("what"))
                .asString()
                .startsWith("waits to be tried again: ");
    }

    @Test
    void answer_jobsWithTheSameDamage_areOneReason_andNotAmongTheDoneOnes() throws IOException {
        for (int i = 0; i < 8; i++) {
            JobFolder job = sample.submit("ir.search", Map.of("k1", 1));
            ListedWorkspace.done(job, Map.of());
            if (i < 3) {
                Files.writeString(job.parametersFile(), "{broken");
            }
        }
        for (int i = 0; i < 5; i++) {
            ListedWorkspace.failed(sample.submit("ir.search", Map.of("k1", 2)), "no space");
        }

        List<Map<String, Object>> failures = ListedWorkspace.list(ask(), "failures");

        assertThat(failures).hasSize(2);
        assertThat(failures.getFirst().get("shared")).asString().contains("as none of the 5 done jobs do");
        assertThat(failures.getLast())
                .containsEntry("count", 3)
                .containsEntry("kind", "unreadable")
                .containsEntry("advice", "repair or delete this file in the folder of each");
        assertThat(failures.getLast().get("subject")).asString().startsWith(".experimaestro/");
    }

    @Test
    void answer_unknownRun_isNotFoundWithNearNames() {
        assertThatThrownBy(() -> sample.ask("runs/gird/latest")).isInstanceOfSatisfying(HttpProblem.class, problem -> {
            assertThat(problem.status()).isEqualTo(404);
            assertThat(problem.answer()).containsEntry("near", List.of("grid"));
        });
        assertThatThrownBy(() -> sample.ask("experiments/gird")).hasMessageContaining("\"gird\"");
    }
}
