package org.experimaestro.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.experimaestro.disturbance.DisturbedFileSystem.disturb;

import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalInt;
import org.experimaestro.ConfigId;
import org.experimaestro.disturbance.Disturbance;
import org.experimaestro.disturbance.Operation;
import org.experimaestro.engine.job.JobSpec;
import org.experimaestro.engine.time.RunClock;
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.trial.TestBatchSystem;
import org.experimaestro.trial.TestLaunchers;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.Claim;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job's process that acts between two calls of the closer of its attempt. */
final class AttemptCloserRaceTest {
    private static final JobSpec.Listener SILENT = new JobSpec.Listener() {
        @Override
        public void statusChanged(String state) {}

        @Override
        public void warned(String text) {
            throw new AssertionError(text);
        }
    };

    @TempDir
    Path folder;

    /** A batch system may start a job all the same that it has reported as lost. */
    @Test
    void close_processBeginsAfterTheLook_goesOn() throws Exception {
        Path root = folder.resolve("workspace");
        JobFolder job = Workspace.open(root).job("trial.step", ConfigId.parse("00000000000000010000000000000001"));
        ProcessIdentity self = ProcessIdentity.current();
        Attempt attempt = ((Claim.Granted) job.claim(self, "run")).attempt();
        String log = root.resolve("batches/20261123-215617-3f2a9c11/log-0.log").toString();
        BatchJobReference batchJob = new BatchJobReference("farm", "test", "1", log, Instant.now());
        attempt.recordBatchJob(batchJob);
        Disturbance start =
                Disturbance.onceBefore(Operation.LINK, job.processFile(1)::equals, path -> attempt.begin(self, 1));
        TrackedJob watched = new TrackedJob(
                JobFolder.at(disturb(job.path(), start)),
                batchJob,
                root,
                SILENT,
                new RunBatchClients(
                        TestLaunchers.finder(TestLaunchers.definition("farm", folder.toString())),
                        getClass().getClassLoader()));
        AttemptCloser closer = new AttemptCloser(
                TestBatchSystem.create(folder.toString(), 1),
                Host.here(),
                RunClock.SYSTEM,
                new LauncherStarts(RunClock.SYSTEM));
        BatchStatus lost =
                BatchStatus.ended(BatchStatus.End.NODE_FAILURE, "NODE_FAIL", "", OptionalInt.of(1));

        assertThat(closer.close(watched, lost)).isNull();
        assertThat(job.status().state()).isEqualTo(JobState.RUNNING);
    }
}
