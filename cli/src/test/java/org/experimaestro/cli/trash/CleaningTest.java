package org.experimaestro.cli.trash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.experimaestro.Config;
import org.experimaestro.ConfigId;
import org.experimaestro.cli.CommandLineRun;
import org.experimaestro.cli.FakeJob;
import org.experimaestro.cli.SampleWorkspace;
import org.experimaestro.core.json.Json;
import org.experimaestro.monitor.JobResults;
import org.experimaestro.monitor.WorkspaceReader;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.Trash;
import org.experimaestro.workspace.TrashEntry;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands that clean, on a workspace with a job, one that was made from it, and one that has failed. */
@Timeout(120)
class CleaningTest {
    @TempDir
    private Path folder;

    private final List<Process> processes = new ArrayList<>();
    private SampleWorkspace sample;
    private Workspace workspace;
    private JobFolder learn;
    private JobFolder evaluate;
    private JobFolder failed;

    @BeforeEach
    void make() throws IOException {
        sample = new SampleWorkspace(folder);
        workspace = sample.workspace();
        Config<?> learning = SampleWorkspace.learn(3, SampleWorkspace.adam(0.1), 1);
        learn = sample.store(learning);
        evaluate = sample.store(sample.evaluate(learning));
        failed = sample.store(SampleWorkspace.learn(5, SampleWorkspace.adam(0.1), 1));
        SampleWorkspace.done(learn);
        SampleWorkspace.done(evaluate);
        SampleWorkspace.begin(failed, ProcessIdentity.current(), Instant.now())
                .failed(FailureCause.EXCEPTION, "no such word", 1);
        Files.writeString(learn.path().resolve("model.bin"), "x".repeat(2000));
        run("grid", "2026-01-31T12:00:00Z", true, learn, evaluate, failed);
    }

    @AfterEach
    void end() {
        processes.forEach(Process::destroyForcibly);
    }

    private RunFolder run(String experiment, String time, boolean hasEnded, JobFolder... jobs) throws IOException {
        RunFolder run = workspace.experiment(experiment).newRun(Instant.parse(time));
        try (RunFolder.JobList list = run.openJobs()) {
            for (JobFolder job : jobs) {
                List<String> dependencies = job.equals(evaluate) ? List.of(learn.name()) : List.of();
                list.add(new RunFolder.SubmittedJob(
                        job.typeId(), job.id(), Map.of(), dependencies, "local", Instant.parse(time)));
            }
        }
        run.describe(
                hasEnded
                        ? Map.of(
                                "ended",
                                time,
                                "outcome",
                                "DONE",
                                "file",
                                folder + "/a b.yaml",
                                "overrides",
                                List.of("epochs=3"),
                                "arguments",
                                List.of("--alpha"))
                        : Map.of("process", ProcessIdentity.current().toJson()));
        return run;
    }

    private CommandLineRun command(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--workdir", workspace.root().toString()));
        return CommandLineRun.of(all.toArray(String[]::new));
    }

    private static String id(JobFolder job) {
        return job.id().toString();
    }

    @Test
    void clean_withoutYes_printsThePlanAndMovesNothing() {
        CommandLineRun told = command("jobs", "clean", id(learn));

        assertThat(told.exitCode()).isEqualTo(2);
        assertThat(told.text())
                .contains(learn.name(), "KiB", evaluate.name(), "1 job, ")
                .contains("Add --yes to move 1 job to the trash: there is nobody to ask");
        assertThat(learn.status().state()).isEqualTo(JobState.DONE);
        CommandLineRun dry = command("jobs", "clean", id(learn), "--dry-run");
        assertThat(dry.exitCode()).isZero();
        assertThat(learn.path()).exists();
    }

    @Test
    void clean_olderThan_selectsAsTheFilterOfTheAge() throws IOException {
        JobFolder stored = sample.store(SampleWorkspace.learn(7, SampleWorkspace.adam(0.1), 1));

        CommandLineRun byOption = command("jobs", "clean", "--older-than", "0s", "--dry-run");
        assertThat(byOption.text())
                .contains(learn.name(), evaluate.name(), failed.name())
                .doesNotContain(stored.name());
        assertThat(byOption.text())
                .isEqualTo(command("jobs", "clean", "age>0s", "--dry-run").text());
        assertThat(command("jobs", "clean", "--older-than", "1.5h", "--dry-run").text())
                .contains("No job of");
    }

