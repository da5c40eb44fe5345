package org.experimaestro.cli.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.experimaestro.LaunchException;
import org.experimaestro.cli.SampleWorkspace;
import org.experimaestro.disturbance.JvmCommand;
import org.experimaestro.monitor.action.JobDump;
import org.experimaestro.workspace.JobCommand;
import org.experimaestro.workspace.JobDumps;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.ProcessIdentity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of a real JVM that has the command line of a job. */
class JobsDumpCommandTest {
    @TempDir
    Path folder;

    private SampleWorkspace sample;
    private JobFolder job;
    private @Nullable Process process;

    @BeforeEach
    void makeJob() throws IOException {
        sample = new SampleWorkspace(folder);
        job = sample.store(SampleWorkspace.learn(3, SampleWorkspace.adam(0.5), 16));
    }

    @AfterEach
    void end() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    private void start() throws IOException {
        List<String> command = JvmCommand.of("-cp", System.getProperty("java.class.path"), SleepingJvm.class.getName());
        command.addAll(JobCommand.of(job.attempt(1)));
        process = new ProcessBuilder(command)
                .directory(job.path().toFile())
                .redirectOutput(job.standardOutput(1).toFile())
                .start();
        SampleWorkspace.begin(job, ProcessIdentity.find(process.pid()).orElseThrow(), Instant.now());
        awaitOutput("ready");
    }

    private void awaitOutput(String text) throws IOException {
        while (!Files.readString(job.standardOutput(1)).contains(text)) {
            assertThat(process.isAlive()).isTrue();
            LockSupport.parkNanos(10_000_000);
        }
    }

    private SampleWorkspace.Result dump(String... options) {
        String[] all = new String[options.length + 2];
        all[0] = "dump";
        all[1] = job.id().toString();
        System.arraycopy(options, 0, all, 2, options.length);
        return sample.execute(new JobsCommand(), all);
    }

    @Test
    void dump_runningJob_hasItsThreadsThenItsHeapAndGoesOn() throws IOException {
        start();
        Path file = job.dumps().resolve("threads-1-1.txt");

        SampleWorkspace.Result threads = dump();

        assertThat(threads.exitCode()).as(threads.err()).isZero();
        assertThat(threads.out())
                .contains("\"main\"", "SleepingJvm.main(SleepingJvm.java:")
                .endsWith("Written to " + file + "\n");
        assertThat(file).content().contains("SleepingJvm.main(SleepingJvm.java:");
        dump("--threads");
        assertThat(JobDumps.of(job).list()).containsExactly(file, job.dumps().resolve("threads-1-2.txt"));

        SampleWorkspace.Result unsure = dump("--heap");
        assertThat(unsure.exitCode()).isEqualTo(2);
        assertThat(unsure.err())
                .contains("The heap takes at most about ", "iB; there is room for ", "Add --yes to dump the heap of");
        SampleWorkspace.Result heap = dump("--heap", "--yes");
        Path objects = job.dumps().resolve("heap-1-1.hprof");
        assertThat(heap.exitCode()).as(heap.err()).isZero();
        assertThat(heap.out()).startsWith("Written to " + objects + ", ");
        try (var in = Files.newInputStream(objects)) {
            assertThat(new String(in.readNBytes(12), StandardCharsets.US_ASCII)).isEqualTo("JAVA PROFILE");
        }
        assertThat(process.isAlive()).isTrue();
        assertThat(sample.execute(new JobsShowCommand(), job.id().toString()).out())
                .contains("Dump: " + objects + "\n", "Dump: " + file + "\n");
    }

    @Test
    void dump_withoutJcmd_asksTheProcessToPrintItsThreads() throws Exception {
        start();
        JobDump dump = new JobDump(job, folder);

        JobDump.Threads threads = dump.threads(dump.find());

        assertThat(threads.text()).isEqualTo(Optional.empty());
        assertThat(threads.file()).isEqualTo(job.standardOutput(1));
        awaitOutput("Full thread dump");
        awaitOutput("SleepingJvm.main(SleepingJvm.java:");
        assertThatThrownBy(() -> dump.heap(dump.find()))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("the heap is dumped by jcmd, which this Java has not")
                .hasMessageContaining("jcmd " + process.pid() + " GC.heap_dump FILE.hprof");
        assertThat(process.isAlive()).isTrue();
    }

    @Test
    void dump_jobThatRunsElsewhereOrNotAtAll_isRefused() throws IOException {
        assertThat(dump().err()).contains("Cannot dump " + job.name() + ": it is not running");
        SampleWorkspace.begin(job, new ProcessIdentity("node17", "boot", 1, 1, "", ""), Instant.now());
        assertThat(dump().err())
                .contains("Cannot dump " + job.name() + " from here: it is process 1 on node17; run this command on"
                        + " node17");
        assertThat(job.dumps()).doesNotExist();
    }
}
