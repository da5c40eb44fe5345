package org.experimaestro.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.experimaestro.runtime.JobTasks.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.experimaestro.Config;
import org.experimaestro.base.process.JobVariables;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.ProcessIdentity;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a second attempt finds in the job's folder. */
@Tag("thorough")
class RetryTest {
    private static final String FIRST = "line of attempt 1\n";
    private static final String SECOND = "line of attempt 2\n";

    @TempDir
    Path temporary;

    @Test
    void retry_taskThatAppends_startsInACleanFolder() throws Exception {
        JobProcess job = failed(config(RetryTasks.Appends.class));
        assertThat(job.file("lines.txt")).hasContent(FIRST);
        assertThat(again(job).exitCode()).isEqualTo(JobMain.DONE);
        assertThat(job.file("lines.txt")).hasContent(SECOND);
        assertThat(job.file(".experimaestro")).isDirectoryNotContaining("glob:**/before-*");
    }

    @Test
    void retry_attemptThatRuns_showsTheFilesOfTheOneBefore() throws Exception {
        JobProcess job = failed(config(JobTasks.Throws.class, "anError", false));
        Files.writeString(job.file("checkpoint"), "of attempt 1");
        assertThat(again(job).exitCode()).isEqualTo(JobMain.FAILED);
        assertThat(job.file("checkpoint")).doesNotExist();
        assertThat(job.folder().findFormerFiles())
                .hasValueSatisfying(
                        folder -> assertThat(folder.resolve("checkpoint")).hasContent("of attempt 1"));
    }

    @Test
    void retry_resumableTask_goesOnFromItsFiles() throws Exception {
        JobProcess job = failed(config(RetryTasks.AppendsOn.class));
        assertThat(again(job).exitCode()).isEqualTo(JobMain.DONE);
        assertThat(job.file("lines.txt")).hasContent(FIRST + SECOND);
    }

    @Test
    void continue_resumableTaskThatHasWritten_isNoFailureAndGoesOn() throws Exception {
        JobProcess job = job(config(RetryTasks.Continues.class, "writes", true)).start();
        assertThat(job.exitCode()).isEqualTo(JobMain.FAILED);
        assertThat(job.status().findCause()).contains(FailureCause.CONTINUED);
        assertThat(job.status().message()).isEqualTo("a half is done");
        assertThat(job.error()).doesNotContain("ContinueException");
        assertThat(again(job).exitCode()).isEqualTo(JobMain.DONE);
        assertThat(job.file("checkpoint")).hasContent("attempt 2");
    }

    @Test
    void continue_taskThatHasWrittenIntoItsSharedFolderOnly_goesOn() throws Exception {
        JobProcess job =
                job(config(RetryTasks.ContinuesShared.class, "writes", true)).start();
        assertThat(job.exitCode()).isEqualTo(JobMain.FAILED);
        assertThat(job.status().findCause()).contains(FailureCause.CONTINUED);
        assertThat(again(job).exitCode()).isEqualTo(JobMain.DONE);
        JobProcess idle = failed(config(RetryTasks.ContinuesShared.class, "writes", false));
        assertThat(idle.status().message()).contains("has changed no file in its folder or its shared folders");
    }

    @Test
    void rank_thatIsFasterThanRank0_findsItsSharedFolder() throws Exception {
        JobProcess job = job(config(RetryTasks.ContinuesShared.class, "writes", true))
                .with("SLURM_PROCID", "1")
                .start();
        assertThat(job.exitCode()).as(job::error).isEqualTo(JobMain.DONE);
    }