    @Test
    void clean_job_isNewAndCanBeMovedBack_andItsDependentSaysSo() {
        CommandLineRun told = command("jobs", "clean", id(learn), "--yes");

        assertThat(told.text())
                .containsPattern("In the trash now: 1 job; experimaestro trash undo \\S+ moves all back");
        assertThat(told.text())
                .containsPattern("In the trash now: 1 job; experimaestro trash undo \\S+ moves all back");
        assertThat(learn.path()).doesNotExist();
        assertThat(command("jobs", "list").text()).contains("made from deleted " + learn.name());
        JobResults dependency = WorkspaceReader.open(workspace.root())
                .job(id(evaluate))
                .dependencies()
                .getFirst();
        TrashEntry entry = new Trash(workspace).entries().getFirst();
        assertThat(dependency.state()).isEqualTo("deleted");
        assertThat(dependency.reason().orElseThrow()).contains("experimaestro trash undo " + entry.name());
        for (String looks : List.of("show", "log", "why")) {
            assertThat(command("jobs", looks, id(learn)).text())
                    .as(looks)
                    .contains("was cleaned, and is in the trash", "experimaestro trash undo " + entry.name());
        }
        assertThat(command("trash", "list").text())
                .contains(entry.name(), "jobs clean " + id(learn) + " --yes", "1: " + learn.name());
        assertThat(command("trash", "undo").text()).isEqualTo(learn.name() + " is back\n");
        assertThat(learn.status().state()).isEqualTo(JobState.DONE);
        assertThat(command("trash", "undo").exitCode()).isEqualTo(1);
    }

    @Test
    void clean_withDependentsOrFailedOrOld_movesThose() {
        assertThat(command("jobs", "clean", id(learn), "--with-dependents", "--dry-run")
                        .text())
                .contains("2 jobs, ");
        assertThat(command("jobs", "clean", "--state", "failed", "--older-than", "1h", "--yes")
                        .text())
                .contains("No job of ");
        assertThat(command("jobs", "clean", "--state", "failed", "--yes").exitCode())
                .isZero();
        assertThat(failed.path()).doesNotExist();
        assertThat(evaluate.path()).exists();
    }

    @Test
    void clean_nothingSelected_isAWrongCommandLine() {
        assertThat(command("jobs", "clean", "--yes").exitCode()).isEqualTo(2);
        assertThat(command("jobs", "clean", "--older-than", "soon").text()).contains("\"soon\" is not an age");
        assertThat(command("jobs", "clean", id(learn), "--state", "failed").exitCode())
                .isEqualTo(2);
    }

    /** A real process runs the job. */
    @Test
    void clean_runningJobAndWhatItUses_areRefused() throws Exception {
        JobFolder running = sample.store(SampleWorkspace.learn(7, SampleWorkspace.adam(0.1), 1));
        running.claim(ProcessIdentity.current(), "test");
        Process process = FakeJob.start("sleep 1000; true", running.attempt(1));
        processes.add(process);
        running.attempt(1)
                .begin(
                        ProcessIdentity.find(process.pid()).orElseThrow(),
                        Instant.now().toEpochMilli());

        CommandLineRun told = command("jobs", "clean", id(running), "--yes");

        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(told.text()).contains("Cannot clean " + running.name() + ": it is running; end it with");
        assertThat(process.isAlive()).isTrue();
        process.destroyForcibly();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(command("jobs", "clean", id(running), "--yes").exitCode()).isZero();
        assertThat(running.path()).doesNotExist();
    }

    @Test
    void clean_jobOfARunThatGoesOn_isRefused() throws Exception {
        run("grid", "2026-01-31T13:00:00Z", false, learn);

        CommandLineRun told = command("jobs", "clean", id(learn), "--yes");

        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(told.text()).contains("the run grid/20260131-130000 goes on, and has it; wait for its end");
    }

    @Test
    void clean_jobOfARunThatCannotBeSeen_isRefused_untilTheUserSaysThatItHasEnded() throws Exception {
        run("grid", "2026-01-31T13:00:00Z", false, learn)
                .describe(Map.of("process", new ProcessIdentity("elsewhere", "boot", 12, 1, "machine", "").toJson()));

        CommandLineRun told = command("jobs", "clean", id(learn), "--yes");

        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(told.text()).contains("once you know that it has ended, add --runs-have-ended");
        assertThat(command("experiments", "prune", "grid", "--keep", "0", "--yes")
                        .text())
                .contains("Cannot move the run grid/20260131-130000 to the trash", "In the trash now: 1 run");
        assertThat(command("jobs", "clean", id(learn), "--yes", "--runs-have-ended")
                        .exitCode())
                .isZero();
    }

    @Test
    void clean_pinnedJobAndWhatItWasMadeFrom_areRefused() {
        assertThat(command("jobs", "pin", id(evaluate), "--note", "table 2").text())
                .isEqualTo(evaluate.name() + " is pinned\n");

        assertThat(command("jobs", "clean", id(evaluate), "--yes").text()).contains("it is pinned; unpin it with");
        assertThat(command("jobs", "clean", id(learn), "--yes").text())
                .contains(evaluate.name() + " was made from it, and is pinned");
        assertThat(command("jobs", "unpin", id(evaluate)).exitCode()).isZero();
        assertThat(command("jobs", "clean", id(learn), "--yes").exitCode()).isZero();
    }

