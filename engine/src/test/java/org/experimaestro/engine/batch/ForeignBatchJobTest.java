package org.experimaestro.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.LaunchException;
import org.experimaestro.disturbance.OtherUser;
import org.experimaestro.engine.job.JobSpec;
import org.experimaestro.engine.time.RunClock;
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.trial.TestLaunchers;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files of a workspace that say which job of a batch system is whose, and are not to be believed. */
final class ForeignBatchJobTest extends BatchRunFixture {
    private static final JobSpec.Listener SILENT = new JobSpec.Listener() {
        @Override
        public void statusChanged(String state) {}

        @Override
        public void warned(String text) {}
    };

    private RunBatchClients clients;

    @BeforeEach
    void open() {
        clients = new RunBatchClients(TestLaunchers.finder(launcher), getClass().getClassLoader());
        system.hold();
    }

    @AfterEach
    void close() {
        clients.close();
    }

    @Test
    void end_ownJob_isCancelled() throws Exception {
        JobFolder job = waiting("a");
        String jobId = jobId("a");

        assertThat(end(job).state()).isEqualTo(JobState.FAILED);
        assertThat(system.calls().cancels()).containsExactly(jobId);
        assertThat(job.attempt(1).stop().find())
                .as("its process finds it, whatever its task does with the signal")
                .contains(FailureCause.CANCELLED);
    }

    @Test
    void end_jobThatWasGivenWithOneOfAnotherType_isCancelled() throws Exception {
        system.arrays(10);
        Thread driver = drive((xp, settings) -> {
            xp.submit(lab.step("a"));
            xp.submit(lab.measure("b", 1));
        });
        List<String> jobIds = List.of(jobId("a"), jobId("b"));
        stop(driver);

        end(lab.job("a"));
        end(lab.job("b"));
        assertThat(system.calls().cancels()).containsExactlyElementsOf(jobIds);
        assertThat(lab.status("b").state()).isEqualTo(JobState.FAILED);
    }

    /** A colleague's job, or what a colleague has planted. */
    @Test
    void end_handoverOfAnotherUser_namesThemAndCancelsNothing() throws Exception {
        JobFolder job = waiting("a");
        Path file = otherUser().own(handed(job));
        String name = Files.getOwner(file).getName();

        assertThatThrownBy(() -> end(job))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining(job.name() + ": it belongs to " + name + ", so nothing was sent")
                .hasMessageContaining("only " + name + " can end it");
        assertThat(system.calls().cancels()).isEmpty();
    }

    /** The file is this user's, but the job id in it is that of something else that this user has there. */
    @Test
    void end_handleOfAnotherKindOfJob_isRefused() throws Exception {
        JobFolder job = waiting("a");
        leave("b", (xp, settings) -> xp.submit(lab.measure("b", 1)));
        String text = Files.readString(handed(job));
        Files.writeString(handed(job), text.replace("\"" + jobId("a") + "\"", "\"" + jobId("b") + "\""));

        assertThatThrownBy(() -> end(job))
                .isInstanceOf(LaunchException.class)
                .hasMessageMatching("(?s).* is called trial-trial\\.measure-\\w+, and not trial-trial\\.step-\\w+.*");
        assertThat(lab.status("b").state()).isEqualTo(JobState.QUEUED);
        assertThat(job.attempt(1).stop().find()).isEmpty();
    }

    @Test
    void settle_stuckJobOfAnotherUser_isLeftToThem() throws Exception {
        JobFolder job = waiting("a");
        AttemptCloser closer =
                new AttemptCloser(system, Host.here(), RunClock.SYSTEM, new LauncherStarts(RunClock.SYSTEM));
        TrackedJob watched = new TrackedJob(job, batchJob(job), workspace().root(), SILENT, clients);
        otherUser().own(handed(job));

        assertThat(closer.close(watched, BatchStatus.stuck("PENDING", "PartitionTimeLimit")))
                .isNull();
        assertThat(system.calls().cancels()).isEmpty();
        assertThat(job.status().state()).isEqualTo(JobState.QUEUED);
    }

    private static OtherUser otherUser() {
        Optional<OtherUser> other = OtherUser.find();
        assumeTrue(other.isPresent(), "only root can act as another user");
        return other.orElseThrow();
    }

    /** A job that the system holds back. */
    private JobFolder waiting(String name) throws InterruptedException {
        leave(name, (xp, settings) -> xp.submit(lab.step(name)));
        return lab.job(name);
    }

    /** Runs a plan until its job is in the batch system's queue. */
    private void leave(String name, ExperimentPlan<String> plan) throws InterruptedException {
        Thread driver = drive(plan);
        jobId(name);
        stop(driver);
    }

    private Workspace workspace() {
        return Workspace.open(lab.workspace());
    }

    private JobStatus end(JobFolder job) throws InterruptedException {
        return clients.end(workspace(), job, batchJob(job), Duration.ofSeconds(30));
    }

    private static BatchJobReference batchJob(JobFolder job) {
        return job.status().findBatchJob().orElseThrow();
    }

    private static Path handed(JobFolder job) {
        return job.path().resolve(".experimaestro/handed-1.json");
    }
}
