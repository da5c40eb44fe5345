package org.experimaestro.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.experimaestro.disturbance.DisturbedFileSystem.disturb;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.disturbance.Disturbance;
import org.experimaestro.disturbance.Operation;
import org.experimaestro.disturbance.OtherUser;
import org.junit.jupiter.api.Test;

/** The moves into the trash and back, also while other processes act, and after a process was killed. */
class TrashTest extends TrashSetting {
    @Test
    void move_doneJob_isNewAfterwards_andDoneAgainWhenMovedBack() throws IOException {
        done();
        String entry = clean();

        assertThat(job.status()).isEqualTo(new JobStatus.New());
        assertThat(job.path()).doesNotExist();
        TrashEntry stored = trash.entry(entry.substring(0, 10));
        assertThat(stored.items()).extracting(TrashEntry.Item::name).containsExactly(job.name());
        assertThat(stored.command()).isEqualTo("a test");
        assertThat(stored.size()).isGreaterThan(5);
        undo(entry);
        assertThat(job.status().state()).isEqualTo(JobState.DONE);
        assertThat(job.path().resolve("model.bin")).hasContent("12345");
        assertThat(WorkspaceLayout.trash(root)).isEmptyDirectory();
    }

    @Test
    void move_failedJob_hasTheSameFailureWhenMovedBack() throws IOException {
        fail();
        JobStatus before = job.status();
        String entry = clean();
        assertThat(job.status()).isEqualTo(new JobStatus.New());

        undo(entry);

        assertThat(job.status()).isEqualTo(before);
        assertThat(job.attemptFile(2)).doesNotExist();
    }

    @Test
    void move_generatedJob_isNewWhenMovedBack() throws IOException {
        undo(clean());

        assertThat(job.status()).isEqualTo(new JobStatus.New());
        assertThat(job.parametersFile()).exists();
    }

    @Test
    void move_runningOrStartingOrQueuedJob_isRefusedAndStays() throws IOException {
        job.claim(ProcessIdentity.current(), "grid/1");
        requireRefused("it is starting");
        job.attempt(1).begin(ProcessIdentity.current(), Instant.now().toEpochMilli());
        requireRefused("it is running; end it with: experimaestro jobs kill");
        assertThat(job.status().state()).isEqualTo(JobState.RUNNING);
        job.attempt(1).failed(FailureCause.EXCEPTION, "", 1);
        job.claim(ProcessIdentity.current(), "grid/1");
        job.attempt(2).recordBatchJob(new BatchJobReference("cluster", "slurm", "1234_5", "/log", Instant.now()));
        requireRefused("it is queued");
    }

    @Test
    void move_corruptOrPinnedOrMissingJob_isRefused() throws IOException {
        job.pin().write("in the paper", Instant.now());
        requireRefused("it is pinned; unpin it with: experimaestro jobs unpin " + job.name());
        fail();
        assertThat(job.pin().find().orElseThrow().note()).isEqualTo("in the paper");
        assertThat(job.pin().remove()).isTrue();
        Files.writeString(job.attemptFile(1), "{");
        Files.delete(job.processFile(1));
        Files.delete(job.failureMarker(1));
        requireRefused("its state cannot be read, and it may run");
        Files.delete(job.attemptFile(1));
        clean();
        requireRefused("it has no folder any more");
    }

    @Test
    void pin_damagedFile_countsAsPinned() throws IOException {
        Files.writeString(job.internalFolder().resolve(JobLayout.PIN), "{");
        requireRefused("it is pinned");
    }

    /** A run takes the job just before the claim of the cleaning. */
    @Test
    void move_runClaimsJustBefore_isRefused() throws IOException {
        fail();
        Disturbance run = Disturbance.onceBefore(
                Operation.LINK,
                path -> path.equals(job.attemptFile(2)) || path.getParent().equals(job.internalFolder()),
                path -> job.claim(ProcessIdentity.current(), "grid/2"));

        assertThatThrownBy(() -> TrashKiller.clean(new Trash(Workspace.view(disturb(root, run))), TYPE, ID))
                .hasMessageContaining("it is starting");
        assertThat(job.attempts()).containsExactlyInAnyOrder(1, 2);
        assertThat(job.path()).exists();
    }

