package org.experimaestro.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.experimaestro.ConfigId;
import org.experimaestro.cli.CommandLineRun;
import org.experimaestro.workspace.RunEvent;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.RunJournal;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsShowCommandTest {
    private static final Instant FIRST = Instant.parse("2026-11-28T12:00:00Z");

    @TempDir
    private Path place;

    @BeforeEach
    void writeRuns() throws IOException {
        write(FIRST, 0.9, "abc", List.of(1, 2), "a.learn/" + id(2));
        write(FIRST.plusSeconds(60), 1.2, "abd", List.of(2, 3), "");
    }

    private static String id(int number) {
        return String.format("%032x", number);
    }

    private void write(Instant time, double k1, String commit, List<Integer> numbers, String failed)
            throws IOException {
        RunFolder run = Workspace.open(place).experiment("grid").newRun(time);
        try (RunFolder.JobList jobs = run.openJobs()) {
            for (int number : numbers) {
                jobs.add(new RunFolder.SubmittedJob(
                        "a.learn", ConfigId.parse(id(number)), Map.of("k1", k1), List.of(), "local", time));
            }
        }
        Map<String, Object> description = new LinkedHashMap<>();
        description.put(
                "settings",
                Map.of(
                        "title",
                        "BM25 at k1=" + k1,
                        "description",
                        "Which k1\nis best?",
                        "model",
                        Map.of("k1", k1, "b", 0.4)));
        description.put("git", Map.of("commit", commit));
        description.put("failed", failed.isEmpty() ? List.of() : List.of(failed));
        description.put("ended", "2026-11-28T13:00:00.000Z");
        description.put("outcome", failed.isEmpty() ? "DONE" : "FAILED");
        run.describe(new LinkedHashMap<>(description));
    }

    private CommandLineRun run(String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--workdir";
        all[arguments.length + 1] = place.toString();
        return CommandLineRun.of(all);
    }

    @Test
    void diff_twoRuns_hasOnlyWhatDiffers() {
        String text = run("runs", "diff", "grid/20261128-120000", "grid").text();
        assertThat(text)
                .containsPattern("settings.model.k1 +0.9 +1.2")
                .containsPattern("git.commit +\"abc\" +\"abd\"")
                .containsPattern("outcome +\"FAILED\" +\"DONE\"")
                .contains("Only in grid/20261128-120000: 1 job\n  a.learn/" + id(1))
                .contains("Only in grid/20261128-120100: 1 job\n  a.learn/" + id(3))
                .containsPattern("a.learn/" + id(2) + " +\\{\"k1\":0.9} +\\{\"k1\":1.2}")
                .containsPattern("a.learn/" + id(2) + " +failed +-")
                .doesNotContain("model.b");
    }

    @Test
    void show_endedRun_hasCountsAndReasons() {
        assertThat(run("runs", "show", "grid/20261128-120000").text())
                .contains(
                        "Run grid/20261128-120000: failed",
                        "Jobs now, as it has not recorded how it left them: 2 new",
                        "its run grid/");
        assertThat(run("experiments", "show", "grid").text())
                .contains(
                        "Experiment grid, 2 runs",
                        "BM25 at k1=1.2\n  Which k1\n  is best?\n",
                        "Run grid/20261128-120100: done",
                        "Jobs of all runs: 2 new");
        assertThat(run("experiments", "show", "grid", "--json").text())
                .contains("\"jobs\":{\"new\":2}", "\"secondsLeft\":null", "\"run\":\"grid/20261128-120100\"");
    }

    @Test
    void show_runThatHasRecordedItsCounts_hasThemWhateverTheJobsAreNow() throws IOException {
        RunFolder run = Workspace.open(place).experiment("grid").newRun(FIRST.plusSeconds(120));
        try (RunFolder.JobList jobs = run.openJobs();
                RunJournal journal = run.openJournal()) {
            for (int number = 1; number <= 4; number++) {
                jobs.add(new RunFolder.SubmittedJob(
                        "a.learn", ConfigId.parse(id(number)), Map.of(), List.of(), "local", FIRST));
            }
            journal.add(new RunEvent(FIRST, "a.learn/" + id(2), "FAILED", OptionalInt.of(1), "no space left\n\tat x"));
            journal.add(new RunEvent(FIRST, "a.learn/" + id(3), "SKIPPED", OptionalInt.empty(), "since it failed"));
        }
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("jobs", 4);
        description.put("executed", 2);
        description.put("executedByAnotherRun", 0);
        description.put("doneBefore", 0);
        description.put("failed", List.of("a.learn/" + id(2)));
        description.put("skipped", List.of("a.learn/" + id(3)));
        description.put("left", List.of());
        description.put("notStarted", List.of());
        description.put("ended", "2026-11-28T13:00:00.000Z");
        description.put("outcome", "FAILED");
        run.describe(new LinkedHashMap<>(description));

        assertThat(run("runs", "show", "grid").text())
                .contains(
                        "Jobs at its end: 1 new, 2 done, 1 failed",
                        "3 jobs have another state now: experimaestro jobs list run=grid/20261128-120200",
                        "no space left\n",
                        "it is new now");
        assertThat(run("runs", "show", "grid", "--json").text())
                .contains("\"jobs\":{\"new\":1,\"done\":2,\"failed\":1}", "\"changed\":3");
        assertThat(run("runs", "list", "--columns", "run,done,failed,new", "--json")
                        .text())
                .contains("\"done\":2,\"failed\":1,\"new\":1");
    }

    @Test
    void show_unknownName_suggestsANearOne() {
        CommandLineRun wrong = run("runs", "show", "grid/20261128-120001");
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.text()).contains("There is no run \"grid/20261128-120001\"", "grid/20261128-120000");
        assertThat(run("experiments", "show", "gird").text()).contains("grid");
    }

    @Test
    void show_nameOrItsBeginning_findsTheRun() {
        String all = run("runs", "show", "grid/20261128-120000").text();

        for (String name : List.of("20261128-120000", "20261128-1200", "grid/20261128-1200")) {
            assertThat(run("runs", "show", name).text()).as(name).isEqualTo(all);
        }
        assertThat(run("runs", "show", "grid/latest").text())
                .isEqualTo(run("runs", "show", "grid").text())
                .contains("Run grid/20261128-120100");
        assertThat(run("runs", "tag", "grid/latest", "paper").text())
                .isEqualTo("grid/20261128-120100 has the tag paper\n");
        assertThat(run("runs", "show", "gird/latest").text()).contains("There is no run \"gird/latest\"");
        assertThat(run("runs", "show", "2026").text())
                .contains("2 runs may be meant by \"2026\"", "grid/20261128-120000, grid/20261128-120100");
        assertThat(run("runs", "stop", "2026").text()).contains("2 runs may be meant");
        assertThat(run("runs", "diff", "20261128-1200", "20261128-1201").exitCode())
                .isZero();
        assertThat(run("runs", "show", "gri").text()).contains("There is no run \"gri\"");
    }

    @Test
    void show_fileOfAnExperiment_isItsLastRun() throws IOException {
        Path file = Files.writeString(place.resolve("plan.yaml"), "id: grid\nplan: Plan\n");

        assertThat(run("runs", "show", file.toString()).text()).contains("Run grid/20261128-120100");
        assertThat(run("runs", "tag", file.toString(), "paper").text())
                .isEqualTo("grid/20261128-120100 has the tag paper\n");
    }

    @Test
    void tagAndNote_experiment_areOfItsLastRun_andAreRemoved() {
        String last = "grid/20261128-120100";

        assertThat(run("runs", "tag", "grid", "paper=icml").text()).isEqualTo(last + " has the tag paper=icml\n");
        assertThat(run("runs", "tag", last, "papr", "--remove").text())
                .contains("has no tag \"papr\"", "did you mean \"paper\"?");
        assertThat(run("runs", "tag", "grid", "paper", "--remove").text())
                .isEqualTo(last + " has no tag paper any more\n");
        assertThat(run("runs", "note", "grid", "a draft").exitCode()).isZero();
        assertThat(run("runs", "note", "grid", "draft", "--remove").text())
                .contains("has no note \"draft\"", "its notes are \"a draft\"");
        assertThat(run("runs", "note", "grid", "a draft", "--remove").text())
                .isEqualTo("The run " + last + " has lost the note\n");
    }
}
