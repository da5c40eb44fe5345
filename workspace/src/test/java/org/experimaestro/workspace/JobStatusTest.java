package org.experimaestro.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.experimaestro.ConfigId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A job's state as its files and its process tell it. */
class JobStatusTest {
    private static final ProcessIdentity ELSEWHERE =
            new ProcessIdentity("another-host.invalid", "boot", 4711, 1, "", "");

    @TempDir
    Path root;

    private JobFolder job;

    @BeforeEach
    void open() {
        job = Workspace.open(root).job("test.job", ConfigId.parse("00000000000000030000000000000004"));
    }

    @Test
    void status_jobWithoutFolder_isNew() {
        assertThat(job.status()).isEqualTo(new JobStatus.New());
    }

    @Test
    void status_jobWithParametersOnly_isNew() throws IOException {
        job.write("{}", "");
        assertThat(job.status().state()).isEqualTo(JobState.NEW);
        assertThat(job.parametersFile()).hasContent("{}");
    }

    @ParameterizedTest
    @EnumSource(FailureCause.class)
    void isGivenUp_failure_onlyIfTheProcessNeverBegan(FailureCause cause) throws IOException {
        Attempt attempt = claim();
        assertThat(job.status().isGivenUp()).isFalse();
        attempt.failed(cause, "a reason", null);

        assertThat(job.status().isGivenUp()).isEqualTo(cause == FailureCause.NOT_STARTED);
    }

    @Test
    void isGivenUp_attemptThatBegan_isNotGivenUp() throws IOException {
        Attempt attempt = claim();
        attempt.begin(ProcessIdentity.current(), 1_000);

        attempt.giveUp(ProcessIdentity.current(), "a reason");

        assertThat(job.status().state()).isEqualTo(JobState.RUNNING);
        assertThat(job.status().isGivenUp()).isFalse();
    }

    @Test
    void status_attemptThatBegan_isRunningThenDone() throws IOException {
        Attempt attempt = claim();
        assertThat(job.status().state()).isEqualTo(JobState.STARTING);
        attempt.begin(ProcessIdentity.current(), 1_000);
        JobStatus.Running running = (JobStatus.Running) job.status();
        assertThat(running.state()).isEqualTo(JobState.RUNNING);
        assertThat(running.since()).isEqualTo(Instant.ofEpochMilli(1_000));
        assertThat(running.process()).isEqualTo(ProcessIdentity.current());
        assertThat(running.duration()).isEmpty();
        Map<String, Double> metrics = Map.of("accuracy", 0.875, "loss", Double.NaN, "rate", Double.NEGATIVE_INFINITY);
        attempt.done(1_000, metrics, null);
        JobStatus done = job.status();
        assertThat(done.state()).isEqualTo(JobState.DONE);
        assertThat(((JobStatus.Done) done).metrics()).isEqualTo(metrics);
        assertThat(done.duration()).isPresent();
    }

    @Test
    void status_doneMarkerBesideAFailure_isDone() throws IOException {
        Attempt attempt = claim();
        attempt.begin(ProcessIdentity.current(), 1);
        attempt.failed(FailureCause.VANISHED, "a rumor", null);
        assertThat(job.status().state()).isEqualTo(JobState.FAILED);
        attempt.done(1, Map.of(), null);
        assertThat(job.status().state()).isEqualTo(JobState.DONE);
    }

    @Test
    void status_failureOfAProcessThatStillRuns_isFailed() throws IOException {
        Attempt attempt = claim();
        attempt.begin(ProcessIdentity.current(), 1);
        attempt.failed(FailureCause.EXCEPTION, "thrown", 1);
        assertThat(job.status().findCause()).contains(FailureCause.EXCEPTION);
    }

    @Test
    void status_sevenAttempts_isThatOfTheLast() throws IOException {
        for (int i = 1; i <= 11; i++) {
            claim().failed(FailureCause.EXCEPTION, "attempt " + i, null);
        }
        assertThat(job.status().lastAttempt()).hasValue(11);
        assertThat(job.status().message()).isEqualTo("attempt 11");
    }