    /** A run wants the job between the claim and the rename: it waits, and takes the new job afterwards. */
    @Test
    void move_runClaimsBetweenClaimAndRename_waits_andTakesTheNewJobAfterwards() throws IOException {
        fail();
        Claim[] claims = {null};
        Disturbance run = Disturbance.onceBefore(
                Operation.MOVE,
                this::isJobInTheTrash,
                path -> claims[0] = job.claim(ProcessIdentity.current(), "grid/2"));

        TrashKiller.clean(new Trash(Workspace.view(disturb(root, run))), TYPE, ID);

        assertThat(((Claim.Refused) claims[0]).status().state()).isEqualTo(JobState.STARTING);
        Claim after = job.claim(ProcessIdentity.current(), "grid/2");
        assertThat(((Claim.Granted) after).attempt().number()).isEqualTo(1);
        assertThat(job.path().resolve("model.bin")).doesNotExist();
    }

    /** A run has looked at the job before the cleaning, and claims it afterwards. */
    @Test
    void claim_jobWasCleanedSinceTheLook_isGranted() throws IOException {
        fail();
        for (Operation operation : List.of(Operation.MAKE_FOLDER, Operation.LINK, Operation.OPEN)) {
            String[] entry = {""};
            Disturbance cleaning = Disturbance.onceBefore(
                    operation,
                    path -> path.startsWith(job.path()) && path.toString().contains("attempt-2"),
                    path -> entry[0] = clean());

            Claim claim = JobFolder.at(disturb(job.path(), cleaning)).claim(ProcessIdentity.current(), "grid/2");

            assertThat(claim).as("%s", operation).isInstanceOf(Claim.Granted.class);
            assertThat(job.status().state()).isEqualTo(JobState.STARTING);
            ((Claim.Granted) claim).attempt().failed(FailureCause.EXCEPTION, "", 1);
            clean();
            if (!entry[0].isEmpty()) {
                undo(entry[0]);
            } else {
                undo(trash.entries().get(trash.entries().size() - 1).name());
            }
        }
    }

    @Test
    void change_anotherProcessHasIt_isRefused() throws IOException {
        done();
        try (TrashChange other = trash.change()) {
            assertThat(other).isNotNull();
            assertThatThrownBy(this::clean).hasMessageContaining("Cannot change the trash of " + root + ": process ");
            assertThatThrownBy(() -> job.pin().write("", Instant.now()))
                    .hasMessageContaining("Cannot pin " + job.name() + ": process ")
                    .hasMessageContaining(" changes the trash; wait for its end");
        }
        assertThat(clean()).isNotEmpty();
    }

    /** For each change of a file: the process is gone just before it. */
    @Test
    void move_processGone_losesNothing_andTheNextOneCleans() throws Exception {
        fail();
        JobStatus before = job.status();
        int operation = 1;
        for (int code = TrashKiller.GONE; code == TrashKiller.GONE; operation++) {
            Process killed = Processes.java(
                    TrashKiller.class,
                    folder.resolve("killed.log"),
                    root.toString(),
                    TYPE,
                    ID.toString(),
                    Integer.toString(operation));
            code = Processes.await(killed);
            boolean isMoved = !trash.entries().isEmpty();
            assertThat(Files.exists(job.path())).as("operation %s", operation).isEqualTo(!isMoved);
            assertThat(job.status().state()).isEqualTo(isMoved ? JobState.NEW : JobState.FAILED);

            String entry = isMoved ? trash.entries().get(0).name() : clean();

            assertThat(job.status()).isEqualTo(new JobStatus.New());
            undo(entry);
            assertThat(job.status()).as("operation %s", operation).isEqualTo(before);
            assertThat(job.path().resolve("model.bin")).hasContent("12345");
            assertThat(WorkspaceLayout.trash(root)).isEmptyDirectory();
        }
        assertThat(operation).isGreaterThan(8);
    }

