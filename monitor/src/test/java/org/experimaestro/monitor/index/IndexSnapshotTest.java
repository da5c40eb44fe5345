package org.experimaestro.monitor.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32C;
import org.experimaestro.ConfigId;
import org.experimaestro.core.file.FileStamp;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.disturbance.Disturbance;
import org.experimaestro.disturbance.DisturbedFileSystem;
import org.experimaestro.disturbance.Operation;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.workspace.ElsewhereLink;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.OutputRemoval;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy of the index that cannot be believed gives the same listing as none. */
class IndexSnapshotTest {
    private static final Clock LATER = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(5));

    @TempDir
    private Path folder;

    private Path cache;
    private Workspace workspace;
    private List<String> expected;
    private RunFolder.JobList submitted;

    @BeforeEach
    void fill() throws IOException {
        cache = folder.resolve("cache");
        workspace = Workspace.open(folder.resolve("work"));
        RunFolder run = workspace.experiment("grid").newRun(Instant.EPOCH);
        submitted = run.openJobs();
        for (int i = 1; i <= 6; i++) {
            JobFolder job = job(i);
            submitted.add(new RunFolder.SubmittedJob(
                    job.typeId(),
                    job.id(),
                    Map.of("n", i % 2, "big", "1e400"),
                    List.of(job(1).name()),
                    "local",
                    Instant.EPOCH));
            end(job, i);
        }
        run.describe(Map.of("outcome", "DONE"));
        end(job(7), 7);
        try (OutputRemoval removal =
                OutputRemoval.claim(job(5), ProcessIdentity.current(), "grid/1").orElseThrow()) {
            removal.remove();
        }
        expected = FullReading.of(workspace);
        assertThat(open().store()).isTrue();
    }

    private static void end(JobFolder job, int number) throws IOException {
        job.claim(ProcessIdentity.current(), "test");
        job.write(
                "{\"format\":1,\"identifierFormat\":1,\"configurations\":{\"t\":{\"type\":\"a\",\"version\":1,\"class\":\"T\",\"id\":\""
                        + job.id() + "\",\"parameters\":{},\"tags\":{\"n\":7}}},\"value\":\"@t\"}",
                "");
        job.attempt(1).begin(ProcessIdentity.current(), 1);
        if (number % 2 == 0) {
            job.attempt(1).failed(FailureCause.MISSING_PATHS, "no \u20ac, \ud83d\ude00", 1);
        } else {
            job.attempt(1).done(1, Map.of("map", 0.5, "inf", Double.POSITIVE_INFINITY), "0123");
        }
    }

    private JobFolder job(int number) {
        return workspace.job("a.learn", ConfigId.parse(String.format("%032x", number)));
    }

    private IndexSnapshot snapshot() throws IOException {
        return new IndexSnapshot(cache, workspace);
    }

    private WorkspaceIndex open() throws IOException {
        WorkspaceIndex index = WorkspaceIndex.open(workspace, LATER, snapshot(), 0);
        assertThat(FullReading.of(index.view())).isEqualTo(expected);
        return index;
    }

    @Test
    void open_snapshot_readsNoFileOfAJob() throws IOException {
        int[] opened = {0};
        Path disturbed = DisturbedFileSystem.disturb(workspace.root(), new Disturbance() {
            @Override
            public void before(Operation operation, Path path) {
                opened[0] += operation == Operation.OPEN
                                && path.startsWith(workspace.root().resolve("jobs"))
                        ? 1
                        : 0;
            }
        });
        Workspace counted = Workspace.view(disturbed);
        WorkspaceIndex index = WorkspaceIndex.open(counted, LATER, snapshot(), 0);

        assertThat(FullReading.of(index.view())).isEqualTo(expected);
        assertThat(opened[0]).isZero();
        assertThat(WorkspaceIndex.open(counted, LATER, null, 0).view().jobs()).hasSize(7);
        assertThat(opened[0]).isPositive();
    }

    @Test
    void open_jobThatIsALinkToAnotherWorkspace_isSaidBothWhenReadAndFromTheCopy() throws IOException {
        JobFolder there = Workspace.open(folder.resolve("archive")).job(job(1).typeId(), job(1).id());
        end(there, 1);
        Files.move(job(1).path(), folder.resolve("aside"));
        assertThat(ElsewhereLink.create(job(1), there)).isTrue();

        for (String look : List.of("read", "from the copy")) {
            WorkspaceIndex index = WorkspaceIndex.open(workspace, LATER, snapshot(), 0);
            assertThat(index.job(job(1).name()).orElseThrow().elsewhere())
                    .as(look)
                    .contains(there.path());
            assertThat(index.job(job(3).name()).orElseThrow().elsewhere())
                    .as(look)
                    .isEmpty();
            assertThat(index.store()).isTrue();
        }
    }

    @Test
    void read_equalTagsInAnotherOrder_keepTheirOrder() throws IOException {
        List<List<String>> orders = List.of(List.of("a", "b", "c"), List.of("c", "b", "a"), List.of("a", "b", "c"));
        List<IndexedJob> jobs = new ArrayList<>();
        FileStamp stamp = FileStamp.look(folder);
        for (List<String> names : orders) {
            Map<String, Object> tags = new LinkedHashMap<>();
            names.forEach(name -> tags.put(name, 1L));
            jobs.add(new IndexedJob(
                    "a.learn/" + jobs.size(),
                    stamp,
                    new JobStatus.New(),
                    false,
                    stamp,
                    tags,
                    List.of("a.make/" + names)));
        }
        assertThat(snapshot().write(new IndexSnapshot.Content(jobs, Map.of()))).isTrue();

        List<IndexedJob> restored = snapshot().read().jobs();
        assertThat(restored).isEqualTo(jobs);
        assertThat(restored).map(job -> List.copyOf(job.tags().keySet())).isEqualTo(orders);
    }

    @Test
    void open_cutAnywhere_isAsWithout() throws IOException {
        byte[] whole = Files.readAllBytes(snapshot().file());
        for (int length = 0; length < whole.length; length += 1 + length / 50) {
            Files.write(snapshot().file(), Arrays.copyOf(whole, length));
            open();
        }
    }

    @Test
    void open_damagedAnywhere_isAsWithout() throws IOException {
        byte[] whole = Files.readAllBytes(snapshot().file());
        Random random = new Random(1);
        for (int i = 0; i < 100; i++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(snapshot().file(), damaged);
            open();
        }
    }

    @Test
    void reader_anyBytes_readsOrRefuses() {
        Random random = new Random(2);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            bytes = random.nextBoolean() ? bytes : small(bytes);
            try {
                assertThat(new SnapshotReader(new SnapshotInput(bytes, 0, bytes.length)).content())
                        .isNotNull();
            } catch (BufferUnderflowException | IllegalArgumentException | JsonException refused) {
                assertThat(refused).isNotNull();
            }
        }
    }

    /** Small numbers, which could be counts. */
    private static byte[] small(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = i % 4 == 3 ? (byte) (bytes[i] & 3) : 0;
        }
        return bytes;
    }

    @Test
    void open_newerFormat_isAsWithout() throws IOException {
        byte[] bytes = Files.readAllBytes(snapshot().file());
        bytes[7]++;
        CRC32C check = new CRC32C();
        check.update(bytes, 0, bytes.length - Long.BYTES);
        ByteBuffer.wrap(bytes).putLong(bytes.length - Long.BYTES, check.getValue());
        Files.write(snapshot().file(), bytes);

        assertThat(snapshot().read().jobs()).isEmpty();
        open();
    }

    @Test
    void read_ofAnotherWorkspace_isNothing() throws IOException {
        Workspace other = Workspace.open(folder.resolve("other"));
        IndexSnapshot theirs = new IndexSnapshot(cache, other);
        Files.copy(snapshot().file(), theirs.file());

        assertThat(theirs.read().jobs()).isEmpty();
        assertThat(snapshot().read().jobs()).hasSize(7);
    }

    @Test
    void read_otherFolderInItsPlace_isNothing() throws IOException {
        Files.move(workspace.root(), folder.resolve("moved"));
        workspace = Workspace.open(folder.resolve("work"));

        assertThat(snapshot().read().jobs()).isEmpty();
    }

    @Test
    void read_othersMayWriteThere_isNothing() throws IOException {
        Path holder = snapshot().file().getParent();
        Files.setPosixFilePermissions(holder, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThat(snapshot().read().jobs()).isEmpty();
        open();
    }

    @Test
    void read_linkInItsPlace_isNothing() throws IOException {
        Path file = snapshot().file();
        Path elsewhere = folder.resolve("elsewhere");
        Files.move(file, elsewhere);
        Files.createSymbolicLink(file, elsewhere);

        assertThat(snapshot().read().jobs()).isEmpty();
    }

    @Test
    void open_jobHasChangedSince_isReadAgain() throws IOException {
        new History(workspace, 0).awaitTick();
        Files.delete(job(1).internalFolder().resolve("done.json"));
        History.deleteAll(job(3).path());
        expected = FullReading.of(workspace);

        open();
    }

    @Test
    void open_runThatGoesOn_readsWhatFollowsItsKnownJobs() throws IOException {
        RunFolder run = runThatGoesOn();
        WorkspaceIndex index = WorkspaceIndex.open(workspace, LATER, snapshot(), 0);
        assertThat(index.worthStoring()).as("the submissions of the new run").isEqualTo(2);
        assertThat(index.store()).isTrue();
        assertThat(index.worthStoring()).isZero();
        submit(3);
        expected = FullReading.of(workspace);

        assertThat(snapshot().read().runs().get(run.qualifiedName()).submissions())
                .hasSize(2);
        assertThat(open().worthStoring()).as("the later submission").isEqualTo(1);
    }

    @Test
    void open_listOfJobsChangedInItsPlace_isReadAgain() throws IOException {
        RunFolder run = runThatGoesOn();
        assertThat(WorkspaceIndex.open(workspace, LATER, snapshot(), 0).store()).isTrue();
        String list = Files.readString(run.jobsFile());
        Files.writeString(run.jobsFile(), list.replace("\"n\":1", "\"n\":5"));
        submit(3);
        expected = FullReading.of(workspace);

        assertThat(open().worthStoring()).as("all submissions").isEqualTo(3);
    }

    @Test
    void open_listOfJobsCutSince_isReadAgain() throws IOException {
        RunFolder run = runThatGoesOn();
        assertThat(WorkspaceIndex.open(workspace, LATER, snapshot(), 0).store()).isTrue();
        String list = Files.readString(run.jobsFile());
        Files.writeString(run.jobsFile(), list.substring(0, list.indexOf('\n') + 1));
        expected = FullReading.of(workspace);

        open();
    }

    private RunFolder runThatGoesOn() throws IOException {
        RunFolder run = workspace.experiment("grid").newRun(Instant.ofEpochSecond(100));
        run.describe(Map.of(RunFolder.PROCESS, ProcessIdentity.current().toJson()));
        submitted.close();
        submitted = run.openJobs();
        submit(1);
        submit(2);
        return run;
    }

    private void submit(int number) throws IOException {
        JobFolder job = job(number);
        submitted.add(new RunFolder.SubmittedJob(
                job.typeId(), job.id(), Map.of("n", number), List.of(), "local", Instant.EPOCH));
    }

    @AfterEach
    void endRun() throws IOException {
        submitted.close();
    }

    @Test
    void store_jobsThatHaveJustChanged_areLeftOut() throws IOException {
        WorkspaceIndex index = WorkspaceIndex.open(workspace, Clock.systemUTC(), snapshot(), 0);
        index.reread();

        assertThat(index.store()).isTrue();
        assertThat(snapshot().read().jobs()).isEmpty();
    }

    @Test
    void store_copiesThatNobodyHasWrittenForMonths_areDeleted() throws IOException {
        Path old = Files.writeString(snapshot().file().resolveSibling("old.bin"), "");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(61))));
        Path young = Files.writeString(snapshot().file().resolveSibling("young.bin"), "");

        assertThat(open().store()).isTrue();

        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }

    @Test
    void isWorthStoring_fewJobs_isFalse() throws IOException {
        assertThat(open().isWorthStoring()).isFalse();
    }

    @Test
    void worthStoring_parametersReadSince_countUntilTheyAreStored() throws IOException {
        Files.delete(snapshot().file());
        WorkspaceIndex unread = WorkspaceIndex.open(workspace, LATER, snapshot(), 0);
        assertThat(unread.worthStoring()).as("7 jobs and 6 submissions").isEqualTo(13);
        assertThat(unread.store()).isTrue();
        assertThat(unread.worthStoring()).isZero();

        WorkspaceIndex index = WorkspaceIndex.open(workspace, LATER, snapshot(), 0);
        assertThat(index.worthStoring()).isZero();
        index.view().jobs().forEach(JobView::tags);
        index.view().jobs().forEach(JobView::state);
        assertThat(index.worthStoring()).isEqualTo(7);
        assertThat(index.store()).isTrue();
        assertThat(index.worthStoring()).isZero();

        assertThat(open().worthStoring()).isZero();
    }

    @Test
    void store_noPlaceForIt_isNoError() throws IOException {
        cache = Files.writeString(folder.resolve("file"), "");

        assertThat(open().store()).isFalse();
        open();
    }
}
