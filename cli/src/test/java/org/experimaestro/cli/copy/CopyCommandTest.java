package org.experimaestro.cli.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.experimaestro.cli.CommandLineRun;
import org.experimaestro.cli.FakeJob;
import org.experimaestro.cli.SampleWorkspace;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.Notes;
import org.experimaestro.workspace.ProcessIdentity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code copy} between two workspaces of this machine. */
@Timeout(120)
class CopyCommandTest {
    @TempDir
    private Path folder;

    private final List<Process> processes = new ArrayList<>();
    private CopiedSample here;
    private Path to;

    @BeforeEach
    void make() throws IOException {
        here = new CopiedSample(folder.resolve("here"));
        to = folder.resolve("there");
    }

    @AfterEach
    void end() {
        processes.forEach(Process::destroyForcibly);
    }

    private CommandLineRun copy(String... words) {
        List<String> all = new ArrayList<>(List.of("copy", to.toString()));
        all.addAll(List.of(words));
        return here.command(all.toArray(String[]::new));
    }

    private static String id(JobFolder job) {
        return job.id().toString();
    }

    @Test
    void copy_all_targetHasTheSameContentAndStates() throws IOException {
        CommandLineRun told = copy();

        assertThat(told.text()).contains("Copied to " + to + ": 3 jobs, 1 run");
        assertThat(told.exitCode()).as(told.text()).isZero();
        assertThat(CopiedSample.content(to)).isEqualTo(CopiedSample.content(here.workspace.root()));
        assertThat(CopiedSample.states(to)).isEqualTo(CopiedSample.states(here.workspace.root()));
        assertThat(to.resolve("incoming")).doesNotExist();
        assertThat(Files.readSymbolicLink(CopiedSample.in(to, here.learn).path().resolve("latest")))
                .hasToString("model.bin");
        assertThat(CopiedSample.command(to, "runs", "show", "grid").text()).contains("2 done, 1 failed");
    }

    @Test
    void copy_twice_sendsNothingTheSecondTime() {
        assertThat(copy().exitCode()).isZero();

        CommandLineRun again = copy();

        assertThat(again.text()).contains("0 jobs, 0 runs (0 B); there already: ");
        assertThat(again.exitCode()).isZero();
    }

    @Test
    void copy_noteAddedLater_isAdded() {
        assertThat(copy().exitCode()).isZero();
        Notes.of(here.learn).add("another", Instant.now());

        assertThat(copy().text()).contains("0 jobs, 0 runs, 1 other file");
        assertThat(Notes.of(CopiedSample.in(to, here.learn)).list()).hasSize(2);
    }

    @Test
    void copy_job_bringsTheJobsThatItNeedsAndTheirCode() throws IOException {
        assertThat(copy(id(here.evaluate)).text()).contains("2 jobs, 0 runs, 1 jar");

        assertThat(CopiedSample.states(to)).containsOnlyKeys(here.learn.name(), here.evaluate.name());
        assertThat(to.resolve("experiments")).doesNotExist();
    }

    @Test
    void copy_withoutNeeded_leavesThemOut() {
        assertThat(copy(id(here.evaluate), "--without-needed").exitCode()).isZero();

        assertThat(CopiedSample.states(to)).containsOnlyKeys(here.evaluate.name());
    }

    @Test
    void copy_filter_copiesItsJobs() {
        assertThat(copy("state=failed").text()).contains("1 job, 0 runs");

        assertThat(CopiedSample.states(to)).containsOnlyKeys(here.failed.name());
    }

    @Test
    void copy_run_bringsItsJobs() {
        assertThat(copy("--run", "grid/latest").text()).contains("3 jobs, 1 run");
    }

    @Test
    void copy_dryRun_writesNothing() {
        CommandLineRun told = copy("--dry-run");

        assertThat(told.text()).contains(here.learn.name(), "To be copied to " + to + ": 3 jobs, 1 run");
        assertThat(to).doesNotExist();
    }

    @Test
    void copy_json_hasALineForEachPart() {
        assertThat(copy("--json").text())
                .contains("{\"kind\":\"job\",\"name\":\"" + here.learn.name() + "\",\"result\":\"copied\",\"bytes\":")
                .contains("{\"kind\":\"run\",\"name\":\"run grid/20260131-120000\",\"result\":\"copied\"");
    }

    @Test
    void copy_otherContent_isToldAndNotOverwritten() throws IOException {
        assertThat(copy().exitCode()).isZero();
        JobFolder there = CopiedSample.in(to, here.learn);
        Files.writeString(there.path().resolve("model.bin"), "y".repeat(2000));

        CommandLineRun told = copy();

        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(told.text())
                .contains("Cannot copy " + here.learn.name() + ": " + to + " has it with other content: jobs/"
                        + here.learn.name() + "/model.bin differs; it is not overwritten")
                .contains("refused: 1");
        assertThat(there.path().resolve("model.bin")).hasContent("y".repeat(2000));
    }

