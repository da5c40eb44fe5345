package org.experimaestro.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.experimaestro.ConfigId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attempts that a batch system has: who may say that they are over, and what happens when they are started again. */
class BatchJobReferenceTest {
    private static final BatchJobReference HANDOVER =
            new BatchJobReference("cluster", "slurm", "12_3", "/logs/log-3.log", Instant.ofEpochMilli(5_000));
    private static final ProcessIdentity SELF = ProcessIdentity.current();
    /** A process of this host that has ended. */
    private static final ProcessIdentity DEAD =
            new ProcessIdentity(SELF.host(), SELF.boot(), SELF.pid(), SELF.start() - 1, "", "");

    @TempDir
    Path root;

    private JobFolder job;

    @BeforeEach
    void open() {
        job = Workspace.open(root).job("test.job", ConfigId.parse("00000000000000030000000000000004"));
    }

    @Test
    void status_attemptHandedOver_isQueuedWhoeverDies() throws IOException {
        Attempt attempt = handedOver();
        JobStatus status = job.status();
        assertThat(status.state()).isEqualTo(JobState.QUEUED);
        assertThat(status.isActive()).isTrue();
        assertThat(status.findBatchJob()).contains(HANDOVER);
        assertThat(attempt.batchJob()).contains(HANDOVER);
        assertThat(job.claim(SELF, "another run")).isEqualTo(new Claim.Refused(status));
    }

    /** Somebody who may write in two jobs' folders cannot have one of them ended in the place of the other. */
    @Test
    void status_handoverOfAnotherJob_isCorrupt() throws IOException {
        handedOver();
        JobFolder other = Workspace.open(root).job("test.job", ConfigId.parse("00000000000000050000000000000006"));
        other.claim(SELF, "test");
        Files.move(job.handoverFile(1), other.handoverFile(1));

        assertThat(other.status().state()).isEqualTo(JobState.CORRUPT);
        assertThat(other.status().message()).contains("handed-1.json: it is the handover of " + job.name());
    }

    @Test
    void handover_ofAFormerVersion_isRead() throws IOException {
        handedOver();
        String text = Files.readString(job.handoverFile(1));
        Files.writeString(job.handoverFile(1), text.replace("\"job\"", "\"other\""));

        assertThat(job.status().findBatchJob()).contains(HANDOVER);
    }

    @Test
    void status_processThatShowsNoSignOfLife_isStillRunning() throws IOException {
        handedOver().begin(DEAD, 7_000);
        JobStatus status = job.status();
        assertThat(status.state()).isEqualTo(JobState.RUNNING);
        assertThat(((JobStatus.Running) status).since()).isEqualTo(Instant.ofEpochMilli(7_000));
        assertThat(status.message()).contains("no sign of life", "only cluster can tell");
        assertThat(job.claim(SELF, "another run")).isInstanceOf(Claim.Refused.class);
    }

    @Test
    void ended_processThatNeverBegan_neverWill() throws IOException {
        Attempt attempt = handedOver();
        attempt.ended(SELF, FailureCause.REFUSED, "PENDING (PartitionTimeLimit)", null);
        JobStatus status = job.status();
        assertThat(status.state()).isEqualTo(JobState.FAILED);
        assertThat(status.findCause()).contains(FailureCause.REFUSED);
        assertThat(status.message()).isEqualTo("PENDING (PartitionTimeLimit)");
        assertThat(attempt.begin(SELF, 1)).isFalse();
        assertThat(claim().number()).isEqualTo(2);
    }

    @Test
    void refused_processThatNeverBegan_neverWill() throws IOException {
        Attempt attempt = claim();
        assertThat(attempt.refused(SELF, FailureCause.REFUSED, "no such partition"))
                .isTrue();
        assertThat(job.status().findCause()).contains(FailureCause.REFUSED);
        assertThat(job.status().message()).isEqualTo("no such partition");
        assertThat(attempt.begin(SELF, 1)).isFalse();
    }

    @Test
    void refused_attemptThatIsVoidAlready_getsItsCause() throws IOException {
        Attempt attempt = claim();
        job.attemptFiles().declareVoid(attempt.number(), SELF);
        assertThat(attempt.refused(SELF, FailureCause.REFUSED, "no such partition"))
                .isTrue();
        assertThat(job.status().message()).isEqualTo("no such partition");
    }

