package org.experimaestro.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.experimaestro.ConfigId;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonFile;
import org.experimaestro.core.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outputs that are removed, and made again. */
final class OutputRemovalTest {
    private static final ProcessIdentity SELF = ProcessIdentity.current();

    @TempDir
    Path root;

    private Workspace workspace;
    private JobFolder job;

    @BeforeEach
    void make() throws IOException {
        workspace = Workspace.open(root);
        job = workspace.job("test.cut", ConfigId.parse("00000000000000030000000000000004"));
        runOnce();
    }

    private Attempt runOnce() throws IOException {
        Attempt attempt = ((Claim.Granted) job.claim(SELF, "cut/1")).attempt();
        assertThat(attempt.begin(SELF, 5_000)).isTrue();
        attempt.clearFolder();
        Files.createDirectories(job.path().resolve("parts"));
        Files.writeString(job.path().resolve("parts/a.txt"), "attempt " + attempt.number());
        Files.writeString(job.path().resolve("b.txt"), "b");
        Files.writeString(job.events(attempt.number()), "{}\n");
        Files.writeString(attempt.standardOutput(), "log");
        assertThat(attempt.done(5_000, Map.of("pieces", 3.0), "digest")).isTrue();
        return attempt;
    }

    private OutputRemoval claim() throws IOException {
        return OutputRemoval.claim(job, SELF, "cut/2").orElseThrow();
    }

    private void remove() throws IOException {
        try (OutputRemoval removal = claim()) {
            removal.remove();
        }
    }

