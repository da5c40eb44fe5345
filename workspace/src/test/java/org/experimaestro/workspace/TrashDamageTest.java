package org.experimaestro.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.experimaestro.disturbance.DisturbedFileSystem.disturb;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.disturbance.Disturbance;
import org.experimaestro.disturbance.Operation;
import org.experimaestro.disturbance.OtherUser;
import org.junit.jupiter.api.Test;

/** The trash with entries that grew, files that cannot be deleted, and links, folders and files of others. */
class TrashDamageTest extends TrashSetting {
    @Test
    void delete_entryThatGrewSinceItWasListed_isRefusedAndStays() throws IOException {
        done();
        TrashEntry listed = trash.entry(clean());
        Path grown = listed.path().resolve("jobs/a.learn/fedcba9876543210fedcba9876543210");
        Files.createDirectories(grown);

        try (TrashChange change = trash.change()) {
            assertThatThrownBy(() -> change.delete(listed))
                    .hasMessageContaining("Cannot delete the entry " + listed.name() + " of the trash: it has changed");
        }

        assertThat(trash.entry(listed.name()).items()).hasSize(2);
        try (TrashChange change = trash.change()) {
            change.delete(trash.entry(listed.name()));
            assertThatThrownBy(() -> change.delete(listed)).hasMessageContaining("it has changed");
        }
        assertThat(WorkspaceLayout.trash(root)).isEmptyDirectory();
    }

    @Test
    void change_leftoverThatCannotBeDeleted_staysAndHindersNobody() throws IOException {
        done();
        Path leftover = Files.createDirectories(WorkspaceLayout.trash(root).resolve(AtomicFile.TEMPORARY + "x"));
        Path file = Files.writeString(leftover.resolve("model.bin"), "1");
        Disturbance refusal = new Disturbance() {
            @Override
            public void before(Operation operation, Path path) throws IOException {
                if (operation == Operation.DELETE && path.equals(file)) {
                    throw new AccessDeniedException(path.toString());
                }
            }
        };

        String entry = TrashKiller.clean(new Trash(Workspace.view(disturb(root, refusal))), TYPE, ID);

        assertThat(job.path()).doesNotExist();
        assertThat(file).exists();
        undo(entry);
        assertThat(leftover).doesNotExist();
    }

    @Test
    void delete_fileThatCannotBeDeleted_isReported_andDeletedByTheNextChange() throws IOException {
        done();
        String entry = clean();
        Disturbance refusal = Disturbance.onceBefore(Operation.DELETE, path -> path.endsWith("model.bin"), path -> {
            throw new AccessDeniedException(path.toString());
        });
        Trash disturbed = new Trash(Workspace.view(disturb(root, refusal)));

        TrashChange change = disturbed.change();
        assertThatThrownBy(() -> change.delete(disturbed.entry(entry)))
                .hasMessageContaining("Cannot delete the entry " + entry + " of the trash: ")
                .hasMessageContaining("model.bin");
        assertThat(trash.entries()).isEmpty();
        change.close();

        assertThat(WorkspaceLayout.trash(root)).isEmptyDirectory();
    }

    @Test
    void entries_trashOfSeveralWorkspacesBehindALink_areThoseOfTheirWorkspace() throws IOException {
        Path shared = Files.createDirectory(folder.resolve("shared"));
        Files.createSymbolicLink(WorkspaceLayout.trash(root), shared);
        Workspace second = Workspace.open(folder.resolve("second"));
        Files.createSymbolicLink(WorkspaceLayout.trash(second.root()), shared);
        JobFolder twin = second.job(TYPE, ID);
        twin.write("{}", "");
        done();
        String ours = clean();
        String theirs = TrashKiller.clean(new Trash(second), TYPE, ID);
        Path empty = Files.createDirectory(shared.resolve("20260131-120000-00000000"));
        Files.copy(
                shared.resolve(theirs).resolve(WorkspaceLayout.TRASH_ENTRY),
                empty.resolve(WorkspaceLayout.TRASH_ENTRY));

        assertThat(trash.entries()).extracting(TrashEntry::name).containsExactly(ours);
        assertThat(new Trash(second).entries()).extracting(TrashEntry::name).containsExactly(theirs);
        assertThatThrownBy(() -> trash.entry(theirs)).hasMessageContaining("There is no entry");
        undo(ours);

        assertThat(job.status().state()).isEqualTo(JobState.DONE);
        assertThat(empty).exists();
        assertThat(twin.path()).doesNotExist();
        new Trash(second).change().close();
        assertThat(empty).doesNotExist();
        assertThat(new Trash(second).entry(theirs).items()).hasSize(1);
    }

