package org.experimaestro.monitor.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.experimaestro.ConfigId;
import org.experimaestro.LaunchException;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobCommand;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.WorkerCommand;
import org.experimaestro.workspace.WorkerFiles;
import org.experimaestro.workspace.WorkerTask;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillActionTest {
    @TempDir
    private Path folder;

    private final List<Process> processes = new ArrayList<>();
    private final List<ActionResult> told = new ArrayList<>();
    private final List<String> ended = new ArrayList<>();
    private JobFolder job;

    @BeforeEach
    void make() throws IOException {
        job = Workspace.open(folder).job("a.learn", ConfigId.parse("0123456789abcdef0123456789abcdef"));
        job.write("{}", "");
    }

    @AfterEach
    void endProcesses() {
        processes.forEach(Process::destroyForcibly);
    }

    private KillAction kill(BatchTermination batch) {
        return new KillAction(JobStop.Signal.TERM, Duration.ofMinutes(2), batch);
    }

    private KillAction kill() {
        return kill((job, batchJob, limit) -> {
            ended.add(batchJob.toString());
            return job.status();
        });
    }

    private String refusal() throws InterruptedException {
        ActionPlan plan = kill().plan(List.of(job));
        assertThat(plan.possible()).isEmpty();
        ActionPlan.Impossible impossible = (ActionPlan.Impossible) plan.steps().get(0);
        kill().perform(plan, told::add);
        assertThat(told).containsExactly(new ActionResult.Refused(job, impossible.reason()));
        return impossible.reason().getMessage();
    }

    @Test
    void plan_jobThatWasNeverStarted_isRefused() throws Exception {
        assertThat(refusal()).isEqualTo("Cannot stop " + job.name() + ": it is not running");
    }

    @Test
    void plan_jobThatIsDone_isRefused() throws Exception {
        job.claim(ProcessIdentity.current(), "test");
        job.attempt(1).done(1, Map.of(), null);

        assertThat(refusal()).contains("it is not running");
    }

    @Test
    void plan_jobThatIsBeingStarted_isRefused() throws Exception {
        job.claim(ProcessIdentity.current(), "test");

        assertThat(refusal())
                .contains("it is just being started by process "
                        + ProcessHandle.current().pid());
    }

    @Test
    void plan_jobThatCannotBeRead_isRefused() throws Exception {
        job.claim(ProcessIdentity.current(), "test");
        Files.writeString(job.processFile(1), "{");

        assertThat(refusal()).contains(job.processFile(1).toString(), "nothing was sent");
    }

    @Test
    void plan_jobOfAnotherHost_isRefused() throws Exception {
        job.claim(ProcessIdentity.current(), "test");
        job.attempt(1)
                .begin(
                        new ProcessIdentity("elsewhere", "boot", 12, 1, "machine", ""),
                        Instant.now().toEpochMilli());

        assertThat(refusal()).contains("from here: it is process 12 on elsewhere", "run this command on elsewhere");
    }

    @Test
    void plan_processThatIsNoJob_isRefused() throws Exception {
        Process process = new ProcessBuilder("cat").start();
        processes.add(process);
        job.claim(ProcessIdentity.current(), "test");
        job.attempt(1)
                .begin(
                        ProcessIdentity.find(process.pid()).orElseThrow(),
                        Instant.now().toEpochMilli());

        assertThat(refusal()).contains("nothing was sent to it");
        assertThat(process.isAlive()).isTrue();
    }

    @Test
    void plan_runningJob_saysWhatItGets_andPerformEndsIt() throws Exception {
        Process process = start();

        ActionPlan plan = kill().plan(List.of(job));

        assertThat(plan.steps())
                .containsExactly(new ActionPlan.Possible(
                        job,
                        job.status(),
                        "gets SIGTERM: " + ProcessIdentity.find(process.pid()).orElseThrow()));
        assertThat(process.isAlive()).isTrue();
        kill().perform(plan, told::add);
        assertThat(told).hasSize(1);
        assertThat(((ActionResult.Performed) told.get(0)).status().findCause()).contains(FailureCause.CANCELLED);
        assertThat(process.waitFor()).isNotZero();
    }

    @Test
    void perform_jobThatHasEndedSinceThePlan_isRefused() throws Exception {
        start();
        ActionPlan plan = kill().plan(List.of(job));
        job.attempt(1).done(1, Map.of(), null);

        kill().perform(plan, told::add);

        assertThat(((ActionResult.Refused) told.get(0)).reason()).hasMessageContaining("it is not running");
    }

    @Test
    void perform_jobOfABatchSystem_isEndedByIt() throws Exception {
        BatchJobReference batchJob = recordBatchJob();
        ActionPlan plan = kill().plan(List.of(job));
        assertThat(plan.steps())
                .containsExactly(new ActionPlan.Possible(job, job.status(), "is ended by cluster 1234_5"));
        assertThat(ended).isEmpty();

        kill().perform(plan, told::add);

        assertThat(ended).containsExactly("cluster 1234_5");
        assertThat(told).containsExactly(new ActionResult.Unfinished(job, batchJob));
    }

    @Test
    void perform_batchSystemThatRefuses_tellsWhyAndGoesOnWithTheOthers() throws Exception {
        recordBatchJob();
        JobFolder never = Workspace.view(folder).job("a.learn", ConfigId.parse("0".repeat(32)));
        KillAction kill = kill((job, batchJob, limit) -> {
            throw LaunchException.of("Cannot end it").build();
        });

        kill.perform(kill.plan(List.of(job, never)), told::add);

        assertThat(told).extracting(ActionResult::job).containsExactly(job, never);
        assertThat(told).allMatch(ActionResult.Refused.class::isInstance);
    }

    @Test
    void perform_severalJobsOfABatchSystem_areAllToldBeforeAnEndIsWaitedFor() throws Exception {
        JobFolder other = Workspace.view(folder).job("a.learn", ConfigId.parse("1".repeat(32)));
        recordBatchJob();
        recordBatchJob(other);
        CountDownLatch allTold = new CountDownLatch(2);
        KillAction kill = kill((job, batchJob, limit) -> {
            allTold.countDown();
            if (!allTold.await(20, TimeUnit.SECONDS)) {
                throw LaunchException.of("The other job was not told").build();
            }
            return job.status();
        });

        kill.perform(kill.plan(List.of(job, other)), told::add);

        assertThat(told).extracting(ActionResult::job).containsExactly(job, other);
        assertThat(told).allMatch(ActionResult.Unfinished.class::isInstance);
    }

    private BatchJobReference recordBatchJob() throws IOException {
        return recordBatchJob(job);
    }

    private static BatchJobReference recordBatchJob(JobFolder job) throws IOException {
        job.claim(ProcessIdentity.current(), "test");
        job.attempt(1).recordBatchJob(new BatchJobReference("cluster", "slurm", "1234_5", "/log", Instant.now()));
        return ((JobStatus.Queued) job.status()).batchJob();
    }

    @Test
    void perform_taskOfAWorker_endsTheWorkerOnlyWhileItExecutesTheTask() throws Exception {
        try (WorkerFiles.PresentTask present = startWorker()) {
            present.begin(8);
            KillAction kill = kill();
            kill.perform(kill.plan(List.of(job)), told::add); // the worker has gone on, without a marker
            assertThat(processes.get(0).isAlive()).isTrue();
            assertThat(job.status().findCause()).contains(FailureCause.VANISHED);

            present.begin(7);
            told.clear();
            kill.perform(kill.plan(List.of(job)), told::add);
            processes.get(0).waitFor();
            assertThat(told).hasSize(1).allMatch(ActionResult.Performed.class::isInstance);
            assertThat(job.status().findCause()).contains(FailureCause.CANCELLED);
        }
    }

    @Test
    void perform_workerOfAnotherName_isNotEnded() throws Exception {
        try (WorkerFiles.PresentTask present = startWorker("w-2")) {
            present.begin(7);
            KillAction kill = kill();
            kill.perform(kill.plan(List.of(job)), told::add);
            assertThat(((ActionResult.Refused) told.get(0)).reason())
                    .hasMessageContaining("its command line does not say that it is the worker w-1");
            assertThat(processes.get(0).isAlive()).isTrue();
        }
    }

    @Test
    void perform_workerWhoseFileOthersCanWrite_isNotEnded() throws Exception {
        try (WorkerFiles.PresentTask present = startWorker()) {
            present.begin(7);
            Path file = WorkerFiles.of(folder, "w-1").sequenceFile();
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--rw-"));
            KillAction kill = kill();
            kill.perform(kill.plan(List.of(job)), told::add);
            assertThat(((ActionResult.Refused) told.get(0)).reason())
                    .hasMessageContaining("others can write the file " + file + ": all users of this machine");
            assertThat(processes.get(0).isAlive()).isTrue();
        }
    }

    private WorkerFiles.PresentTask startWorker() throws IOException {
        return startWorker("w-1");
    }

    /** A process with the command line of a worker, which is no JVM, and has begun the job as its task 7. */
    private WorkerFiles.PresentTask startWorker(String nameInCommand) throws IOException {
        job.claim(ProcessIdentity.current(), "test");
        List<String> command = new ArrayList<>(List.of("sh", "-c", "read line; true"));
        command.addAll(WorkerCommand.of(Path.of("/tmp/socket"), nameInCommand, folder));
        Process process = new ProcessBuilder(command).directory(folder.toFile()).start();
        processes.add(process);
        ProcessIdentity identity = ProcessIdentity.find(process.pid()).orElseThrow();
        WorkerFiles files = WorkerFiles.of(folder, "w-1");
        files.makeFolder();
        WorkerFiles.PresentTask present = files.create(identity);
        present.begin(7);
        job.attempt(1).begin(identity, new WorkerTask("w-1", 7), Instant.now().toEpochMilli());
        return present;
    }

    /** A process with the command line of the job's, which is no JVM. */
    private Process start() throws IOException {
        job.claim(ProcessIdentity.current(), "test");
        List<String> command = new ArrayList<>(List.of("sh", "-c", "read line; true"));
        command.addAll(JobCommand.of(job.attempt(1)));
        Process process =
                new ProcessBuilder(command).directory(job.path().toFile()).start();
        processes.add(process);
        job.attempt(1)
                .begin(
                        ProcessIdentity.find(process.pid()).orElseThrow(),
                        Instant.now().toEpochMilli());
        return process;
    }
}