    @Test
    void empty_olderThan_deletesOnlyThose() {
        command("jobs", "clean", id(learn), "--yes");

        assertThat(command("trash", "empty", "--older-than", "7d", "--yes").text())
                .contains("The trash has nothing to delete");
        assertThat(command("trash", "empty", "--dry-run").text()).contains(learn.name());
        assertThat(command("trash", "empty").exitCode()).isEqualTo(2);
        assertThat(new Trash(workspace).entries()).hasSize(1);
        assertThat(command("trash", "empty", "--yes").text()).contains("Deleted: 1 entry");
        assertThat(new Trash(workspace).entries()).isEmpty();
        assertThat(command("trash", "undo").text()).containsIgnoringCase("the trash is empty");
    }

    @Test
    void empty_unusedFolders_areListedAndDeletedAlsoWithoutEntries() throws Exception {
        String folder = "computed/test.corpus/00112233445566778899aabbccddeeff/tokens";
        Path path = Files.createDirectories(workspace.root().resolve(folder));

        CommandLineRun look = command("trash", "empty", "--older-than", "7d", "--dry-run");
        assertThat(look.text()).contains(folder).doesNotContain("nothing to delete");
        assertThat(path).exists();
        Path state = Files.createDirectories(workspace.root().resolve("tokens")).resolve("state-1.json");
        Files.writeString(state, "{");
        CommandLineRun refused = command("trash", "empty", "--yes");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(path).exists();
        Files.delete(state);
        assertThat(command("trash", "empty", "--yes").text()).contains("Deleted: " + folder);
        assertThat(path).doesNotExist();
    }

    @Test
    void empty_entryWhoseDescriptionCannotBeRead_hasTheTimeOfItsName() throws Exception {
        command("jobs", "clean", id(learn), "--yes");
        command("jobs", "clean", id(failed), "--yes");
        List<TrashEntry> entries = new Trash(workspace).entries();
        Files.writeString(entries.getLast().path().resolve("entry.json"), "{\"format\": 99}");
        Path old = entries.getFirst().path();
        Files.writeString(old.resolve("entry.json"), "{");
        Files.move(old, old.resolveSibling("20250131-120000-0123abcd"));

        assertThat(command("trash", "empty", "--older-than", "7d", "--yes").text())
                .contains("Deleted: 1 entry");
        assertThat(new Trash(workspace).entries())
                .extracting(TrashEntry::name)
                .containsExactly(entries.getLast().name());
    }

    @Test
    void clean_twice_undoOfTheNamedEntryMovesThatBack() {
        String first = command("jobs", "clean", id(learn), "--yes").text();
        command("jobs", "clean", id(failed), "--yes");
        Matcher entry = Pattern.compile("experimaestro trash undo (\\S+) moves all back")
                .matcher(first);
        assertThat(entry.find()).isTrue();

        assertThat(command("trash", "undo", entry.group(1)).text()).contains(learn.name() + " is back");
        assertThat(failed.path()).doesNotExist();
    }

    @Test
    void clean_runThatCannotBeRead_refusesWhatNeedsToKnowAllRuns() throws Exception {
        Path jobs = workspace.experiment("grid").runs().getFirst().path().resolve("jobs.jsonl");
        Files.writeString(jobs, "{\n");

        CommandLineRun orphans = command("jobs", "clean", "--orphans", "--yes");
        assertThat(orphans.exitCode()).isEqualTo(1);
        assertThat(orphans.text()).contains("not all runs can be read", "jobs.jsonl");
        assertThat(command("experiments", "clean", "grid", "--yes").text()).contains("not all runs can be read");
        assertThat(List.of(learn.path(), evaluate.path(), failed.path())).allMatch(Files::exists);
        assertThat(command("jobs", "clean", id(failed), "--yes").text()).contains("Warning: ", "jobs.jsonl");
        assertThat(failed.path()).doesNotExist();
    }

    @Test
    void clean_filterAsAnArgument_selectsItsJobs() {
        assertThat(command("jobs", "clean", "state=failed", "--yes").exitCode()).isZero();
        assertThat(failed.path()).doesNotExist();
        assertThat(learn.path()).exists();
        assertThat(command("jobs", "clean", "", "--yes").exitCode()).isNotZero();
        assertThat(learn.path()).exists();
    }

    @Test
    void clean_emptyFilter_selectsNothing() {
        assertThat(command("jobs", "clean", "--filter", "", "--yes").exitCode()).isEqualTo(2);
        assertThat(learn.path()).exists();
    }

