package org.experimaestro.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.experimaestro.disturbance.DisturbedFileSystem.disturb;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

    private JobFolder job;
    private Attempt attempt;
    private BatchJobReference batchJob;
    private AttemptCloser closer;

    @BeforeEach
    void setUp() throws IOException {
        Path root = folder.resolve("workspace");
        job = Workspace.open(root).job("trial.step", ConfigId.parse("00000000000000010000000000000001"));
        attempt = ((Claim.Granted) job.claim(ProcessIdentity.current(), "run")).attempt();
        String log = root.resolve("batches/20261123-215617-3f2a9c11/log-0.log").toString();
        batchJob = new BatchJobReference("farm", "test", "1", log, Instant.now());
        attempt.recordBatchJob(batchJob);
        closer = new AttemptCloser(
                TestBatchSystem.create(folder.toString(), 1),
                Host.here(),
                RunClock.SYSTEM,
                new LauncherStarts(RunClock.SYSTEM));
    }

    private TrackedJob tracked(JobFolder seen) {
        return new TrackedJob(
                seen,
                batchJob,
                folder.resolve("workspace"),
                SILENT,
                new RunBatchClients(
                        TestLaunchers.finder(TestLaunchers.definition("farm", folder.toString())),
                        getClass().getClassLoader()));
    }

    /** A batch system may start a job all the same that it has reported as lost. */
    @Test
    void close_processBeginsAfterTheLook_goesOn() throws Exception {
        Disturbance start = Disturbance.onceBefore(
                Operation.LINK, job.processFile(1)::equals, path -> attempt.begin(ProcessIdentity.current(), 1));
        TrackedJob watched = tracked(JobFolder.at(disturb(job.path(), start)));
        BatchStatus lost = BatchStatus.ended(BatchStatus.End.NODE_FAILURE, "NODE_FAIL", "", OptionalInt.of(1));

        assertThat(closer.close(watched, lost)).isNull();
        assertThat(job.status().state()).isEqualTo(JobState.RUNNING);
    }

    /** A batch system may report the end of one process after it has started another one for the same job. */
    @ParameterizedTest
    @EnumSource(
            value = BatchStatus.End.class,
            names = {"FAILED", "MEMORY_LIMIT"})
    void close_processBeginsAfterTheReportOfAnEnd_goesOnUntilALaterReport(BatchStatus.End end) throws Exception {
        TrackedJob watched = tracked(job);
        BatchStatus ended = BatchStatus.ended(end, "ENDED", "", OptionalInt.of(1));
        if (end == BatchStatus.End.FAILED) {
            assertThat(closer.close(watched, ended)).isNull();
            watched.unconfirmedSinceNanos -= Duration.ofHours(1).toNanos();
        }
        attempt.begin(new ProcessIdentity("node7", "its boot", 12, 1, "", ""), 1);

        assertThat(closer.close(watched, ended)).isNull();
        assertThat(job.status().state()).isEqualTo(JobState.RUNNING);

        watched.unconfirmedSinceNanos -= Duration.ofHours(1).toNanos();
        assertThat(closer.close(watched, ended)).isNotNull();
        assertThat(job.status().state()).isEqualTo(JobState.FAILED);
    }
}