    @Test
    void status_processOfAnotherHost_livesAsLongAsItShowsItself() throws IOException {
        Attempt attempt = claim();
        attempt.begin(ELSEWHERE, 1);
        age(job.processFile(1), Duration.ofMinutes(2));
        assertThat(job.status().state()).isEqualTo(JobState.RUNNING);
        age(job.processFile(1), Duration.ofMinutes(4));
        assertThat(job.status().findCause()).contains(FailureCause.VANISHED);
        attempt.beat();
        assertThat(job.status().state()).isEqualTo(JobState.RUNNING);
    }

    @Test
    void status_claimantOfAnotherHost_livesAsLongAsItsFileIsFresh() throws IOException {
        job.claim(ELSEWHERE, "there");
        assertThat(job.status().state()).isEqualTo(JobState.STARTING);
        age(job.attemptFile(1), Duration.ofMinutes(4));
        assertThat(job.status().findCause()).contains(FailureCause.NOT_STARTED);
        assertThat(claim().number()).isEqualTo(2);
    }

    /** Its host's clock may be ahead a little; whoever may write there can set any time. */
    @ParameterizedTest
    @ValueSource(strings = {"PT4M", "PT24H", "P36500D"})
    void status_processOfAnotherHostWithATimeInTheFuture_hasVanished(Duration ahead) throws IOException {
        claim().begin(ELSEWHERE, 1);
        age(job.processFile(1), Duration.ofMinutes(-2));
        assertThat(job.status().state()).isEqualTo(JobState.RUNNING);

        age(job.processFile(1), ahead.negated());

        assertThat(job.status().findCause()).contains(FailureCause.VANISHED);
        assertThat(job.status().message())
                .contains("the time of process-1.json is in the future, ", "another-host.invalid differ");
        assertThat(claim().number()).isEqualTo(2);
    }

    @Test
    void status_claimantOfAnotherHostWithATimeInTheFuture_isGivenUp() throws IOException {
        job.claim(ELSEWHERE, "there");
        age(job.attemptFile(1), Duration.ofDays(-1));

        assertThat(job.status().findCause()).contains(FailureCause.NOT_STARTED);
        assertThat(job.status().message()).contains("the time of attempt-1.json is in the future, ");
        assertThat(claim().number()).isEqualTo(2);
    }

    @Test
    void status_processOfABatchSystemWithATimeInTheFuture_isNotSeenAlive() throws IOException {
        Attempt attempt = claim();
        attempt.recordBatchJob(new BatchJobReference("cluster", "slurm", "17", "/log", Instant.now()));
        attempt.begin(ELSEWHERE, 1);
        assertThat(job.status().isAlive()).isTrue();

        age(job.processFile(1), Duration.ofDays(-1));

        assertThat(job.status().isAlive()).isFalse();
        assertThat(job.status().message())
                .contains("no sign of life of ", "the time of process-1.json is in the future, ", "only cluster");
    }

    @Test
    void status_processIdUsedAgain_isVanished() throws IOException {
        ProcessIdentity self = ProcessIdentity.current();
        claim().begin(new ProcessIdentity(self.host(), self.boot(), self.pid(), self.start() - 1, "", ""), 1);
        assertThat(job.status().findCause()).contains(FailureCause.VANISHED);
    }

    @Test
    void status_processOfAnotherHostOfThisName_livesAsLongAsItsFileIsFresh() throws IOException {
        ProcessIdentity self = ProcessIdentity.current();
        claim().begin(new ProcessIdentity(self.host(), "another-boot", self.pid(), self.start(), "", ""), 1);

        assertThat(job.status().state()).isEqualTo(JobState.RUNNING);
        assertThat(job.claim(self, "test")).isInstanceOf(Claim.Refused.class);
        age(job.processFile(1), Duration.ofMinutes(4));
        assertThat(job.status().findCause()).contains(FailureCause.VANISHED);
    }

    @Test
    void status_claimantOfAnotherHostOfThisName_livesAsLongAsItsFileIsFresh() throws IOException {
        ProcessIdentity self = ProcessIdentity.current();
        job.claim(new ProcessIdentity(self.host(), "another-boot", self.pid(), self.start(), "", ""), "test");

        assertThat(job.claim(self, "test")).isInstanceOf(Claim.Refused.class);
        age(job.attemptFile(1), Duration.ofMinutes(4));
        assertThat(claim().number()).isEqualTo(2);
    }