    @Test
    void experimentsClean_movesItsRunsAndItsOwnJobs() throws Exception {
        run("other", "2026-01-31T13:00:00Z", true, learn);

        CommandLineRun told = command("experiments", "clean", "grid", "--yes");

        assertThat(told.text()).contains("In the trash now: 2 jobs and 1 run");
        assertThat(learn.path()).exists();
        assertThat(evaluate.path()).doesNotExist();
        assertThat(workspace.experiment("grid").runs()).isEmpty();
        assertThat(command("trash", "undo").exitCode()).isZero();
        assertThat(workspace.experiment("grid").runs()).hasSize(1);
        assertThat(evaluate.status().state()).isEqualTo(JobState.DONE);
    }

    @Test
    void experimentsClean_anotherExperimentHasTheResultUnderAFormerName_removesTheLinkAlone() throws Exception {
        JobFolder renamed = workspace.job("a.learn", ConfigId.parse("5".repeat(32)));
        renamed.referTo(learn);
        run("after", "2026-01-31T13:00:00Z", true, renamed);

        CommandLineRun told = command("experiments", "clean", "after", "--yes");

        assertThat(told.text())
                .contains(renamed.name() + " loses only its link to " + learn.name() + ", which stays")
                .contains("In the trash now: 1 run;");
        assertThat(Files.isSymbolicLink(renamed.path())).isFalse();
        assertThat(learn.status().state()).isEqualTo(JobState.DONE);
    }

    @Test
    void experimentsPrune_keepsTheLastRuns_andNamesOrphans() throws Exception {
        run("grid", "2026-01-31T13:00:00Z", true, learn);

        CommandLineRun told = command("experiments", "prune", "grid", "--keep", "1", "--yes");

        assertThat(told.text()).contains("No other run has submitted ", failed.name(), "In the trash now: 1 run");
        assertThat(workspace.experiment("grid").runs())
                .extracting(RunFolder::name)
                .containsExactly("20260131-130000");
        assertThat(command("orphans").text()).contains("job", failed.name(), evaluate.name());
        assertThat(command("jobs", "clean", "--orphans", "--yes").exitCode()).isZero();
        assertThat(failed.path()).doesNotExist();
        assertThat(learn.path()).exists();
    }

    @Test
    void orphans_codeThatNoJobUses_isListed_andThatOfJobsInTheTrashIsNot() throws Exception {
        Files.writeString(workspace.root().resolve("classpath").resolve("old-" + "0".repeat(32) + ".jar"), "x");
        command("jobs", "clean", id(learn), id(evaluate), id(failed), "--yes");

        String told = command("orphans").text();

        assertThat(told).contains("code", "old-");
        assertThat(told.lines().filter(line -> line.startsWith("code"))).hasSize(1);
        assertThat(command("orphans", "--json").text().lines())
                .containsExactly("{\"kind\":\"code\",\"name\":\"old-" + "0".repeat(32)
                        + ".jar\",\"state\":null,\"bytes\":1,\"path\":\""
                        + workspace.root().resolve("classpath").resolve("old-" + "0".repeat(32) + ".jar") + "\"}");
    }

    @Test
    void du_countsSharedJobsOnce() throws Exception {
        run("other", "2026-01-31T13:00:00Z", true, learn);

        assertThat(command("du").text()).contains("several experiments", "total", "type", "KiB");
        Map<?, ?> json = (Map<?, ?>) Json.parse(command("du", "--json").text());
        assertThat(((Map<?, ?>) json.get("total")).get("jobs")).isEqualTo(3L);
        assertThat(((Map<?, ?>) json.get("shared")).get("jobs")).isEqualTo(1L);
        assertThat((Long) ((Map<?, ?>) json.get("shared")).get("bytes")).isGreaterThan(2000);
    }

    @Test
    void retry_withoutARunThatGoesOn_printsTheCommand() {
        CommandLineRun told = command("jobs", "retry");

        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(told.text())
                .contains("experimaestro run-experiment --workdir " + workspace.root() + " -c epochs=3 '" + folder
                        + "/a b.yaml' -- --alpha");
        assertThat(command("jobs", "retry", id(learn)).text()).contains("it has not failed");
        assertThat(command("jobs", "retry", "state=done").text()).contains("No failed job of");
        assertThat(command("jobs", "retry", "state=failed").text()).contains("experimaestro run-experiment --workdir");
    }

    @Test
    void notesAndTags_areWritten_andListed() {
        assertThat(command("jobs", "note", id(learn), "use this one").exitCode())
                .isZero();
        assertThat(command("runs", "tag", "grid/20260131-120000", "paper=icml").exitCode())
                .isZero();
        assertThat(command("runs", "note", "grid/20260131-120000", "with the wrong seed")
                        .exitCode())
                .isZero();

        assertThat(command("runs", "list").text()).contains("paper=icml", "with the wrong seed");
        assertThat(command("runs", "tag", "grid/20260131-120000", "=x").exitCode())
                .isEqualTo(2);
    }
}
