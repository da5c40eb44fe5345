package org.experimaestro.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.ConfigId;
import org.experimaestro.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The runs, and the jobs of runs that are over, that need outputs which another run is about to remove. */
final class OutputUsersTest {
    private static final ProcessIdentity SELF = ProcessIdentity.current();

    @TempDir
    Path root;

    private Workspace workspace;
    private JobFolder raw;
    private JobFolder user;
    private RunFolder own;

    @BeforeEach
    void make() throws IOException {
        workspace = Workspace.open(root);
        raw = workspace.job("test.cut", ConfigId.parse("00000000000000030000000000000004"));
        user = workspace.job("test.learn", ConfigId.parse("00000000000000030000000000000005"));
        own = workspace.experiment("other").newRun(Instant.EPOCH);
        own.openJobs().close();
    }

    private RunFolder run(Map<String, Object> description) throws IOException {
        RunFolder run = workspace.experiment("cut").newRun(Instant.EPOCH);
        Map<String, @Nullable Object> json = new LinkedHashMap<>(description);
        run.describe(json);
        try (RunFolder.JobList jobs = run.openJobs()) {
            jobs.add(new RunFolder.SubmittedJob(raw.typeId(), raw.id(), Map.of(), List.of(), "", Instant.EPOCH));
            jobs.add(new RunFolder.SubmittedJob(
                    user.typeId(), user.id(), Map.of(), List.of(raw.name()), "", Instant.EPOCH));
        }
        return run;
    }

    private Optional<String> find() {
        return new OutputUsers(workspace, own).find(raw);
    }

    private Attempt begin() throws IOException {
        Attempt attempt = ((Claim.Granted) user.claim(SELF, "cut/1")).attempt();
        assertThat(attempt.begin(SELF, 5_000)).isTrue();
        return attempt;
    }

    /** A process that is gone. */
    private static Map<String, Object> gone() {
        Map<String, Object> json = SELF.toJson();
        json.put("start", 1L);
        return ProcessIdentity.fromJson(JsonObject.of(json, "test")).toJson();
    }

    /** The end of a run whose jobs may go on. */
    enum End {
        STOPPED,
        DETACHED,
        DETACHED_AND_ONE_WAS_REFUSED,
        KILLED;

        Map<String, Object> description() {
            return switch (this) {
                case STOPPED -> Map.of("ended", "2026-01-31T12:00:00Z", "outcome", "STOPPED");
                case DETACHED -> Map.of("ended", "2026-01-31T12:00:00Z", "outcome", "SUBMITTED");
                case DETACHED_AND_ONE_WAS_REFUSED -> Map.of("ended", "2026-01-31T12:00:00Z", "outcome", "FAILED");
                case KILLED -> Map.of(RunFolder.PROCESS, gone());
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void find_runIsOverAndItsJobGoesOn_isAUserUntilTheJobHasEnded(End end) throws IOException {
        run(end.description());
        assertThat(find()).isEmpty();
        Attempt attempt = begin();
        OutputUsers users = new OutputUsers(workspace, own);

        assertThat(users.find(raw))
                .hasValueSatisfying(text -> assertThat(text).startsWith(user.name() + " of the run"));

        attempt.done(5_000, Map.of(), null);
        assertThat(users.find(raw)).isEmpty();
    }

    @Test
    void find_runWasCleanedAndItsJobGoesOn_isAUser() throws IOException {
        RunFolder run = run(End.DETACHED.description());
        begin();
        try (TrashChange change = new Trash(workspace).change()) {
            change.move(run, change.newEntry(Instant.EPOCH, "runs clean", List.of()), false);
        }
        assertThat(workspace.experiment("cut").runs()).isEmpty();

        assertThat(find()).isPresent();
    }

    @Test
    void find_runGoesOn_isAUserUntilItReleasesTheJob() throws IOException {
        RunFolder run = run(Map.of(RunFolder.PROCESS, SELF.toJson()));
        OutputUsers users = new OutputUsers(workspace, own);
        assertThat(users.find(raw)).hasValueSatisfying(text -> assertThat(text).endsWith("has submitted it"));

        run.release(raw.name());
        assertThat(users.find(raw)).isEmpty();
    }

    @Test
    void find_jobOfANewNameHasTheResult_isAUser() throws IOException {
        Attempt attempt = ((Claim.Granted) raw.claim(SELF, "cut/1")).attempt();
        assertThat(attempt.begin(SELF, 5_000)).isTrue();
        attempt.done(5_000, Map.of(), null);
        JobFolder renamed = workspace.job("test.slice", raw.id());

        assertThat(find()).isEmpty();
        assertThat(renamed.referTo(raw)).isTrue();
        assertThat(find()).isPresent();

        // A link of an earlier version has no record, until it is used again.
        Files.delete(raw.internalFolder().resolve("linked.json"));
        assertThat(renamed.referTo(raw)).isTrue();
        assertThat(find()).isPresent();
    }
}