    @Test
    void status_oldHeartbeatOfALocalProcess_countsForNothing() throws IOException {
        claim().begin(ProcessIdentity.current(), 1);
        age(job.processFile(1), Duration.ofDays(2));
        assertThat(job.status().state()).isEqualTo(JobState.RUNNING);
    }

    @Test
    void find_processThatWasKilledAndNotReaped_isGone() throws Exception {
        Process process = Processes.idle();
        ProcessIdentity identity = ProcessIdentity.find(process.pid()).orElseThrow();
        assertThat(identity.isAlive()).isTrue();
        Processes.kill(process);
        assertThat(identity.isAlive()).isFalse();
        assertThat(ProcessIdentity.find(process.pid())).isEmpty();
    }

    @Test
    void status_corruptDoneMarker_isCorruptAndNamesTheFile() throws IOException {
        claim().begin(ProcessIdentity.current(), 1);
        Files.writeString(job.doneMarker(), "{\"format\": 2,");
        assertCorrupt(job.doneMarker());
    }

    @Test
    void status_emptyAttemptFile_isCorruptAndNamesTheFile() throws IOException {
        claim();
        Files.writeString(job.attemptFile(1), "");
        assertCorrupt(job.attemptFile(1));
    }

    @Test
    void status_attemptFileWithoutClaimant_isCorruptAndNamesTheFile() throws IOException {
        claim();
        Files.writeString(job.attemptFile(1), "{\"format\": 2}");
        assertCorrupt(job.attemptFile(1));
    }

    @Test
    void status_processFileThatIsNoObject_isCorruptAndNamesTheFile() throws IOException {
        claim();
        Files.writeString(job.processFile(1), "[]");
        assertCorrupt(job.processFile(1));
    }

    @Test
    void status_failureOfUnknownCause_isCorruptAndNamesTheFile() throws IOException {
        claim().failed(FailureCause.EXCEPTION, "", null);
        Files.writeString(
                job.failureMarker(1),
                "{\"format\": 2, \"cause\": \"BOREDOM\", \"message\": \"\","
                        + " \"ended\": \"2026-11-23T21:56:17.339Z\"}");
        assertCorrupt(job.failureMarker(1));
        assertThat(job.status().message()).contains("BOREDOM");
    }