    /** While a run has the job, its folder stays; and between two runs, either a cleaning or a run gets it. */
    @Test
    void move_runsAndCleaningsThatRace_neverTakeAJobFromARun() throws Exception {
        fail();
        int runners = 3;
        CountDownLatch left = new CountDownLatch(runners);
        List<Callable<Integer>> racers = new ArrayList<>();
        for (int i = 0; i < runners; i++) {
            racers.add(() -> {
                try {
                    int taken = 0;
                    while (taken < 100) {
                        if (workspace.job(TYPE, ID).claim(ProcessIdentity.current(), "grid/1")
                                instanceof Claim.Granted granted) {
                            assertThat(granted.attempt().begin(ProcessIdentity.current(), 1))
                                    .isTrue();
                            Thread.yield();
                            assertThat(job.processFile(granted.attempt().number()))
                                    .exists();
                            assertThat(granted.attempt().failed(FailureCause.EXCEPTION, "", 1))
                                    .isTrue();
                            taken++;
                        }
                    }
                    return 0;
                } finally {
                    left.countDown();
                }
            });
        }
        for (int i = 0; i < 2; i++) {
            racers.add(() -> {
                int moved = 0;
                while (left.getCount() > 0) {
                    try {
                        clean();
                        moved++;
                    } catch (WorkspaceException refused) {
                        assertThat(refused).hasMessageMatching("(.*: )?Cannot (change the trash|move a.learn/).*");
                    }
                }
                return moved;
            });
        }
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            int moved = 0;
            for (Future<Integer> racer : threads.invokeAll(racers)) {
                moved += racer.get();
            }
            assertThat(trash.entries()).hasSize(moved);
            assertThat(moved).isPositive();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void restore_jobIsThereAgain_isRefusedAndBothStay() throws IOException {
        done();
        String entry = clean();
        job.claim(ProcessIdentity.current(), "grid/2");

        assertThatThrownBy(() -> undo(entry)).hasMessageContaining("it is there again");

        assertThat(job.status().state()).isEqualTo(JobState.STARTING);
        assertThat(trash.entry(entry).items()).hasSize(1);
    }

    /** A run claims the job between the look of the undo and its rename. */
    @Test
    void restore_runTakesTheJobMeanwhile_isRefused() throws IOException {
        done();
        String entry = clean();
        Disturbance run = Disturbance.onceBefore(
                Operation.MOVE,
                path -> path.equals(job.path()),
                path -> job.claim(ProcessIdentity.current(), "grid/2"));
        Trash disturbed = new Trash(Workspace.view(disturb(root, run)));

        try (TrashChange change = disturbed.change()) {
            TrashEntry.Item item = disturbed.entry(entry).items().get(0);
            assertThatThrownBy(() -> change.restore(item)).hasMessageContaining("Cannot move " + job.name() + " back");
        }
        assertThat(job.status().state()).isEqualTo(JobState.STARTING);
        assertThat(trash.entry(entry).items()).hasSize(1);
    }

    @Test
    void delete_interrupted_isFinishedByTheNextChange() throws IOException {
        done();
        String entry = clean();
        Path deleted = WorkspaceLayout.trash(root).resolve(AtomicFile.TEMPORARY + entry);
        Files.move(WorkspaceLayout.trash(root).resolve(entry), deleted);

        assertThat(trash.entries()).isEmpty();
        trash.change().close();

        assertThat(deleted).doesNotExist();
    }

    @Test
    void move_linkOfOurOwn_isMovedItself_andWhatItLeadsToOutlivesTheDeletion() throws IOException {
        done();
        Path disk = Files.createDirectory(folder.resolve("disk")).resolve(ID.toString());
        Files.move(job.path(), disk);
        Files.createSymbolicLink(job.path(), disk);

        String entry = clean();
        assertThat(disk.resolve("model.bin")).exists();
        undo(entry);
        assertThat(job.status().state()).isEqualTo(JobState.DONE);
        TrashEntry again = trash.entry(clean());
        assertThat(again.size()).isZero();
        try (TrashChange change = trash.change()) {
            change.delete(again);
        }
        assertThat(disk.resolve("model.bin")).exists();
        assertThat(WorkspaceLayout.trash(root)).isEmptyDirectory();
    }

    @Test
    void move_otherFileSystem_isRefused_andTheRunMayTakeTheJob() throws IOException {
        fail();
        Disturbance other = Disturbance.onceBefore(Operation.MOVE, this::isJobInTheTrash, path -> {
            throw new AtomicMoveNotSupportedException(path.toString(), "", "Invalid cross-device link");
        });

        assertThatThrownBy(() -> TrashKiller.clean(new Trash(Workspace.view(disturb(root, other))), TYPE, ID))
                .hasMessageContaining("is on another file system than the trash; put a link named trash");

        assertThat(job.status().isGivenUp()).isTrue();
        assertThat(job.claim(ProcessIdentity.current(), "grid/2")).isInstanceOf(Claim.Granted.class);
    }

    @Test
    void newEntry_diskFull_movesNothing() throws IOException {
        done();
        Disturbance full = Disturbance.onceBefore(
                Operation.OPEN, path -> path.toString().contains(WorkspaceLayout.TRASH_ENTRY), path -> {
                    throw new IOException("No space left on device");
                });

        assertThatThrownBy(() -> TrashKiller.clean(new Trash(Workspace.view(disturb(root, full))), TYPE, ID))
                .hasMessageContaining("No space left on device; nothing was moved");
        assertThat(job.status().state()).isEqualTo(JobState.DONE);
        assertThat(WorkspaceLayout.trash(root)).isEmptyDirectory();
    }

    @Test
    void change_trashIsALinkOfAnotherUser_isRefused() throws IOException {
        Optional<OtherUser> other = OtherUser.find();
        assumeTrue(other.isPresent(), "Skipped: only root can give a link to another user");
        Path private_ = Files.createDirectory(folder.resolve("home"));
        other.get().own(Files.createSymbolicLink(WorkspaceLayout.trash(root), private_));
        done();

        assertThatThrownBy(this::clean).hasMessageContaining("this link belongs to ");

        assertThat(private_).isEmptyDirectory();
        assertThat(job.status().state()).isEqualTo(JobState.DONE);
    }

    @Test
    void move_run_onlyWhenItHasEnded() throws IOException {
        RunFolder run = workspace.experiment("grid").newRun(Instant.parse("2026-01-31T12:00:00Z"));
        run.describe(Map.of("process", ProcessIdentity.current().toJson()));
        try (TrashChange change = trash.change()) {
            Path entry = change.newEntry(Instant.now(), "a test", List.of());
            assertThatThrownBy(() -> change.move(run, entry, false)).hasMessageContaining("it goes on; stop it");
            run.describe(Map.of("outcome", "DONE", "ended", "2026-01-31T12:00:00Z"));
            change.move(run, entry, false);
        }

        TrashEntry entry = trash.entries().get(0);
        assertThat(entry.items()).extracting(TrashEntry.Item::name).containsExactly("grid/20260131-120000");
        assertThat(workspace.experiment("grid").runs()).isEmpty();
        undo(entry.name());
        assertThat(workspace.experiment("grid").runs()).hasSize(1);
    }

    @Test
    void notes_ofJobAndRun_areKeptInOrder_andTheLastValueOfATagCounts() throws IOException {
        Notes.of(job).add("first", Instant.parse("2026-01-31T12:00:00Z"));
        Notes.of(job).add("second", Instant.parse("2026-01-31T12:00:01Z"));
        RunFolder run = workspace.experiment("grid").newRun(Instant.now());
        Notes.of(run).tag("paper", "no", Instant.parse("2026-01-31T12:00:00Z"));
        Notes.of(run).tag("paper", "yes", Instant.parse("2026-01-31T12:00:01Z"));
        Files.writeString(run.path().resolve(Notes.FOLDER).resolve("x.json"), "{");

        assertThat(Notes.of(job).list()).extracting(Note::text).containsExactly("first", "second");
        assertThat(Notes.tags(Notes.of(run).list())).isEqualTo(Map.of("paper", "yes"));
        fail();
        assertThat(Notes.of(job).list()).hasSize(2);
    }
}