    @Test
    void copy_failedThere_isReplacedAndCanBeTakenBack() throws IOException {
        JobFolder there = new SampleWorkspace(to).store(SampleWorkspace.learn(3, SampleWorkspace.adam(0.1), 1));
        assertThat(there.name()).isEqualTo(here.learn.name());
        SampleWorkspace.begin(there, ProcessIdentity.current(), Instant.now())
                .failed(FailureCause.EXCEPTION, "no such word", 1);
        Files.writeString(there.path().resolve("half.bin"), "half");

        assertThat(copy(id(here.learn), "--dry-run").text()).contains("replaces a job that has failed there");
        assertThat(copy(id(here.learn)).exitCode()).isZero();

        assertThat(there.status().state()).isEqualTo(JobState.DONE);
        assertThat(there.path().resolve("half.bin")).doesNotExist();
        assertThat(CopiedSample.command(to, "trash", "list").text()).contains(there.name());
        assertThat(CopiedSample.command(to, "jobs", "clean", id(there), "--yes").exitCode())
                .isZero();
        assertThat(CopiedSample.command(to, "trash", "list").text().lines()).hasSize(3);
    }

    @Test
    void copy_doneThereFailedHere_staysAsItIs() throws IOException {
        JobFolder there = new SampleWorkspace(to).store(SampleWorkspace.learn(5, SampleWorkspace.adam(0.1), 1));
        SampleWorkspace.done(there);

        CommandLineRun told = copy(id(here.failed));

        assertThat(told.exitCode()).as(told.text()).isZero();
        assertThat(there.status().state()).isEqualTo(JobState.DONE);
    }

    @Test
    void copy_failedInAnotherWayThere_isRefused() throws IOException {
        JobFolder there = new SampleWorkspace(to).store(SampleWorkspace.learn(5, SampleWorkspace.adam(0.1), 1));
        SampleWorkspace.begin(there, ProcessIdentity.current(), Instant.now())
                .failed(FailureCause.EXIT, "another word", 1);

        CommandLineRun told = copy(id(here.failed));

        assertThat(told.text()).contains("it has failed here, and " + to + " has it with other files");
        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(there.status().message()).isEqualTo("another word");
    }

    @Test
    void copy_runningHere_isRefusedAndTheOthersAreCopied() throws IOException {
        JobFolder running = here.sample.store(SampleWorkspace.learn(7, SampleWorkspace.adam(0.1), 1));
        start(running);

        CommandLineRun told = copy();

        assertThat(told.text())
                .contains("Cannot copy " + running.name() + ": it is running")
                .contains("3 jobs, 1 run")
                .contains("refused: 1");
        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(CopiedSample.in(to, running).path()).doesNotExist();
    }

    @Test
    void copy_runningThere_isRefused() throws IOException {
        JobFolder there = new SampleWorkspace(to).store(SampleWorkspace.learn(3, SampleWorkspace.adam(0.1), 1));
        start(there);

        CommandLineRun told = copy(id(here.learn));

        assertThat(told.text()).contains("Cannot copy " + here.learn.name() + ": it is running there");
        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(there.status().state()).isEqualTo(JobState.RUNNING);
    }

    private void start(JobFolder job) throws IOException {
        Attempt attempt = job.attempt(1);
        assertThat(job.claim(ProcessIdentity.current(), "test")).isNotNull();
        Process process = FakeJob.start("sleep 60", attempt);
        processes.add(process);
        attempt.begin(
                ProcessIdentity.find(process.pid()).orElseThrow(), Instant.now().toEpochMilli());
    }

    @Test
    void copy_linkOutOfTheJobs_isRefused() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "secret");
        Files.createSymbolicLink(here.learn.path().resolve("out"), secret);

        CommandLineRun told = copy();

        assertThat(told.text())
                .contains("Cannot copy " + here.learn.name())
                .contains("out is a link to " + secret + ", which is in the folder of no job");
        assertThat(CopiedSample.states(to)).doesNotContainKey(here.learn.name());
    }

    @Test
    void copy_toItself_isRefused() {
        to = here.workspace.root();

        assertThat(copy().text()).contains("to itself");
    }

    @Test
    void copy_whileAnotherProcessCopies_isRefused() throws IOException {
        new SampleWorkspace(to);
        Process other = new ProcessBuilder("sleep", "60").start();
        processes.add(other);
        String identity = org.experimaestro.core.json.Json.write(java.util.Map.of(
                "format",
                2,
                "process",
                ProcessIdentity.find(other.pid()).orElseThrow().toJson()));
        Path claim = Files.writeString(to.resolve(".experimaestro-copy-1.json"), identity);

        assertThat(copy().text()).contains("Cannot copy into the workspace " + to, "copies into the workspace");

        other.destroyForcibly().onExit().join();
        assertThat(copy().exitCode()).isZero();
        assertThat(claim).doesNotExist();
    }

    @Test
    void orphans_interruptedCopy_listsWhatItHasLeft() throws IOException {
        assertThat(copy().exitCode()).isZero();
        Files.createDirectories(to.resolve("incoming/of-anna/jobs"));

        assertThat(CopiedSample.command(to, "orphans").text()).containsPattern("copy +of-anna");
    }

    @Test
    void copy_hostToHost_isAWrongCommandLine() {
        assertThat(CommandLineRun.of("copy", "--from", "-x:work", "other:work").exitCode())
                .isNotZero();
    }
}
