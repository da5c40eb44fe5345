package org.experimaestro.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.experimaestro.ConfigId;
import org.experimaestro.engine.job.JobSpec;
import org.experimaestro.engine.time.RunClock;
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.trial.Poll;
import org.experimaestro.trial.TestBatchSystem;
import org.experimaestro.trial.TestLaunchers;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.AttemptReconciler;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.Claim;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a batch system's word, and when a job's files, decide that an attempt is over. */
@Tag("thorough")
@Timeout(120)
@EnabledOnOs(OS.LINUX)
final class AttemptCloserTest {
    private static final BatchStatus RUNNING = BatchStatus.active(BatchStatus.Phase.RUNNING, "RUNNING", "");
    private static final BatchStatus PENDING = BatchStatus.active(BatchStatus.Phase.PENDING, "PENDING", "Priority");
    private static final Duration LONG = Duration.ofHours(1);

    @TempDir
    Path folder;

    private JobFolder job;
    private Attempt attempt;
    private Path log;
    private Process process;
    private TrackedJob watched;
    private AttemptCloser closer;
    private TestBatchSystem system;
    private final RecordingListener listener = new RecordingListener();

    @BeforeEach
    void setUp() throws IOException {
        job = Workspace.open(folder.resolve("workspace"))
                .job("trial.step", ConfigId.parse("00000000000000010000000000000001"));
        attempt = ((Claim.Granted) job.claim(ProcessIdentity.current(), "run")).attempt();
        log = folder.resolve("workspace/batches/20261123-215617-3f2a9c11/log-0.log");
        Files.createDirectories(log.getParent());
        BatchJobReference batchJob = new BatchJobReference("farm", "test", "1", log.toString(), Instant.now());
        attempt.recordBatchJob(batchJob);
        watched = new TrackedJob(
                job,
                batchJob,
                folder.resolve("workspace"),
                listener,
                new RunBatchClients(
                        TestLaunchers.finder(TestLaunchers.definition("farm", folder.toString())),
                        getClass().getClassLoader()));
        system = TestBatchSystem.create(folder.toString(), 1);
        closer = new AttemptCloser(system, Host.here(), RunClock.SYSTEM, new LauncherStarts(RunClock.SYSTEM));
        process = new ProcessBuilder("cat").start();
    }

    @AfterEach
    void tearDown() {
        process.destroyForcibly();
    }

    @Test
    void settle_marker_countsMoreThanTheSystemsWord() throws Exception {
        begin();
        attempt.done(1, Map.of(), null);
        assertThat(settlementOf(ended(BatchStatus.End.NODE_FAILURE, 1)).state()).isEqualTo(JobState.DONE);
    }

    @Test
    void settle_runningOrPending_isNotOver() throws Exception {
        assertThat(closer.close(watched, BatchStatus.active(BatchStatus.Phase.PENDING, "PENDING", "Priority")))
                .isNull();
        begin();
        assertThat(closer.close(watched, RUNNING)).isNull();
        assertThat(closer.close(watched, RUNNING)).isNull();
        assertThat(closer.close(watched, BatchStatus.active(BatchStatus.Phase.SUSPENDED, "SUSPENDED", "")))
                .isNull();
        // That a job runs is said by the run itself.
        assertThat(listener.words).containsExactly("PENDING (Priority)", "", "SUSPENDED");
    }

    @Test
    void settle_endedByItself_waitsForALateMarker() throws Exception {
        begin();
        kill();
        assertThat(closer.close(watched, ended(BatchStatus.End.COMPLETED, 0))).isNull();
        attempt.done(1, Map.of(), null);
        assertThat(settlementOf(ended(BatchStatus.End.COMPLETED, 0)).state()).isEqualTo(JobState.DONE);
    }

    @Test
    void settle_endedByItself_afterItsPatience_hasVanished() throws Exception {
        begin();
        kill();
        assertThat(closer.close(watched, ended(BatchStatus.End.FAILED, 137))).isNull();
        JobStatus status = settleLater(ended(BatchStatus.End.FAILED, 137));
        assertThat(status.findCause()).contains(FailureCause.VANISHED);
        assertThat(status.message()).contains("THE_STATE");
        assertThat(job.status()).isEqualTo(status);
    }