    @Test
    void status_metricThatIsNoNumber_isCorruptAndNamesTheFile() throws IOException {
        claim().done(1, Map.of("loss", 1.0), null);
        String marker = Files.readString(job.doneMarker());
        Files.writeString(job.doneMarker(), marker.replaceFirst("\"loss\": *1\\.0", "\"loss\": \"little\""));
        assertCorrupt(job.doneMarker());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"one", "", "0", "-1", "01", "1000001", "2147483647", "4294967297", "99999999999999999999", "1 "})
    void status_attemptFileWithAStrangeName_isCorruptAndNamesTheFile(String number) throws IOException {
        claim();
        Path strange = job.internalFolder().resolve("attempt-" + number + ".json");
        Files.writeString(strange, "{}");
        assertCorrupt(strange);
    }

    @Test
    void claim_lastAttemptThatMayBe_isRefusedInTime() throws IOException {
        claim();
        Files.copy(job.attemptFile(1), job.attemptFile(JobLayout.MOST_ATTEMPTS));
        job.attempt(JobLayout.MOST_ATTEMPTS).failed(FailureCause.EXCEPTION, "", null);

        assertThat(job.claim(ProcessIdentity.current(), "test"))
                .isInstanceOfSatisfying(
                        Claim.Refused.class,
                        refused -> assertThat(refused.status().message())
                                .contains("attempt-1000000.json", "at most 1000000 attempts"));
    }

    @ParameterizedTest
    @CsvSource({
        "attempt, 99999999999",
        "attempt, -1",
        "started, 9223372036854775807",
        "ended, -9223372036854775808",
        "ended, 1e99999999999",
        "ended, 1795470977794",
        "ended, '\"2026-13-23T21:56:17.339Z\"'",
        "started, '\"2026-11-23T21:56:17Z\"'"
    })
    void status_absurdNumber_isCorruptAndNamesTheFile(String key, String number) throws IOException {
        claim().done(1, Map.of(), null);
        String marker = Files.readString(job.doneMarker());
        assertThat(job.status().state()).isEqualTo(JobState.DONE);
        Files.writeString(
                job.doneMarker(),
                marker.replaceFirst("\"" + key + "\": (\\d+|\"[^\"]*\")", "\"" + key + "\": " + number));

        assertCorrupt(job.doneMarker());
    }

    @Test
    void failed_hugeMessage_isCutAndReadable() throws IOException {
        claim().failed(FailureCause.EXCEPTION, "x".repeat(10_000_000), null);

        assertThat(job.status().state()).isEqualTo(JobState.FAILED);
        assertThat(job.status().message()).hasSize(100_001).endsWith("x…");
    }

    @Test
    void beat_linkInThePlaceOfTheProcess_leavesItsTarget() throws IOException {
        Attempt attempt = claim();
        attempt.begin(ProcessIdentity.current(), 1);
        Path target = Files.move(job.processFile(1), root.resolve("target"));
        age(target, Duration.ofHours(1));
        FileTime before = Files.getLastModifiedTime(target);
        Files.createSymbolicLink(job.processFile(1), target);

        try {
            attempt.beat();
        } catch (IOException refused) {
            // As some file systems do: links there have no times of their own.
        }

        assertThat(Files.getLastModifiedTime(target)).isEqualTo(before);
    }

    @Test
    void beat_process_isRenewed() throws IOException {
        Attempt attempt = claim();
        attempt.begin(ProcessIdentity.current(), 1);
        age(job.processFile(1), Duration.ofHours(1));

        attempt.beat();

        assertThat(Files.getLastModifiedTime(job.processFile(1)).toInstant())
                .isAfter(Instant.now().minus(Duration.ofMinutes(30)));
    }

    @Test
    void status_linkInThePlaceOfOurFolder_isCorruptAndNamesIt() throws IOException {
        claim().done(1, Map.of(), null);
        Path elsewhere = Files.move(job.internalFolder(), root.resolve("elsewhere"));
        Files.createSymbolicLink(job.internalFolder(), elsewhere);

        assertCorrupt(job.internalFolder());
        assertThat(job.status().message()).contains("a symbolic link is in the place of a folder");
    }

    @Test
    void claim_folderBehindTheUsersOwnLinks_isGranted() throws IOException {
        Path bigger = Files.createDirectories(root.resolve("bigger disk"));
        Files.createDirectories(job.path().getParent());
        Files.createSymbolicLink(job.path(), bigger);

        claim().done(1, Map.of(), null);

        assertThat(job.status().state()).isEqualTo(JobState.DONE);
        assertThat(bigger.resolve(JobFolder.INTERNAL)).isDirectory();
    }

    @Test
    void status_corruptJob_doesNotHideTheOthers() throws IOException {
        claim();
        Files.writeString(job.attemptFile(1), "garbage");
        JobFolder other = Workspace.view(root).job("test.job", ConfigId.parse("00000000000000050000000000000006"));
        ((Claim.Granted) other.claim(ProcessIdentity.current(), "test"))
                .attempt()
                .done(1, Map.of(), null);
        assertThat(Workspace.view(root).jobs())
                .extracting(JobFolder::name, folder -> folder.status().state())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(job.name(), JobState.CORRUPT),
                        org.assertj.core.groups.Tuple.tuple(other.name(), JobState.DONE));
    }

    private void assertCorrupt(Path file) throws IOException {
        JobStatus status = job.status();
        assertThat(status.state()).isEqualTo(JobState.CORRUPT);
        assertThat(status.message()).contains(file.toString());
        Claim claim = job.claim(ProcessIdentity.current(), "test");
        assertThat(claim).isEqualTo(new Claim.Refused(status));
    }

    private Attempt claim() throws IOException {
        return ((Claim.Granted) job.claim(ProcessIdentity.current(), "test")).attempt();
    }

    private static void age(Path file, Duration age) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
    }
}