    /** A process that is gone: it was started before all others, with another number. */
    private static ProcessIdentity gone() {
        Map<String, Object> json = SELF.toJson();
        json.put("start", 1L);
        return ProcessIdentity.fromJson(JsonObject.of(json, "test"));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(job.path())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private List<String> own() throws IOException {
        try (Stream<Path> files = Files.list(job.internalFolder())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void remove_doneJob_keepsMarkerMetricsAndLogs() throws IOException {
        JobStatus.Done before = (JobStatus.Done) job.status();

        remove();

        assertThat(files()).containsExactly(".experimaestro");
        assertThat(own())
                .containsExactly(
                        "attempt-1.json",
                        "attempt-2.json",
                        "events-1.jsonl",
                        "process-1.json",
                        "process-2.json",
                        "removed-1.json",
                        "stdout-1.log");
        JobStatus.Removed after = (JobStatus.Removed) job.status();
        assertThat(after.done()).isEqualTo(before);
        assertThat(after.removal()).isEqualTo(2);
        assertThat(after.state()).isEqualTo(JobState.DONE);
        assertThat(after.lastAttempt()).hasValue(1);
        assertThat(job.attemptFiles().toRun()).containsExactly(1);
        assertThat(OutputRemoval.claim(job, SELF, "cut/3")).isEmpty();
    }

    @Test
    void claim_jobThatIsRemoved_runsAsAnotherAttemptInACleanFolder() throws IOException {
        remove();

        assertThat(runOnce().number()).isEqualTo(3);

        assertThat(job.status())
                .isInstanceOfSatisfying(
                        JobStatus.Done.class, done -> assertThat(done.attempt()).isEqualTo(3));
        assertThat(Files.readString(job.path().resolve("parts/a.txt"))).isEqualTo("attempt 3");
        assertThat(job.attemptFiles().toRun()).containsExactly(1, 3);
        remove();
        assertThat(((JobStatus.Removed) job.status()).done().attempt()).isEqualTo(3);
    }

    @Test
    void claim_whileTheRemovalIsClaimed_isStillDoneAndThenStarting() throws IOException {
        try (OutputRemoval removal = claim()) {
            assertThat(job.status()).isInstanceOf(JobStatus.Done.class);
            assertThat(OutputRemoval.claim(job, SELF, "cut/3")).isEmpty();
            assertThat(job.claim(SELF, "cut/3")).isInstanceOf(Claim.Refused.class);

            Files.move(job.doneMarker(), job.removedMarker(1));
            assertThat(job.status()).isInstanceOf(JobStatus.Starting.class);
            assertThat(job.claim(SELF, "cut/3")).isInstanceOf(Claim.Refused.class);
            assertThat(removal.removes()).isEqualTo(1);
        }
        assertThat(job.status()).isInstanceOf(JobStatus.Removed.class);
    }

    @Test
    void close_withoutRemove_keepsTheOutputsAndALaterRemovalSucceeds() throws IOException {
        claim().close();
        assertThat(job.status()).isInstanceOf(JobStatus.Done.class);
        assertThat(files()).contains("parts", "b.txt");

        remove();
        assertThat(((JobStatus.Removed) job.status()).removal()).isEqualTo(3);
    }

    @Test
    void remove_killedBeforeAnyStep_isGoneOnWithOrRunsAgain() throws IOException {
        // Killed after the claim.
        OutputRemoval.claim(job, gone(), "cut/2").orElseThrow();
        assertThat(job.status()).isInstanceOf(JobStatus.Done.class);
        // Killed after the marker was moved, and then after the first file.
        OutputRemoval killed = OutputRemoval.claim(job, gone(), "cut/3").orElseThrow();
        assertThat(killed.removes()).isEqualTo(1);
        Files.move(job.doneMarker(), job.removedMarker(1));
        assertThat(job.status()).isInstanceOf(JobStatus.Removed.class);
        Files.createDirectory(job.internalFolder().resolve("before-moving"));
        Files.move(job.path().resolve("b.txt"), job.internalFolder().resolve("before-moving/b.txt"));
        assertThat(job.status()).isInstanceOf(JobStatus.Removed.class);
        assertThat(OutputRemoval.hasRest(job)).isTrue();

        remove();

        assertThat(files()).containsExactly(".experimaestro");
        assertThat(own()).noneMatch(name -> name.startsWith("before-"));
        assertThat(OutputRemoval.hasRest(job)).isFalse();
        assertThat(runOnce().number()).isEqualTo(5);
    }

    @Test
    void claim_halfRemovedJob_nextAttemptFindsACleanFolder() throws IOException {
        OutputRemoval.claim(job, gone(), "cut/2").orElseThrow();
        Files.move(job.doneMarker(), job.removedMarker(1));

        Attempt next = ((Claim.Granted) job.claim(SELF, "cut/3")).attempt();
        assertThat(next.begin(SELF, 5_000)).isTrue();
        next.clearFolder();

        assertThat(files()).containsExactly(".experimaestro");
    }

    @Test
    void remove_afterTheClaimWasTakenAway_removesNothing() throws IOException {
        OutputRemoval slow = OutputRemoval.claim(job, gone(), "cut/2").orElseThrow();
        remove(); // by another process, which takes the first one for dead
        runOnce();

        assertThatThrownBy(slow::remove).isInstanceOf(IOException.class).hasMessageContaining("taken");

        assertThat(job.status()).isInstanceOf(JobStatus.Done.class);
        assertThat(files()).contains("parts", "b.txt");
    }

    @Test
    void claim_pinnedJob_isRefused() throws IOException {
        job.pin().write("table 2", Instant.EPOCH);
        assertThat(OutputRemoval.claim(job, SELF, "cut/2")).isEmpty();
    }

    @Test
    void remove_jobThatWasPinnedMeanwhile_keepsItsOutputs() throws IOException {
        try (OutputRemoval removal = claim()) {
            job.pin().write("table 2", Instant.EPOCH);
            assertThatThrownBy(removal::remove).hasMessageContaining("pinned");
        }
        assertThat(job.status()).isInstanceOf(JobStatus.Done.class);
    }

    @Test
    void claim_linkToAFormerName_isRefused() throws IOException {
        JobFolder renamed = workspace.job("test.slice", ConfigId.parse("00000000000000030000000000000005"));
        assertThat(renamed.referTo(job)).isTrue();

        assertThat(OutputRemoval.claim(renamed, SELF, "cut/2")).isEmpty();
        assertThat(job.status()).isInstanceOf(JobStatus.Done.class);
    }

    @Test
    void claim_newAndFailedJobs_isRefused() throws IOException {
        JobFolder other = workspace.job("test.cut", ConfigId.parse("00000000000000030000000000000006"));
        assertThat(OutputRemoval.claim(other, SELF, "cut/2")).isEmpty();
        Attempt attempt = ((Claim.Granted) other.claim(SELF, "cut/1")).attempt();
        attempt.failed(FailureCause.EXCEPTION, "no data", 1);
        assertThat(OutputRemoval.claim(other, SELF, "cut/2")).isEmpty();
    }

    @Test
    void trash_removedJob_isMovedAndComesBack() throws IOException {
        remove();
        JobStatus found = job.status();
        Trash trash = new Trash(workspace);
        try (TrashChange change = trash.change()) {
            Path entry = change.newEntry(Instant.EPOCH, "jobs clean", List.of("jobs"));
            change.move(job, found, entry);
        }
        assertThat(job.status()).isInstanceOf(JobStatus.New.class);
        try (TrashChange change = trash.change()) {
            change.restore(trash.entries().get(0).items().get(0));
        }
        assertThat(job.status()).isEqualTo(found);
    }

    @Test
    void status_attemptGivenUpAfterTheRemoval_isStillDone() throws IOException {
        remove();
        JobStatus.Done done = ((JobStatus.Removed) job.status()).done();
        // Killed between its claim and the start of the job's process.
        assertThat(job.claim(gone(), "cut/3")).isInstanceOf(Claim.Granted.class);
        assertThat(job.status())
                .isInstanceOfSatisfying(
                        JobStatus.Removed.class,
                        removed -> assertThat(removed.done()).isEqualTo(done));
        // A cleaning whose rename failed.
        Attempt cleaning = ((Claim.Granted) job.claim(SELF, "cleaning 20260131-120000")).attempt();
        assertThat(cleaning.number()).isEqualTo(4);
        cleaning.giveUp(SELF, "the job was to be moved to the trash, which failed");
        assertThat(job.status())
                .isInstanceOfSatisfying(
                        JobStatus.Removed.class,
                        removed -> assertThat(removed.done()).isEqualTo(done));

        // An attempt that could not be started has failed.
        Attempt refused = ((Claim.Granted) job.claim(SELF, "cut/4")).attempt();
        refused.giveUp(SELF, "no such partition");
        assertThat(job.status()).isInstanceOf(JobStatus.Failed.class);
        assertThat(OutputRemoval.hasHappened(job)).isTrue();
        assertThat(runOnce().number()).isEqualTo(6);
    }

    @Test
    void claim_restAfterAnAttemptThatWasGivenUp_isRemoved() throws IOException {
        remove();
        Files.writeString(job.path().resolve("b.txt"), "left by a removal that was killed");
        assertThat(job.claim(gone(), "cut/3")).isInstanceOf(Claim.Granted.class);

        remove();

        assertThat(files()).containsExactly(".experimaestro");
        assertThat(((JobStatus.Removed) job.status()).removal()).isEqualTo(4);
    }

    @Test
    void close_endOfTheClaimFailsOnce_isTriedAgain() throws IOException {
        OutputRemoval removal = claim();
        Path end = job.processFile(2);
        Files.createDirectory(end);
        assertThatThrownBy(removal::close).isInstanceOf(IOException.class);
        Files.delete(end);

        removal.close();

        assertThat(job.attempt(2).isVoid()).isTrue();
        assertThat(OutputRemoval.isGoingOn(job, job.status())).isFalse();
        remove();
    }

    @Test
    void isUntouched_onlyWithoutAClaim() throws IOException {
        JobStatus.Done done = (JobStatus.Done) job.status();
        assertThat(OutputRemoval.isUntouched(job, done)).isTrue();
        try (OutputRemoval removal = claim()) {
            assertThat(OutputRemoval.isUntouched(job, done)).isFalse();
            removal.remove();
        }
        assertThat(OutputRemoval.isUntouched(job, done)).isFalse();
    }

    @Test
    void status_behindALinkToAFormerName_isDoneWithItsOutputsRemovedAndRunsInItsOwnFolder() throws IOException {
        JobFolder renamed = workspace.job("test.slice", ConfigId.parse("00000000000000030000000000000005"));
        assertThat(renamed.referTo(job)).isTrue();
        remove(); // as versions do that do not look for links
        assertThat(renamed.status()).isEqualTo(job.status());

        assertThat(renamed.claim(SELF, "cut/5"))
                .isInstanceOfSatisfying(
                        Claim.Granted.class,
                        granted -> assertThat(granted.attempt().number()).isEqualTo(1));
        assertThat(renamed.path()).isDirectory().isNotEqualTo(job.path());
        assertThat(Files.isSymbolicLink(renamed.path())).isFalse();
        assertThat(job.status()).isInstanceOf(JobStatus.Removed.class);
    }

    @Test
    void earlierVersions_refuseTheJob_untilItIsMadeAgain() throws IOException {
        remove();
        Path claim = job.attemptFile(2);

        // As earlier versions read the file of any attempt.
        assertThatThrownBy(() -> job.read(claim))
                .hasMessageContaining("its format is 3, this version knows up to 2; update Experimaestro");
        assertThat(job.doneMarker()).doesNotExist();

        runOnce();
        assertThat(job.read(job.doneMarker()).integer("format")).isEqualTo(2);
    }

    @Test
    void status_removalWithoutTheMarker_isCorrupt() throws IOException {
        remove();
        Files.delete(job.removedMarker(1));

        assertThat(job.status()).isInstanceOf(JobStatus.Corrupt.class);
        assertThat(job.status().message()).contains("removed-1.json", "missing");
    }

    @Test
    void origin_ofAnAttemptThatReadTransientJobs_isReadBack() throws IOException {
        JobFolder user = workspace.job("test.count", ConfigId.parse("00000000000000030000000000000007"));
        AttemptOrigin origin = AttemptOrigin.UNKNOWN.reading(new TreeMap<>(Map.of(job.name(), 3)));
        Attempt attempt = ((Claim.Granted) user.claim(SELF, "cut/1", origin)).attempt();

        assertThat(attempt.record().origin()).isEqualTo(origin);
        assertThat(JsonFile.read(user.attemptFile(1), JsonFile.SMALL_BYTES)
                        .object("read")
                        .integer(job.name()))
                .isEqualTo(3);
        assertThat(Json.write(origin.read())).contains(job.name());
    }
}
