package org.experimaestro.monitor.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.experimaestro.ConfigId;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.workspace.Claim;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkspaceIndexTest {
    /** All files seem to have been changed long ago, so that only their stamps tell a change. */
    private static final Clock LATER = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(5));

    @TempDir
    private Path folder;

    private Workspace workspace;

    @BeforeEach
    void open() {
        workspace = Workspace.open(folder.resolve("work"));
    }

    @Tag("thorough")
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void refresh_afterEachStepOfAHistory_agreesWithAFullReading(long seed) throws Exception {
        // No job is looked at in turn: the journals, the listings and the active jobs tell all.
        follow(new History(workspace, seed), 0, seed);
    }

    @Tag("thorough")
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void refresh_afterEachStepWithDamage_agreesWithAFullReading(long seed) throws Exception {
        follow(new History(workspace, seed).withDamage(), History.MOST_JOBS, seed);
    }

    private void follow(History steps, int slice, long seed) throws Exception {
        IndexSnapshot snapshot = new IndexSnapshot(folder.resolve("cache"), workspace);
        WorkspaceIndex index = WorkspaceIndex.open(workspace, LATER, snapshot, slice);
        FollowingClient client = new FollowingClient();
        FollowingScript script = new FollowingScript(workspace, index);
        Answers answers = new Answers(workspace, seed);
        long seen = index.version();
        try (History history = steps) {
            for (int i = 0; i < 150; i++) {
                String step = history.step();
                script.follow(index.refresh());

                List<String> expected = FullReading.of(workspace);
                assertThat(FullReading.of(index.view()))
                        .as("step %d: %s", i, step)
                        .isEqualTo(expected);
                script.assertAgrees(index);
                if (i % 7 == 0) {
                    assertThat(index.store()).isTrue();
                }
                WorkspaceIndex restarted = WorkspaceIndex.open(workspace, LATER, snapshot, 0);
                assertThat(FullReading.of(restarted.view()))
                        .as("restart at step %d: %s", i, step)
                        .isEqualTo(expected);
                if (i % 5 == 0) {
                    seen = client.follow(index, seen);
                    assertThat(client.lines())
                            .as("changes up to step %d: %s", i, step)
                            .isEqualTo(expected);
                    List<String> filters = answers.filters();
                    Instant now = Instant.now();
                    List<String> read = answers.of(
                            WorkspaceIndex.open(workspace, LATER, null, WorkspaceIndex.SLICE)
                                    .view(),
                            filters,
                            now);
                    assertThat(answers.of(index.view(), filters, now))
                            .as("answers at step %d: %s", i, step)
                            .isEqualTo(read);
                    assertThat(answers.of(restarted.view(), filters, now))
                            .as("answers after a restart at step %d: %s", i, step)
                            .isEqualTo(read);
                }
            }
        }
    }

    @Test
    void refresh_nothingHasChanged_tellsNothing() throws Exception {
        done(1);
        WorkspaceIndex index = WorkspaceIndex.open(workspace, LATER, null, WorkspaceIndex.SLICE);
        List<Changes> told = new ArrayList<>();
        index.listen(told::add);

        assertThat(index.refresh().list()).isEmpty();
        assertThat(told).isEmpty();
        assertThat(index.version()).isEqualTo(1);
        assertThat(index.view()).isSameAs(index.view());
    }

    @Test
    void listen_untilItIsClosed_isToldOfChanges() throws Exception {
        WorkspaceIndex index = WorkspaceIndex.open(workspace, LATER, null, WorkspaceIndex.SLICE);
        List<Change> told = new ArrayList<>();
        WorkspaceIndex.Subscription subscription = index.listen(changes -> told.addAll(changes.list()));

        JobFolder first = done(1);
        index.refresh();
        subscription.close();
        tick();
        done(2);
        index.refresh();

        assertThat(told).containsExactly(new Change.JobAdded(first.name()));
    }

    @Test
    void refresh_doneMarkerDeletedByHand_isFoundInTurn() throws Exception {
        List<JobFolder> jobs = new ArrayList<>();
        for (int i = 1; i <= 10; i++) {
            jobs.add(done(i));
        }
        WorkspaceIndex index = WorkspaceIndex.open(workspace, LATER, null, 2);
        tick();
        Files.delete(jobs.get(7).internalFolder().resolve("done.json"));

        int refreshes = 1;
        while (index.refresh().list().isEmpty()) {
            assertThat(++refreshes).isLessThanOrEqualTo(10 / 2 + 1);
        }

        assertThat(FullReading.of(index.view())).isEqualTo(FullReading.of(workspace));
    }

    @Test
    void reread_fileChangedInItsPlace_isFound() throws Exception {
        JobFolder job = done(1);
        WorkspaceIndex index = WorkspaceIndex.open(workspace, LATER, null, WorkspaceIndex.SLICE);
        Files.writeString(job.internalFolder().resolve("done.json"), "{");

        assertThat(index.reread().list()).containsExactly(new Change.JobChanged(job.name()));
        assertThat(index.view().jobs().get(0).state()).isEqualTo(JobState.CORRUPT);
    }

    @Test
    void refresh_jobChangedWithinAStepOfTheClock_isFound() throws Exception {
        for (int i = 1; i <= 50; i++) {
            JobFolder job = done(i);
            WorkspaceIndex index = WorkspaceIndex.open(workspace, Clock.systemUTC(), null, 1_000);
            Files.delete(job.internalFolder().resolve("done.json"));
            index.refresh();

            assertThat(index.job(job.name()).orElseThrow().status()).isEqualTo(job.status());
        }
    }

    @Test
    void refresh_parametersReplacedAfterAViewHasReadThem_isTold() throws Exception {
        JobFolder job = done(1);
        job.write(parameters(job, 1), "");
        WorkspaceIndex index = WorkspaceIndex.open(workspace, Clock.systemUTC(), null, WorkspaceIndex.SLICE);
        JobView view = index.job(job.name()).orElseThrow();
        index.refresh();
        assertThat(view.tags()).isEqualTo(Map.of("n", 1L));
        index.refresh();
        job.write(parameters(job, 2), "");

        assertThat(index.refresh().list()).containsExactly(new Change.JobChanged(job.name()));
        assertThat(index.job(job.name()).orElseThrow().tags()).isEqualTo(Map.of("n", 2L));
    }

    private static String parameters(JobFolder job, int tag) {
        return "{\"format\":1,\"identifierFormat\":1,\"configurations\":{\"t\":{\"type\":\"a\",\"version\":1,\"class\":\"T\",\"id\":\""
                + job.id() + "\",\"parameters\":{},\"tags\":{\"n\":" + tag + "}}},\"value\":\"@t\"}";
    }

    /** A process of another host shows itself by the time of its file alone. */
    @Test
    void refresh_processOfAnotherHostThatFallsSilent_hasVanished() throws Exception {
        JobFolder job = workspace.job("a.learn", ConfigId.parse("0".repeat(32)));
        job.claim(ProcessIdentity.current(), "test");
        job.attempt(1).begin(new ProcessIdentity("elsewhere", "boot", 12, 1, "machine", ""), 1);
        WorkspaceIndex index = WorkspaceIndex.open(workspace, Clock.systemUTC(), null, 0);
        index.refresh();
        assertThat(index.job(job.name()).orElseThrow().status()).isInstanceOf(JobStatus.Running.class);
        tick();
        Instant longAgo = Instant.now().minus(Duration.ofMinutes(4));
        Files.setLastModifiedTime(job.processFile(1), FileTime.from(longAgo));

        index.refresh();

        assertThat(index.job(job.name()).orElseThrow().status()).isEqualTo(job.status());
        assertThat(job.status()).isInstanceOf(JobStatus.Failed.class);
    }

    @Test
    void refresh_listOfJobsThatIsCorrupt_tellsTheProblemAndItsEnd() throws Exception {
        WorkspaceIndex index = WorkspaceIndex.open(workspace, LATER, null, WorkspaceIndex.SLICE);
        Path list = Files.createDirectories(
                        workspace.experiment("grid").run("1").path())
                .resolve("jobs.jsonl");
        Files.writeString(list, "{\n");

        List<Change> broken = index.refresh().list();
        String problem = index.view().problems().get(0);
        tick();
        Files.writeString(list, "");
        List<Change> mended = index.refresh().list();

        assertThat(broken).contains(new Change.RunAdded("grid", "1"), new Change.ProblemAdded(problem));
        assertThat(problem).contains(list + ":1", "Cannot read the jobs of run 1 of grid");
        assertThat(mended).contains(new Change.ProblemRemoved(problem));
        assertThat(index.view().problems()).isEmpty();
    }

    /** A run that is stopped while its job waits for a share of the host has written no parameters. */
    @Test
    void view_jobThatEndedBeforeItBegan_isFailedWithoutParameters() throws Exception {
        JobFolder job = workspace.job("t", ConfigId.parse("0123456789abcdef0123456789abcdef"));
        ((Claim.Granted) job.claim(ProcessIdentity.current(), "grid"))
                .attempt()
                .giveUp(ProcessIdentity.current(), "the run was stopped");

        JobView view = WorkspaceIndex.open(workspace, LATER, null, WorkspaceIndex.SLICE)
                .view()
                .jobs()
                .getFirst();

        assertThat(view.state()).isEqualTo(JobState.FAILED);
        assertThat(view.problem()).isEmpty();
    }

    @Test
    void refresh_endedRunChangedByHand_isFoundInTurnWhateverTheExperimentIsCalled() throws Exception {
        for (String run : List.of("1", "2", "3", "4")) {
            run("grid", run).describe(Map.of("outcome", "DONE"));
        }
        RunFolder changed = run("grid-2", "1");
        changed.describe(Map.of("outcome", "DONE"));
        WorkspaceIndex index = WorkspaceIndex.open(workspace, LATER, null, WorkspaceIndex.SLICE);
        index.refresh();
        tick();
        changed.describe(Map.of("outcome", "FAILED"));

        int refreshes = 1;
        while (index.refresh().list().isEmpty()) {
            assertThat(++refreshes).isLessThanOrEqualTo(3);
        }

        assertThat(index.view().runs())
                .filteredOn(run -> run.folder().experiment().equals("grid-2"))
                .extracting(run -> run.outcome().orElseThrow())
                .containsExactly("FAILED");
    }

    @Test
    void refresh_manyExperimentsBeginARun_allAreFound() throws Exception {
        WorkspaceIndex index = WorkspaceIndex.open(experiments(40), LATER, null, WorkspaceIndex.SLICE);
        tick();
        for (int i = 10; i < 50; i++) {
            run("grid-" + i, "2").describe(Map.of("outcome", "DONE"));
        }

        assertThat(index.refresh().list()).hasSize(40);
        assertThat(FullReading.of(index.view())).isEqualTo(FullReading.of(workspace));
    }

    @Test
    void poll_oneOfManyExperimentsBeginsARun_isFoundInTurn() throws Exception {
        WorkspaceIndex index = WorkspaceIndex.open(experiments(40), LATER, null, WorkspaceIndex.SLICE);
        tick();
        run("grid-20", "2").describe(Map.of("outcome", "DONE"));

        List<Change> found = index.poll().list();
        for (int polls = 1; found.isEmpty(); polls++) {
            assertThat(polls).isLessThanOrEqualTo(40 / 8);
            found = index.poll().list();
        }

        assertThat(found).containsExactly(new Change.RunAdded("grid-20", "2"));
        assertThat(FullReading.of(index.view())).isEqualTo(FullReading.of(workspace));
    }

    @Test
    void poll_experimentThatBeganARunLastBeginsAnother_isFoundAtOnce() throws Exception {
        WorkspaceIndex index = WorkspaceIndex.open(experiments(40), LATER, null, WorkspaceIndex.SLICE);
        for (int number = 2; number <= 10; number++) {
            tick();
            run("grid-20", "2" + number).describe(Map.of("outcome", "DONE"));
            index.refresh();
            tick();
            run("grid-20", "3" + number).describe(Map.of("outcome", "DONE"));

            assertThat(index.poll().list()).containsExactly(new Change.RunAdded("grid-20", "3" + number));
        }
    }

    private Workspace experiments(int number) throws IOException {
        for (int i = 10; i < 10 + number; i++) {
            run("grid-" + i, "1").describe(Map.of("outcome", "DONE"));
        }
        return workspace;
    }

    /** The process may have written a last line after the index has read its files, and before it died. */
    @Test
    void refresh_runThatHasDied_isReadOnceMore() throws Exception {
        experiments(40);
        Process process = new ProcessBuilder("cat").start();
        RunFolder run = run("grid-49", "2");
        run.describe(Map.of(
                RunFolder.PROCESS,
                ProcessIdentity.find(process.pid()).orElseThrow().toJson()));
        Files.writeString(run.jobsFile(), line(1));
        WorkspaceIndex index = WorkspaceIndex.open(workspace, LATER, null, WorkspaceIndex.SLICE);
        index.refresh();
        process.destroyForcibly().waitFor();

        assertThat(index.refresh().list()).containsExactly(new Change.RunChanged("grid-49", "2"));
        Files.writeString(run.jobsFile(), line(2), StandardOpenOption.APPEND);
        assertThat(index.refresh().list()).containsExactly(new Change.RunChanged("grid-49", "2"));
        assertThat(FullReading.of(index.view())).isEqualTo(FullReading.of(workspace));
    }

    @Test
    void refresh_folderThatCannotBeListedForAWhile_keepsItsJobs() throws Exception {
        JobFolder job = done(1);
        WorkspaceIndex index = WorkspaceIndex.open(workspace, LATER, null, WorkspaceIndex.SLICE);
        Path jobs = workspace.root().resolve("jobs");
        Path aside = folder.resolve("aside");
        tick();
        Files.move(jobs, aside);
        Files.createSymbolicLink(jobs, jobs);

        List<Change> unreadable = index.refresh().list();
        String problem = index.view().problems().get(0);
        Files.delete(jobs);
        Files.move(aside, jobs);
        index.refresh();

        assertThat(problem).contains("Cannot list " + jobs);
        assertThat(unreadable)
                .contains(new Change.ProblemAdded(problem))
                .doesNotContain(new Change.JobRemoved(job.name()));
        assertThat(FullReading.of(index.view())).isEqualTo(FullReading.of(workspace));
    }

    @Test
    void view_anotherJobHasChanged_keepsTheRunsThatHaveNot() throws Exception {
        RunFolder run = run("grid", "1");
        run.describe(Map.of("outcome", "DONE"));
        WorkspaceIndex index = WorkspaceIndex.open(workspace, LATER, null, WorkspaceIndex.SLICE);
        RunView before = index.view().runs().get(0);
        done(1);
        index.refresh();

        assertThat(index.view().jobs()).hasSize(1);
        assertThat(index.view().runs().get(0)).isSameAs(before);
    }

    @Test
    void refresh_listOfJobsReplacedByALongerOne_isReadFromItsBeginning() throws Exception {
        RunFolder run = run("grid", "1");
        Files.writeString(run.jobsFile(), line(1));
        WorkspaceIndex index = WorkspaceIndex.open(workspace, LATER, null, WorkspaceIndex.SLICE);
        tick();
        Path other = Files.writeString(folder.resolve("other"), line(2) + line(3));
        Files.move(other, run.jobsFile(), StandardCopyOption.REPLACE_EXISTING);
        index.refresh();

        assertThat(FullReading.of(index.view())).isEqualTo(FullReading.of(workspace));
    }

    /** The first line is changed behind the back of the index, to show whether it is read again. */
    @Test
    void refresh_listOfJobsThatGrowsAfterAFault_isReadFromTheFault() throws Exception {
        RunFolder run = run("grid", "1");
        Files.writeString(run.jobsFile(), line(1) + "{\n");
        WorkspaceIndex index = WorkspaceIndex.open(workspace, LATER, null, WorkspaceIndex.SLICE);
        tick();
        Files.writeString(run.jobsFile(), line(2) + "{\n" + line(3));
        List<Change> grown = index.refresh().list();
        tick();
        Files.writeString(run.jobsFile(), line(2) + line(3) + line(4));
        List<Change> mended = index.refresh().list();

        assertThat(grown).isEmpty();
        assertThat(mended).hasAtLeastOneElementOfType(Change.ProblemRemoved.class);
        assertThat(FullReading.of(index.view())).isEqualTo(FullReading.of(workspace));
    }

    private static String line(int job) {
        return "{\"time\":\"1970-01-01T00:00:00.001Z\",\"job\":\"a.learn/" + String.format("%032x", job)
                + "\",\"tags\":{},\"dependencies\":[]}\n";
    }

    @Test
    void since_versionOfAnotherIndex_isNotComplete() {
        WorkspaceIndex index = WorkspaceIndex.open(workspace, LATER, null, WorkspaceIndex.SLICE);

        assertThat(index.since(99).isComplete()).isFalse();
        assertThat(index.since(index.version()).list()).isEmpty();
    }

    private RunFolder run(String experiment, String name) throws IOException {
        RunFolder run = workspace.experiment(experiment).run(name);
        Files.createDirectories(run.path());
        return run;
    }

    private JobFolder done(int number) throws IOException {
        JobFolder job = workspace.job("a.learn", ConfigId.parse(String.format("%032x", number)));
        job.claim(ProcessIdentity.current(), "test");
        job.write("{}", "");
        job.attempt(1).begin(ProcessIdentity.current(), 1);
        job.attempt(1).done(1, Map.of("map", 0.5), null);
        return job;
    }

    private void tick() throws IOException {
        new History(workspace, 0).awaitTick();
    }
}