    @Test
    void restore_claimThatWasGivenUp_isForgotten() throws IOException {
        fail();
        JobStatus before = job.status();
        Disturbance other = Disturbance.onceBefore(Operation.MOVE, this::isJobInTheTrash, path -> {
            throw new AtomicMoveNotSupportedException(path.toString(), "", "Invalid cross-device link");
        });
        assertThatThrownBy(() -> TrashKiller.clean(new Trash(Workspace.view(disturb(root, other))), TYPE, ID))
                .hasMessageContaining("on another file system");
        assertThat(job.status().isGivenUp()).isTrue();

        undo(clean());

        assertThat(job.status()).isEqualTo(before);
    }

    @Test
    void pin_diskFull_namesTheJobAndThePin() throws IOException {
        Disturbance full = Disturbance.onceBefore(
                Operation.OPEN, path -> path.startsWith(root) && !path.endsWith(WorkspaceLayout.MARKER), path -> {
                    throw new IOException("No space left on device");
                });
        JobFolder disturbed = Workspace.view(disturb(root, full)).job(TYPE, ID);

        assertThatThrownBy(() -> disturbed.pin().write("", Instant.now()))
                .hasMessage("Cannot pin " + job.name()
                        + ": No space left on device; make room or change the permissions in " + root);
        assertThat(job.pin().find()).isEmpty();
    }

    @Test
    void pin_workspaceWithoutTrash_makesNone() throws IOException {
        done();

        job.pin().write("", Instant.now());

        assertThat(job.pin().find()).isPresent();
        assertThat(WorkspaceLayout.trash(root)).doesNotExist();
    }

    /** A link to a job's folder may be ours; one of another user would be moved to where runs write. */
    @Test
    void restore_linkOfAnotherUser_isRefused_andNotFollowed() throws IOException {
        Optional<OtherUser> other = OtherUser.find();
        assumeTrue(other.isPresent(), "Skipped: only root can give a link to another user");
        done();
        String entry = clean();
        Path moved = WorkspaceLayout.trash(root)
                .resolve(entry)
                .resolve("jobs")
                .resolve(TYPE)
                .resolve(ID.toString());
        Path victim = folder.resolve("victim");
        Files.move(moved, victim);
        other.get().own(Files.createSymbolicLink(moved, victim));

        assertThatThrownBy(() -> undo(entry))
                .hasMessageContaining("Cannot move " + job.name() + " back: its folder is behind " + moved)
                .hasMessageContaining("which belongs to ");
        assertThat(Files.isSymbolicLink(job.path())).isFalse();
        Files.delete(moved);
        Files.move(victim, moved);
        Path internal = JobFolder.at(moved).internalFolder();
        Files.move(internal, victim);
        other.get().own(Files.createSymbolicLink(internal, victim));

        assertThatThrownBy(() -> undo(entry)).hasMessageContaining("its folder is behind " + internal);
        assertThat(job.path()).doesNotExist();
    }

    @Test
    void entries_fileWithTheNameOfAJob_isNoJob() throws IOException {
        Path type =
                Files.createDirectories(WorkspaceLayout.trash(root).resolve("20260131-120000-00000000/jobs/" + TYPE));
        Path file = Files.writeString(type.resolve("fedcba9876543210fedcba9876543210"), "no job");

        assertThat(trash.entries()).isEmpty();
        trash.change().close();

        assertThat(file).exists();
    }

    /** What a member of the workspace plants in the trash leads nowhere. */
    @Test
    void entries_plantedLinks_areNoEntries_andAreNotFollowed() throws IOException {
        Path private_ = folder.resolve("home");
        Path planted = private_.resolve("jobs/a.learn/" + ID);
        Files.createDirectories(planted);
        Files.writeString(planted.resolve("diary.txt"), "dear diary");
        Path bin = Files.createDirectories(WorkspaceLayout.trash(root));
        Files.createSymbolicLink(bin.resolve("20260131-120000-00000000"), private_);
        Path second = Files.createDirectory(bin.resolve("20260131-120000-00000001"));
        Files.createSymbolicLink(second.resolve("jobs"), private_.resolve("jobs"));
        Path third = Files.createDirectories(bin.resolve("20260131-120000-00000002/jobs"));
        Files.createSymbolicLink(third.resolve(TYPE), private_.resolve("jobs/a.learn"));

        assertThat(trash.entries()).isEmpty();
        trash.change().close();

        assertThat(planted.resolve("diary.txt")).hasContent("dear diary");
    }
}
