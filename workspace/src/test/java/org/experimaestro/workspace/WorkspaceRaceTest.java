package org.experimaestro.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.experimaestro.disturbance.DisturbedFileSystem.disturb;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.experimaestro.ConfigId;
import org.experimaestro.WorkspaceException;
import org.experimaestro.disturbance.Disturbance;
import org.experimaestro.disturbance.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What another process does to a workspace between two calls of ours. */
class WorkspaceRaceTest {
    private static final ConfigId ID = ConfigId.parse("0123456789abcdef0123456789abcdef");

    @TempDir
    Path folder;

    @Test
    void open_anotherPlanMakesTheWorkspaceAfterTheFirstLook_usesIt() {
        Path root = folder.resolve("work");
        Disturbance other = Disturbance.onceAfter(Operation.LOOK, root::equals, path -> Workspace.open(root));

        Workspace workspace = Workspace.open(disturb(root, other));

        assertThat(workspace.exists()).isTrue();
        assertThat(root.resolve(WorkspaceLayout.JOBS)).isDirectory();
    }

    @Test
    void open_anotherPlanMakesTheWorkspaceBeforeAnyCall_usesIt() throws IOException {
        for (Operation operation : Operation.values()) {
            for (boolean before : List.of(true, false)) {
                Path root = folder.resolve(operation + "-" + before);
                Disturbance.Act act = path -> Workspace.open(root);
                Disturbance other = before
                        ? Disturbance.onceBefore(operation, path -> path.startsWith(root), act)
                        : Disturbance.onceAfter(operation, path -> path.startsWith(root), act);

                assertThat(Workspace.open(disturb(root, other)).exists())
                        .as("%s %s", before, operation)
                        .isTrue();
                assertThat(root.resolve(WorkspaceLayout.MARKER)).hasContent("{\"format\": 2}");
            }
        }
    }

    @Test
    void view_folderAboveIsMadeAfterTheFirstLook_isNoFile() {
        Path root = folder.resolve("lab/work");
        Disturbance other = Disturbance.onceAfter(
                Operation.LOOK, folder.resolve("lab")::equals, path -> Files.createDirectories(path));

        assertThat(Workspace.view(disturb(root, other)).exists()).isFalse();
    }

