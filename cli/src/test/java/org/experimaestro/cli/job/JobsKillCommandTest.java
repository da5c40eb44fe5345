package org.experimaestro.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.experimaestro.cli.FakeJob;
import org.experimaestro.cli.SampleWorkspace;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.ProcessIdentity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against real processes that lead a session each, as jobs do. */
class JobsKillCommandTest {
    @TempDir
    Path folder;

    private final List<Process> processes = new ArrayList<>();
    private SampleWorkspace sample;

    @BeforeEach
    void makeWorkspace() throws IOException {
        sample = new SampleWorkspace(folder);
    }

    @AfterEach
    void endProcesses() {
        for (Process process : processes) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Test
    void kill_runningJob_endsAllThatItStarted() throws Exception {
        JobFolder job = job(3);
        Process process = start(job, "sleep 1000 & echo $!; wait");
        ProcessHandle child = child(process);
        begin(job, process);

        SampleWorkspace.Result result = sample.execute(new JobsCommand(), "kill", digits(job));

        assertThat(result.out()).startsWith(job.name() + " was cancelled: process ");
        assertThat(result.exitCode()).isZero();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        child.onExit().get(2, TimeUnit.MINUTES);
        assertThat(job.status().state()).isEqualTo(JobState.FAILED);
    }

    @Test
    void kill_force_endsWhatIgnoresSigterm() throws Exception {
        JobFolder job = job(3);
        Process process = start(job, "trap '' TERM; echo $$; while true; do sleep 1000; done");
        child(process);
        begin(job, process);

        SampleWorkspace.Result result = sample.execute(new JobsCommand(), "kill", "--force", digits(job));

        assertThat(result.out()).isEqualTo(job.name() + " was killed\n");
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void kill_tags_endsOnlyThoseThatHaveThem() throws Exception {
        JobFolder three = job(3);
        JobFolder five = job(5);
        Process first = start(three, "echo $$; sleep 1000; true");
        Process second = start(five, "echo $$; sleep 1000; true");
        begin(three, first);
        begin(five, second);

        SampleWorkspace.Result unsure = sample.execute(new JobsCommand(), "kill", "--tags", "layers=3");
        assertThat(unsure.exitCode()).as(unsure.err()).isEqualTo(2);
        assertThat(unsure.err()).contains(three.name(), "Add --yes");
        SampleWorkspace.Result result = sample.execute(new JobsCommand(), "kill", "--tags", "layers=3", "--yes");

        assertThat(result.out()).startsWith(three.name()).doesNotContain(five.name());
        assertThat(five.status().state()).isEqualTo(JobState.RUNNING);
    }

    @Test
    void kill_filter_endsOnlyThoseThatItSelects() throws Exception {
        JobFolder three = job(3);
        JobFolder five = job(5);
        begin(three, start(three, "echo $$; sleep 1000; true"));
        begin(five, start(five, "echo $$; sleep 1000; true"));

        SampleWorkspace.Result result =
                sample.execute(new JobsCommand(), "kill", "layers>4", "and", "time<1h", "--yes");

        assertThat(result.out()).as(result.err()).startsWith(five.name()).doesNotContain(three.name());
        assertThat(three.status().state()).isEqualTo(JobState.RUNNING);
    }

    @Test
    void kill_emptyWord_isNoFilterThatSelectsAll() throws Exception {
        JobFolder job = job(3);
        begin(job, start(job, "echo $$; sleep 1000; true"));

        for (String word : List.of("", " ")) {
            SampleWorkspace.Result result = sample.execute(new JobsCommand(), "kill", word, "--yes");
            assertThat(result.exitCode()).isEqualTo(1);
        }
        assertThat(job.status().state()).isEqualTo(JobState.RUNNING);
    }

    @Test
    void kill_notRunning_saysSoAndEndsTheOthers() throws Exception {
        JobFolder done = job(3);
        SampleWorkspace.done(done);
        JobFolder running = job(5);
        begin(running, start(running, "echo $$; sleep 1000; true"));

        SampleWorkspace.Result result = sample.execute(new JobsCommand(), "kill", digits(done), digits(running));

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("Cannot stop " + done.name() + ": it is not running");
        assertThat(result.out()).as(result.err()).startsWith(running.name());
    }

    @Test
    void kill_otherHost_namesTheHost() throws Exception {
        JobFolder job = job(3);
        SampleWorkspace.begin(job, new ProcessIdentity("node17", "boot", 1, 1, "", ""), Instant.now());

        SampleWorkspace.Result result = sample.execute(new JobsCommand(), "kill", digits(job));

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("process 1 on node17; run this command on node17");
    }

    @Test
    void kill_beingStarted_leavesThePlanAlone() throws Exception {
        JobFolder job = job(3);
        Process plan = start(job, "echo $$; sleep 1000; true");
        job.claim(ProcessIdentity.find(plan.pid()).orElseThrow(), "test");

        SampleWorkspace.Result result = sample.execute(new JobsCommand(), "kill", digits(job));

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("it is just being started by process " + plan.pid());
        assertThat(plan.isAlive()).isTrue();
    }

    @Test
    void kill_recycledProcessId_killsNobody() throws Exception {
        JobFolder job = job(3);
        Process other = start(job, "echo $$; sleep 1000; true");
        ProcessIdentity now = ProcessIdentity.find(other.pid()).orElseThrow();
        SampleWorkspace.begin(
                job, new ProcessIdentity(now.host(), now.boot(), now.pid(), now.start() - 1, "", ""), Instant.now());

        SampleWorkspace.Result result = sample.execute(new JobsCommand(), "kill", "--force", digits(job));

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(other.isAlive()).isTrue();
    }

    @Test
    void kill_nothingNamed_isAUsageError() {
        assertThat(sample.execute(new JobsCommand(), "kill").exitCode()).isEqualTo(2);
        assertThat(sample.execute(new JobsCommand(), "kill", "ab", "--tags", "a=b")
                        .exitCode())
                .isEqualTo(2);
        assertThat(sample.execute(new JobsCommand(), "kill", "--tags", "a=b").err())
                .contains("No job runs in " + folder + " with the tags a=b");
    }

    private JobFolder job(int layers) throws IOException {
        return sample.store(SampleWorkspace.learn(layers, SampleWorkspace.adam(0.5), 16));
    }

    /** In the job's folder, as its launcher does. */
    private Process start(JobFolder job, String script) throws IOException {
        Process process = FakeJob.start(script, job.attempt(1));
        processes.add(process);
        return process;
    }

    /** Reads the process id that the script prints: from then on it is in its own session. */
    private static ProcessHandle child(Process process) throws IOException {
        BufferedReader reader = process.inputReader();
        return ProcessHandle.of(Long.parseLong(reader.readLine())).orElseThrow();
    }

    private static void begin(JobFolder job, Process process) throws IOException {
        SampleWorkspace.begin(job, ProcessIdentity.find(process.pid()).orElseThrow(), Instant.now());
    }

    private static String digits(JobFolder job) {
        return job.id().toString().substring(0, 8);
    }
}