    @Test
    void continue_withoutProgressOrFiles_isAFailure() throws Exception {
        JobProcess idle = failed(config(RetryTasks.Continues.class, "writes", false));
        assertThat(idle.status().findCause()).contains(FailureCause.EXCEPTION);
        assertThat(idle.status().message()).contains("has changed no file in its folder");
        JobProcess clean = failed(config(RetryTasks.ContinuesInVain.class));
        assertThat(clean.status().findCause()).contains(FailureCause.EXCEPTION);
        assertThat(clean.status().message()).contains("is not Resumable");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void cancel_processThatIgnoresTheSignal_isKilledAfterTheGraceTime() throws Exception {
        JobProcess job = job(config(RetryTasks.StartsStubborn.class, "cleaningSeconds", 0))
                .with(JobVariables.GRACE, "2")
                .inSession()
                .start()
                .awaitFile(JobTasks.READY);
        ProcessHandle child = ProcessHandle.of(
                        Long.parseLong(Files.readString(job.file("child")).strip()))
                .orElseThrow();
        job.terminate().exitCode();
        assertThat(job.status().findCause()).contains(FailureCause.CANCELLED);
        assertThat(job.file("cleaned")).exists();
        child.onExit().get(60, TimeUnit.SECONDS);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void cancel_processThatEndsSoonAfterTheGraceTime_isNotKilled() throws Exception {
        JobProcess job = job(config(RetryTasks.HasSlowHook.class, "hookSeconds", 6, "waits", true))
                .with(JobVariables.GRACE, "1")
                .inSession()
                .start()
                .awaitFile(JobTasks.READY);
        job.terminate().exitCode();
        assertThat(job.status().findCause()).contains(FailureCause.CANCELLED);
        assertThat(job.file("ended")).exists();
    }

    /** The time to clean up after a request to end is none for the end of a job that is done. */
    @Test
    void done_withAShortGraceTime_hasTheTimeOfAllToEnd() throws Exception {
        JobProcess job = job(config(RetryTasks.HasSlowHook.class, "hookSeconds", 3, "waits", false))
                .with(JobVariables.GRACE, "1")
                .start();
        assertThat(job.exitCode()).as(job::error).isEqualTo(JobMain.DONE);
        assertThat(job.file("ended")).exists();
    }

    @Test
    void cancel_taskThatTakesTooLong_isCutOffAfterTheGraceTime() throws Exception {
        JobProcess job = job(config(RetryTasks.StartsStubborn.class, "cleaningSeconds", 100))
                .with(JobVariables.GRACE, "1")
                .start()
                .awaitFile(JobTasks.READY);
        long start = System.nanoTime();
        job.terminate().exitCode();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
        assertThat(job.file("cleaned")).doesNotExist();
        ProcessHandle.of(Long.parseLong(Files.readString(job.file("child")).strip()))
                .ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void retry_parametersThatCannotBeRead_leaveTheFilesWhereTheyAre() throws Exception {
        JobProcess job = failed(config(RetryTasks.Appends.class));
        Files.writeString(job.folder().parametersFile(), "{");
        assertThat(again(job).exitCode()).isEqualTo(JobMain.FAILED);
        assertThat(job.file("lines.txt")).hasContent(FIRST);
    }

    @Test
    void restart_byTheBatchSystem_startsInACleanFolder() throws Exception {
        JobProcess job = job(config(RetryTasks.Appends.class));
        job.attempt().recordBatchJob(new BatchJobReference("cluster", "slurm", "12", "", Instant.EPOCH));
        beginAndDie(job.attempt());
        Files.writeString(job.file("lines.txt"), FIRST);
        assertThat(job.with(JobVariables.RESTARTS, "1").start().exitCode())
                .as(job::error)
                .isEqualTo(JobMain.DONE);
        assertThat(job.file("lines.txt")).hasContent(SECOND);
    }

    @Test
    void begin_jobThatIsDone_keepsItsFiles() throws Exception {
        JobProcess job = failed(config(RetryTasks.Appends.class));
        JobProcess second = job.claimAgain();
        second.attempt().done(1, Map.of(), null);
        assertThat(second.start().exitCode()).isEqualTo(Attempt.SUPERSEDED_EXIT_CODE);
        assertThat(job.file("lines.txt")).hasContent(FIRST);
    }

    @Test
    void rank_ofALaterAttempt_waitsUntilTheFolderIsClear() throws Exception {
        JobProcess job = failed(config(JobTasks.Throws.class, "anError", false));
        Attempt second = job.claimAgain().attempt();
        assertThatThrownBy(() -> FolderClearance.await(job.folder(), 2, 0, 0))
                .isInstanceOf(IOException.class)
                .hasMessage("The process of rank 0 has not begun after 0 s");
        beginAndDie(second);
        second.clearFolder();
        FolderClearance.await(job.folder(), 2, 0, 0);

        Attempt third = job.folder()
                .attemptFiles()
                .claimAgain(2, 1, ProcessIdentity.current())
                .orElseThrow();
        assertThatThrownBy(() -> FolderClearance.await(job.folder(), 2, 1, 0)).isInstanceOf(IOException.class);
        third.clearFolder();
        FolderClearance.await(job.folder(), 2, 1, 0);
        assertThatThrownBy(() -> FolderClearance.await(job.folder(), 2, 2, 0)).isInstanceOf(IOException.class);
    }

    @Test
    void rank_ofAnAttemptThatFailedAtItsStart_doesNotWait() throws Exception {
        JobProcess job = failed(config(JobTasks.Throws.class, "anError", false));
        Attempt second = job.claimAgain().attempt();
        second.failed(FailureCause.DEPENDENCY, "not done", null);
        assertThatThrownBy(() -> FolderClearance.await(job.folder(), 2, 0))
                .hasMessageContaining("rank 0 has ended before the task began");
    }

    /** The batch system starts the job again before its main process has begun, which then begins as the same attempt. */
    @Test
    void rank_ofAJobThatWasRequeuedBeforeItBegan_findsItsAttempt() throws Exception {
        JobProcess job = job(config(RetryTasks.Appends.class));
        Attempt first = job.attempt();
        assertThatThrownBy(() -> FolderClearance.await(job.folder(), 1, 1, 0)).isInstanceOf(IOException.class);
        first.begin(ProcessIdentity.current(), 1, 1);
        assertThat(FolderClearance.await(job.folder(), 1, 1, 0)).isTrue();
        assertThatThrownBy(() -> FolderClearance.await(job.folder(), 1, 2, 0)).isInstanceOf(IOException.class);
    }

    @Test
    void rank_ofAJobThatIsDone_hasNoWork() throws Exception {
        JobProcess job = failed(config(RetryTasks.Appends.class));
        JobProcess second = job.claimAgain();
        second.attempt().done(1, Map.of(), null);
        assertThat(FolderClearance.await(job.folder(), 2, 0, 0)).isFalse();
    }

    private static void beginAndDie(Attempt attempt) throws IOException {
        ProcessIdentity self = ProcessIdentity.current();
        attempt.begin(new ProcessIdentity(self.host(), self.boot(), self.pid(), 1, "", ""), 1);
    }

    private JobProcess job(Config<?> task) throws IOException {
        return JobProcess.of(temporary.toRealPath(), task);
    }

    private JobProcess failed(Config<?> task) throws Exception {
        JobProcess job = job(task).start();
        assertThat(job.exitCode()).as(job::error).isEqualTo(JobMain.FAILED);
        return job;
    }

    private static JobProcess again(JobProcess job) throws Exception {
        JobProcess second = job.claimAgain().start();
        second.exitCode();
        return second;
    }
}