    @Test
    void view_fileInItsPlaceOrAbove_isNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> Workspace.view(file))
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContaining("it is a file, not a folder");
        assertThatThrownBy(() -> Workspace.view(file.resolve("below/work")))
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContaining(file + " is a file, not a folder");
    }

    @Test
    void status_jobIsDeletedWhileItIsRead_isNew() throws IOException {
        Workspace workspace = Workspace.open(folder);
        JobFolder job = workspace.job("t.a", ID);
        ProcessIdentity self = ProcessIdentity.current();
        job.claim(new ProcessIdentity("elsewhere", "boot", 1, 1, "", ""), "test");
        Disturbance other = Disturbance.onceBefore(Operation.LOOK, job.attemptFile(1)::equals, path -> {
            try (var files = Files.list(job.internalFolder())) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(job.internalFolder());
        });

        JobFolder disturbed = JobFolder.at(disturb(job.path(), other));

        assertThat(disturbed.status().state()).isEqualTo(JobState.NEW);
        assertThat(disturbed.claim(self, "test")).isInstanceOf(Claim.Granted.class);
    }

    @Test
    void claim_foldersAreDeletedWhileTheyAreMade_makesThemAnew() throws IOException {
        Path type = folder.resolve("jobs/t.a");
        Path job = type.resolve(ID.toString());
        for (Path gone : List.of(type, job)) {
            Workspace.open(folder);
            Disturbance other = Disturbance.onceAfter(Operation.MAKE_FOLDER, gone::equals, Files::delete);

            JobFolder disturbed = JobFolder.at(disturb(job, other));

            assertThat(disturbed.claim(ProcessIdentity.current(), "test")).isInstanceOf(Claim.Granted.class);
            delete(type);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void copies_storeIsDeletedAfterTheFirstLook_areNone() throws IOException {
        Path store = Files.createDirectories(folder.resolve("classpath"));
        Disturbance other = Disturbance.onceAfter(Operation.LOOK, store::equals, Files::delete);

        assertThat(new ClassPathStore(disturb(store, other)).copies()).isEmpty();
    }

    @Test
    void snapshot_entryIsDeletedBeforeTheLook_isLeftOut() throws IOException {
        Path entry = Files.writeString(folder.resolve("a.jar"), "text");
        Disturbance other = Disturbance.onceBefore(Operation.LOOK, entry::equals, Files::delete);

        ClassPathStore store = new ClassPathStore(folder.resolve("classpath"));

        assertThat(store.snapshot(List.of(disturb(entry, other)))).isEmpty();
    }

    @Test
    void snapshot_replyOfRenameIsLost_isThere() throws IOException {
        Path entry = Files.writeString(folder.resolve("a.jar"), "text");
        Disturbance lossy =
                Disturbance.onceAfter(Operation.MOVE, path -> path.toString().endsWith(".jar"), path -> {
                    throw new NoSuchFileException(path.toString());
                });

        List<Path> copies = new ClassPathStore(disturb(folder.resolve("classpath"), lossy)).snapshot(List.of(entry));

        assertThat(copies).singleElement().satisfies(copy -> assertThat(copy).hasContent("text"));
    }

    @Test
    void claimAndBeginAndDone_repliesAreLost_areOurs() throws IOException {
        JobFolder job = Workspace.open(folder).job("t.a", ID);
        ProcessIdentity self = ProcessIdentity.current();
        Path internal = job.internalFolder();

        Claim claim = lossy(job, "attempt-1.json").claim(self, "test");
        assertThat(claim).isInstanceOf(Claim.Granted.class);
        assertThat(lossy(job, "process-1.json").attempt(1).begin(self, 1)).isTrue();
        assertThat(lossy(job, "done.json").attempt(1).done(1, Map.of(), null)).isTrue();

        assertThat(internal.toFile().list()).containsExactlyInAnyOrder("attempt-1.json", "process-1.json", "done.json");
    }

    /** A client of NFS that has found a file missing may find it missing for a minute, unless it changes the folder. */
    @Test
    void done_laterAttemptIsSeenOnlyOnceTheFolderIsChanged_isRefused() throws IOException {
        JobFolder job = Workspace.open(folder).job("t.a", ID);
        ProcessIdentity self = ProcessIdentity.current();
        job.claim(dead(), "killed since");
        job.attempt(1).begin(self, 1);
        Files.createFile(job.attemptFile(2));
        Disturbance late = new Disturbance() {
            private boolean changed;

            @Override
            public void before(Operation operation, Path path) throws IOException {
                changed |= operation == Operation.WRITE;
                if (!changed && operation == Operation.LOOK && path.equals(job.attemptFile(2))) {
                    throw new NoSuchFileException(path.toString());
                }
            }
        };

        assertThat(JobFolder.at(disturb(job.path(), late)).attempt(1).done(1, Map.of(), null))
                .isFalse();
        assertThat(job.doneMarker()).doesNotExist();
        assertThat(job.internalFolder().toFile().list()).noneMatch(name -> name.startsWith(".tmp-"));
    }

    @Test
    void clearFolder_repliesAreLost_movesAll() throws IOException {
        JobFolder job = Workspace.open(folder).job("t.a", ID);
        job.claim(ProcessIdentity.current(), "test");
        Path result = Files.writeString(job.path().resolve("out.txt"), "of attempt 1");
        Disturbance lossy = new Disturbance() {
            @Override
            public void after(Operation operation, Path path) throws IOException {
                if (operation == Operation.MAKE_FOLDER) {
                    throw new FileAlreadyExistsException(path.toString());
                }
                if (operation == Operation.MOVE) {
                    throw new NoSuchFileException(path.toString());
                }
            }
        };

        JobFolder.at(disturb(job.path(), lossy)).attempt(2).clearFolder();

        assertThat(result).doesNotExist();
        assertThat(job.formerFiles(2).resolve("out.txt")).hasContent("of attempt 1");
    }

    @Test
    void claim_processBeginsAfterTheLook_isRefused() throws IOException {
        JobFolder job = Workspace.open(folder).job("t.a", ID);
        ProcessIdentity self = ProcessIdentity.current();
        job.claim(dead(), "killed since");
        Disturbance process = Disturbance.onceBefore(
                Operation.LOOK, job.endMarker(1)::equals, path -> job.attempt(1).begin(self, 1));

        Claim claim = JobFolder.at(disturb(job.path(), process)).claim(self, "test");

        assertThat(claim).isInstanceOf(Claim.Refused.class);
        assertThat(job.attemptFile(2)).doesNotExist();
    }

    @Test
    void claimAgain_processOfAnotherRestartLives_isRefused() throws IOException {
        JobFolder job = handedOver();
        ProcessIdentity self = ProcessIdentity.current();
        Attempt second = job.attemptFiles().claimAgain(1, 1, self).orElseThrow();
        second.begin(self, 1);

        assertThat(job.attemptFiles().claimAgain(1, 2, self)).isEmpty();
        assertThat(second.isMarkedAsFailed()).isFalse();
    }

    @Test
    void claimAgain_processOfAnotherRestartIsAboutToBegin_oneOfThemRuns() throws IOException {
        JobFolder job = handedOver();
        ProcessIdentity self = ProcessIdentity.current();
        job.attemptFiles().claimAgain(1, 1, self).orElseThrow();
        Disturbance other = Disturbance.onceBefore(
                Operation.LINK,
                job.processFile(2)::equals,
                path -> assertThat(job.attemptFiles().claimAgain(1, 2, self)).isPresent());

        Attempt second = JobFolder.at(disturb(job.path(), other)).attempt(2);

        assertThat(second.begin(self, 1)).isFalse();
        assertThat(job.attempt(3).begin(self, 1)).isTrue();
    }

    @Test
    void claimAgain_processOfAnotherRestartBeginsAfterTheLook_isRefused() throws IOException {
        JobFolder job = handedOver();
        ProcessIdentity self = ProcessIdentity.current();
        Attempt second = job.attemptFiles().claimAgain(1, 1, self).orElseThrow();
        Disturbance other = Disturbance.onceBefore(
                Operation.LINK,
                job.processFile(2)::equals,
                path -> assertThat(second.begin(self, 1)).isTrue());

        JobFolder disturbed = JobFolder.at(disturb(job.path(), other));

        assertThat(disturbed.attemptFiles().claimAgain(1, 2, self)).isEmpty();
        assertThat(job.attemptFile(3)).doesNotExist();
    }

    /** A job that a batch system has, and whose first process is gone. */
    private JobFolder handedOver() throws IOException {
        JobFolder job = Workspace.open(folder).job("t.a", ID);
        job.claim(dead(), "killed since");
        job.attempt(1).recordBatchJob(new BatchJobReference("cluster", "slurm", "12", "", Instant.EPOCH));
        job.attempt(1).begin(dead(), 1);
        return job;
    }

    private static ProcessIdentity dead() {
        ProcessIdentity self = ProcessIdentity.current();
        return new ProcessIdentity(
                self.host(), self.boot(), self.pid(), self.start() - 1, self.machine(), self.processes());
    }

    /** NFS makes the link, loses its reply, is asked again, and finds that the name is taken. */
    private static JobFolder lossy(JobFolder job, String name) {
        return JobFolder.at(disturb(
                job.path(), Disturbance.onceAfter(Operation.LINK, path -> path.endsWith(name), path -> {
                    throw new FileAlreadyExistsException(path.toString());
                })));
    }
}