    @Test
    void refused_processThatHasBegunAllTheSame_runs() throws IOException {
        Attempt attempt = claim();
        attempt.begin(SELF, 1);
        assertThat(attempt.refused(SELF, FailureCause.REFUSED, "the answer of another submission"))
                .isFalse();
        assertThat(job.status().state()).isEqualTo(JobState.RUNNING);
        assertThat(job.claim(SELF, "another run")).isInstanceOf(Claim.Refused.class);
    }

    @Test
    void ended_afterCancellation_tellsTheCause() throws IOException {
        Attempt attempt = handedOver();
        attempt.begin(DEAD, 1);
        attempt.failed(FailureCause.CANCELLED, "asked to end", null);
        assertThat(job.status().findCause()).contains(FailureCause.CANCELLED);
        attempt.ended(SELF, FailureCause.TIME_LIMIT, "TIMEOUT", null);
        assertThat(job.status().findCause()).contains(FailureCause.TIME_LIMIT);
        assertThat(job.status().message()).isEqualTo("TIMEOUT");
    }

    @Test
    void ended_afterExceptionOrSuccess_changesNothing() throws IOException {
        Attempt attempt = handedOver();
        attempt.begin(DEAD, 1);
        attempt.failed(FailureCause.EXCEPTION, "thrown", null);
        attempt.ended(SELF, FailureCause.VANISHED, "FAILED", 1);
        assertThat(job.status().findCause()).contains(FailureCause.EXCEPTION);

        Attempt second = claim();
        second.recordBatchJob(HANDOVER);
        second.begin(DEAD, 1);
        second.done(1, Map.of(), null);
        second.ended(SELF, FailureCause.NODE_FAILURE, "NODE_FAIL", null);
        assertThat(job.status().state()).isEqualTo(JobState.DONE);
    }

    @Test
    void claimAgain_afterRequeue_isTheNextAttemptOfTheSameHandover() throws IOException {
        handedOver().begin(DEAD, 1);
        Attempt second = job.attemptFiles().claimAgain(1, 1, SELF).orElseThrow();
        assertThat(second.number()).isEqualTo(2);
        assertThat(second.begin(DEAD, 2)).isTrue();
        assertThat(job.status().findBatchJob()).contains(HANDOVER);
        assertThat(job.status().state()).isEqualTo(JobState.RUNNING);

        Attempt third = job.attemptFiles().claimAgain(1, 1, SELF).orElseThrow();
        assertThat(third.number()).isEqualTo(3);
        third.begin(SELF, 3);
        third.done(3, Map.of(), null);
        assertThat(job.attemptFiles().claimAgain(1, 1, SELF)).isEmpty();
    }

    @Test
    void claimAgain_jobThatAnotherRunHasTaken_isRefused() throws IOException {
        Attempt first = handedOver();
        first.begin(DEAD, 1);
        first.ended(SELF, FailureCause.NODE_FAILURE, "NODE_FAIL", null);
        Attempt second = claim();
        assertThat(job.attemptFiles().claimAgain(1, 1, SELF)).isEmpty();
        second.recordBatchJob(new BatchJobReference("cluster", "slurm", "13", "", Instant.EPOCH));
        assertThat(job.attemptFiles().claimAgain(1, 1, SELF)).isEmpty();
        assertThat(first.begin(SELF, 1)).isFalse();
    }

    @Test
    void claimAgain_hostThatDoesNotKnowTheHandover_isNotFooledByAnotherRun() throws IOException {
        Attempt first = handedOver();
        first.begin(DEAD, 1);
        first.ended(SELF, FailureCause.NODE_FAILURE, "NODE_FAIL", null);
        claim();
        Files.delete(job.handoverFile(1));
        assertThat(job.attemptFiles().claimAgain(1, 1, SELF)).isEmpty();
    }

    @Test
    void status_attemptThatContinuesAHandover_isTheBatchSystemsFromTheFirstMoment() throws IOException {
        handedOver().begin(DEAD, 1);
        Attempt second = job.attemptFiles().claimAgain(1, 1, SELF).orElseThrow();
        assertThat(job.handoverFile(2)).doesNotExist();
        assertThat(job.status().findBatchJob()).contains(HANDOVER);
        assertThat(job.status().state()).isEqualTo(JobState.QUEUED);
        assertThat(second.batchJob()).contains(HANDOVER);
    }

    private Attempt handedOver() throws IOException {
        Claim claim = job.claim(DEAD, "run");
        Attempt attempt = ((Claim.Granted) claim).attempt();
        attempt.recordBatchJob(HANDOVER);
        return attempt;
    }

    private Attempt claim() throws IOException {
        return ((Claim.Granted) job.claim(SELF, "run")).attempt();
    }
}