    /** A network file system may hide a marker for a while, and one that ended with 0 has written one. */
    @Test
    void settle_endedWell_waitsLongerForItsMarker() throws Exception {
        begin();
        kill();
        assertThat(closer.close(watched, ended(BatchStatus.End.COMPLETED, 0))).isNull();
        watched.unconfirmedSinceNanos -= Duration.ofMinutes(1).toNanos();
        assertThat(closer.close(watched, ended(BatchStatus.End.COMPLETED, 0))).isNull();
        assertThat(settleLater(ended(BatchStatus.End.COMPLETED, 0)).findCause()).contains(FailureCause.VANISHED);
    }

    @Test
    void settle_endedAndThenRunsAgain_hasItsPatienceAnew() throws Exception {
        begin();
        kill();
        assertThat(closer.close(watched, ended(BatchStatus.End.FAILED, 1))).isNull();
        assertThat(watched.unconfirmedSinceNanos).isNotZero();
        assertThat(closer.close(watched, RUNNING)).isNull();
        assertThat(watched.unconfirmedSinceNanos).isZero();
    }

    @Test
    void settle_endedBeforeItsFirstWord_wasNotStarted_andSaysWhatTheLogsSay() throws Exception {
        Files.writeString(log, "slurmstepd: error: execve(): java: No such file\n\n");
        Files.writeString(attempt.standardError(), "sh: 1: java: not found\n");
        assertThat(closer.close(watched, ended(BatchStatus.End.FAILED, 127))).isNull();
        JobStatus status = settleLater(ended(BatchStatus.End.FAILED, 127));
        assertThat(status.findCause()).contains(FailureCause.NOT_STARTED);
        assertThat(status.message()).contains("THE_STATE", "java: not found", "execve(): java: No such file");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void settle_queuedJobThatSomebodyEnded_isCancelled(boolean isKnown) throws Exception {
        attempt.stop().write(FailureCause.CANCELLED);
        BatchStatus told = isKnown ? ended(BatchStatus.End.FAILED, 1) : null;
        assertThat(closer.close(watched, told)).isNull();
        assertThat(settleLater(told).findCause()).contains(FailureCause.CANCELLED);
    }

    /** As somebody else may have written it, who wants this user's file read into the workspace. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret",
                "workspace/secret",
                "workspace/batches/20261123-215617-3f2a9c11/../../../secret",
                "elsewhere/batches/20261123-215617-3f2a9c11/log-0.log",
                "workspace/batches/../batches/20261123-215617-3f2a9c11/log-0.log",
            })
    void settle_handoverWithALogElsewhere_readsNothingThere(String place) throws Exception {
        Path secret = folder.resolve(place);
        Files.createDirectories(secret.getParent());
        Files.writeString(secret, "a secret");
        BatchJobReference planted = new BatchJobReference("farm", "test", "1", secret.toString(), Instant.now());
        watched = new TrackedJob(job, planted, folder.resolve("workspace"), listener, watched.run);

        closer.close(watched, ended(BatchStatus.End.FAILED, 1));

        assertThat(settleLater(ended(BatchStatus.End.FAILED, 1)).message())
                .contains("is not where this workspace has such logs")
                .doesNotContain("a secret");
    }

    @Test
    void settle_linkInThePlaceOfTheLog_isNotFollowed() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "a secret");
        Files.createSymbolicLink(log, secret);

        closer.close(watched, ended(BatchStatus.End.FAILED, 1));

        assertThat(settleLater(ended(BatchStatus.End.FAILED, 1)).message()).doesNotContain("a secret");
    }

    @Test
    void settle_linkInThePlaceOfTheBatch_isNotFollowed() throws Exception {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("log-0.log"), "a secret");
        Files.delete(log.getParent());
        Files.createSymbolicLink(log.getParent(), elsewhere);

        closer.close(watched, ended(BatchStatus.End.FAILED, 1));

        assertThat(settleLater(ended(BatchStatus.End.FAILED, 1)).message()).doesNotContain("a secret");
    }

    @Test
    void settle_workspaceBehindALink_saysWhatTheLogSays() throws Exception {
        Files.writeString(log, "words of the log");
        Files.move(folder.resolve("workspace"), folder.resolve("bigger disk"));
        Files.createSymbolicLink(folder.resolve("workspace"), folder.resolve("bigger disk"));

        closer.close(watched, ended(BatchStatus.End.FAILED, 1));

        assertThat(settleLater(ended(BatchStatus.End.FAILED, 1)).message()).contains("words of the log");
    }

    @Test
    void settle_vanished_leavesTheTargetOfAPlantedProbe() throws Exception {
        Path target = Files.writeString(folder.resolve("target"), "mine");
        Files.createSymbolicLink(attempt.standardError().resolveSibling(".tmp-probe"), target);

        closer.close(watched, ended(BatchStatus.End.FAILED, 1));
        settleLater(ended(BatchStatus.End.FAILED, 1));

        assertThat(target).hasContent("mine");
    }

    @Test
    void settle_supersededProcess_whileTheOtherLives_isNotOver() throws Exception {
        begin();
        assertThat(closer.close(watched, ended(BatchStatus.End.FAILED, 3))).isNull();
        makeOld();
        assertThat(closer.close(watched, ended(BatchStatus.End.FAILED, 3))).isNull();
        kill();
        assertThat(closer.close(watched, ended(BatchStatus.End.FAILED, 3))).isNull();
        assertThat(settleLater(ended(BatchStatus.End.FAILED, 3)).findCause()).contains(FailureCause.VANISHED);
    }

    @ParameterizedTest
    @EnumSource
    void settle_ended_whileItsProcessLives_isNotOver_andNobodyElseCanHaveIt(BatchStatus.End end) throws Exception {
        begin();
        assertThat(closer.close(watched, ended(end, 1))).isNull();
        makeOld();
        assertThat(closer.close(watched, ended(end, 1))).isNull();
        assertThat(job.status().state()).isEqualTo(JobState.RUNNING);
        assertThat(job.claim(ProcessIdentity.current(), "other")).isInstanceOf(Claim.Refused.class);
        assertThat(listener.words)
                .contains("THE_STATE, but " + ((JobStatus.Running) job.status()).process() + " shows that it lives");
        kill();
        closer.close(watched, ended(end, 1));
        assertThat(settleLater(ended(end, 1)).state()).isEqualTo(JobState.FAILED);
    }

    @Test
    void settle_ended_processOfAnotherHost_isBelievedAsLongAsItShowsItself() throws Exception {
        attempt.begin(new ProcessIdentity("node17", "boot", 4711, 1, "", ""), 1);
        assertThat(closer.close(watched, ended(BatchStatus.End.NODE_FAILURE, 1)))
                .isNull();
        Path shown = job.path().resolve(".experimaestro").resolve("process-1.json");
        Files.setLastModifiedTime(shown, FileTime.from(Instant.now().minus(Duration.ofMinutes(2))));
        assertThat(closer.close(watched, ended(BatchStatus.End.NODE_FAILURE, 1)))
                .isNull();
        Files.setLastModifiedTime(shown, FileTime.from(Instant.now().minus(Duration.ofMinutes(4))));
        assertThat(settlementOf(ended(BatchStatus.End.NODE_FAILURE, 1)).findCause())
                .contains(FailureCause.NODE_FAILURE);
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILED", "MEMORY_LIMIT"})
    void settle_processOfAnotherHostWasSeenToEnd_isOverThoughItHasJustShownItself(BatchStatus.End end)
            throws Exception {
        attempt.begin(new ProcessIdentity("node17", "boot", 4711, 1, "", ""), 1);
        assertThat(settleLater(ended(end, 137)).state()).isEqualTo(JobState.FAILED);
    }

    @Test
    void settle_processOfAnotherHostWasNotNeeded_isNotOverWhileTheOtherShowsItself() throws Exception {
        attempt.begin(new ProcessIdentity("node17", "boot", 4711, 1, "", ""), 1);
        makeOld();
        assertThat(closer.close(watched, ended(BatchStatus.End.FAILED, Attempt.SUPERSEDED_EXIT_CODE)))
                .isNull();
    }

    @Test
    void settle_unknown_whileItsProcessLives_isNotOver() throws Exception {
        begin();
        assertThat(closer.close(watched, null)).isNull();
        makeOld();
        assertThat(closer.close(watched, null)).isNull();
        assertThat(job.status().state()).isEqualTo(JobState.RUNNING);
    }

    @Test
    void settle_unknown_processIsGone_hasVanishedAfterItsPatience() throws Exception {
        begin();
        kill();
        assertThat(closer.close(watched, null)).isNull();
        makeOld();
        JobStatus status = settlementOf(null);
        assertThat(status.findCause()).contains(FailureCause.VANISHED);
        assertThat(status.message()).contains("farm does not know the job 1 any longer");
    }

    @Test
    void settle_unknown_neverBegun_wasNotStarted_andNeverWillBe() throws Exception {
        assertThat(closer.close(watched, null)).isNull();
        makeOld();
        assertThat(settlementOf(null).findCause()).contains(FailureCause.NOT_STARTED);
        assertThat(attempt.begin(ProcessIdentity.current(), 1)).isFalse();
    }

    @Test
    void settle_cancelledByItsOwnWord_waitsForTheSystemsCause() throws Exception {
        begin();
        attempt.failed(FailureCause.CANCELLED, "asked to end", null);
        assertThat(closer.close(watched, RUNNING)).isNull();
        JobStatus status = settlementOf(ended(BatchStatus.End.PREEMPTED, 143));
        assertThat(status.findCause()).contains(FailureCause.PREEMPTED);
    }

    /** Slurm may put a job back into its queue that it has preempted, or whose node it has lost. */
    @ParameterizedTest
    @EnumSource(names = {"PREEMPTED", "NODE_FAILURE"})
    void settle_hadToGoByItsOwnWord_isOverOnlyIfTheSystemSaysSo(FailureCause cause) throws Exception {
        begin();
        kill();
        attempt.failed(cause, "asked to end", null);
        assertThat(closer.close(watched, BatchStatus.active(BatchStatus.Phase.PENDING, "PENDING", "BeginTime")))
                .isNull();

        assertThat(settlementOf(ended(BatchStatus.End.CANCELLED, 143)).findCause())
                .contains(cause);
    }

    @Test
    void settle_cancelledByItsOwnWord_systemDoesNotKnow_staysCancelled() throws Exception {
        begin();
        kill();
        attempt.failed(FailureCause.CANCELLED, "asked to end", null);
        assertThat(closer.close(watched, null)).isNull();
        makeOld();
        assertThat(settlementOf(null).findCause()).contains(FailureCause.CANCELLED);
    }

    /** The system starts the job again: its process says so first, and takes the next attempt a moment later. */
    @Test
    void settle_betweenTwoAttempts_isNotOver() throws Exception {
        begin();
        kill();
        attempt.failed(FailureCause.REQUEUED, "the batch system started the job again", null);
        assertThat(closer.close(watched, RUNNING)).isNull();

        job.attemptFiles()
                .claimAgain(1, 1, ProcessIdentity.current())
                .orElseThrow()
                .begin(ProcessIdentity.current(), 2);
        assertThat(closer.close(watched, RUNNING)).isNull();
        assertThat(job.status().lastAttempt()).hasValue(2);
    }

    @Test
    void settle_anotherHandover_isNoLongerOurs() throws Exception {
        begin();
        attempt.ended(ProcessIdentity.current(), FailureCause.NODE_FAILURE, "NODE_FAIL", null);
        Attempt next = ((Claim.Granted) job.claim(ProcessIdentity.current(), "other")).attempt();
        next.recordBatchJob(new BatchJobReference("farm", "test", "2", "", Instant.now()));
        assertThat(settlementOf(RUNNING).state()).isEqualTo(JobState.QUEUED);
        assertThat(job.status().lastAttempt()).hasValue(2);
    }

    @Test
    void giveUp_jobThatHasJustStarted_goesOn() throws Exception {
        watched.heard(PENDING);
        begin();

        assertThat(closer.giveUp(List.of(watched), "no Java")).isEmpty();

        assertThat(system.calls().cancels()).isEmpty();
        assertThat(job.status().state()).isEqualTo(JobState.RUNNING);
        kill();
        attempt.done(1, Map.of(), null);
        assertThat(job.status().state()).isEqualTo(JobState.DONE);
    }

    @Test
    void giveUp_jobThatWaits_isCancelledWhenItCanNoLongerStart() throws Exception {
        watched.heard(PENDING);
        AtomicBoolean begun = new AtomicBoolean(true);
        system.onCancel(() -> begun.set(tryToBegin()));

        assertThat(closer.giveUp(List.of(watched), "no Java")).containsOnlyKeys(watched);

        assertThat(system.calls().cancels()).hasSize(1);
        assertThat(begun).isFalse();
        assertThat(job.status().findCause()).contains(FailureCause.NOT_STARTED);
        assertThat(job.status().message()).isEqualTo("no Java");
    }

    @Test
    void giveUp_jobThatAnotherBatchJobHasNow_isLeftAlone() throws Exception {
        attempt.ended(ProcessIdentity.current(), FailureCause.NODE_FAILURE, "NODE_FAIL", null);
        Attempt next = ((Claim.Granted) job.claim(ProcessIdentity.current(), "other")).attempt();
        next.recordBatchJob(new BatchJobReference("farm", "test", "2", "", Instant.now()));

        assertThat(closer.giveUp(List.of(watched), "no Java")).isEmpty();

        assertThat(job.status().state()).isEqualTo(JobState.QUEUED);
    }

    @Test
    void settle_stuckJobThatHasJustStarted_goesOn() throws Exception {
        begin();
        assertThat(closer.close(watched, BatchStatus.stuck("PENDING", "PartitionTimeLimit")))
                .isNull();
        assertThat(system.calls().cancels()).isEmpty();
        assertThat(job.status().state()).isEqualTo(JobState.RUNNING);
    }

    @Test
    void settle_stuckJobThatWasPutBackIntoTheQueue_isCancelled() throws Exception {
        begin();
        kill();
        assertThat(settlementOf(BatchStatus.stuck("PENDING", "PartitionTimeLimit"))
                        .findCause())
                .contains(FailureCause.REFUSED);
        assertThat(system.calls().cancels()).hasSize(1);
    }

    // ---- helpers ----

    private boolean tryToBegin() {
        try {
            return attempt.begin(ProcessIdentity.current(), 1);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static BatchStatus ended(BatchStatus.End end, int exitCode) {
        return BatchStatus.ended(end, "THE_STATE", "", OptionalInt.of(exitCode));
    }

    private void begin() throws IOException {
        attempt.begin(ProcessIdentity.find(process.pid()).orElseThrow(), 1);
    }

    private void kill() {
        process.destroyForcibly();
        Poll.until("it is gone", () -> !process.isAlive());
    }

    /** As if the system had said the same for an hour. */
    private void makeOld() {
        watched.unconfirmedSinceNanos = System.nanoTime() - LONG.toNanos();
        watched.unconfirmedAttempt = AttemptReconciler.hasBegun(job.status()) ? attempt.number() : 0;
    }

    private JobStatus settleLater(@Nullable BatchStatus told) throws IOException, InterruptedException {
        makeOld();
        return settlementOf(told);
    }

    private JobStatus settlementOf(@Nullable BatchStatus told) throws IOException, InterruptedException {
        JobStatus status = closer.close(watched, told);
        if (status == null) {
            throw new AssertionError("It is not settled: " + job.status());
        }
        return status;
    }

    private static final class RecordingListener implements JobSpec.Listener {
        private final List<String> words = new CopyOnWriteArrayList<>();

        @Override
        public void statusChanged(String state) {
            words.add(state);
        }

        @Override
        public void warned(String text) {
            words.add(text);
        }
    }
}
