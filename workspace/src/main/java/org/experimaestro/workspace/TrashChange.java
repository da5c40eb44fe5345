package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.file.Folders;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.TimeText;

/**
 * A change of the trash by this process, which has the only right to change it until the change is closed. Confined to
 * one thread.
 */
public final class TrashChange implements AutoCloseable {
    private final Trash trash;
    private final Path root;
    private final WorkspaceClaim claim;

    TrashChange(Trash trash, WorkspaceClaim claim) {
        this.trash = trash;
        this.root = trash.workspace().root();
        this.claim = claim;
    }

    /*
     * What happens to a process that is killed:
     *  - before the description of the entry is written: nothing has changed.
     *  - after it: the entry has no items. It is deleted by the next change.
     *  - after the claim of a job: the claimant is gone, so that the job has failed, and the next run or cleaning takes
     *    it.
     *  - after the rename: the job is in the entry, and the description is there already.
     *  - while an entry is deleted: its name says so. The next change deletes the rest.
     *  - after a job was moved back: it is in its place, and has none of our claims.
     */

    /**
     * Deletes entries without items, and the rest of those whose deletion was interrupted. What cannot be deleted, such
     * as a file of another user, stays for a later sweep.
     */
    void sweep() {
        for (String name : Workspace.listNames(trash.folder())) {
            if (AtomicFile.isTemporary(name)) {
                sweep(() -> Folders.delete(trash.folder().resolve(name)));
            }
        }
        for (TrashEntry entry : trash.all()) {
            if (entry.items().isEmpty()) {
                sweep(() -> removeEmpty(entry.path()));
            }
        }
    }

    private interface Deletion {
        void run() throws IOException;
    }

    private static void sweep(Deletion deletion) {
        try {
            deletion.run();
        } catch (IOException | WorkspaceException left) {
            // It is of no use, and does no harm.
        }
    }

    /**
     * Makes an entry.
     *
     * @param now the time
     * @param command what is cleaned, in words
     * @param paths the names of all that is to be moved, for people who read the description
     * @return the folder of the entry
     * @throws WorkspaceException if it cannot be written; nothing has been moved then
     */
    public Path newEntry(Instant now, String command, List<String> paths) {
        String unique = UUID.randomUUID().toString().substring(0, 8);
        Path entry = trash.folder().resolve(RunNames.stamp(now.toEpochMilli()) + "-" + unique);
        Map<String, Object> json = StoredFiles.begin();
        json.put(TrashEntry.TIME, TimeText.of(now.toEpochMilli()));
        json.put(TrashEntry.USER, System.getProperty("user.name", ""));
        json.put("process", ProcessIdentity.current().toJson());
        json.put(TrashEntry.COMMAND, command);
        json.put(TrashEntry.WORKSPACE, root.toString());
        json.put("planned", paths);
        try {
            OwnFolders.make(root, entry);
            AtomicFile.write(entry.resolve(WorkspaceLayout.TRASH_ENTRY), Json.write(json));
            return entry;
        } catch (IOException failed) {
            throw WorkspaceException.of("Cannot make an entry of the trash: " + Failures.reason(failed))
                    .advice("nothing was moved")
                    .cause(failed)
                    .build();
        }
    }

    /**
     * Moves a job to an entry, by one rename. The job is claimed before, so that a run that wants it waits, and finds a
     * new job afterwards. A job that is done needs no claim, because no run starts it. A job that refers to its result
     * under a former name loses its link: the result stays, and the entry has nothing.
     *
     * @param job the job
     * @param expected the state in which the job was selected
     * @param entry the folder of the entry
     * @throws WorkspaceException if the job is in another state, active, pinned, cannot be read, is behind a link of
     *     another user, or cannot be moved; it stays then
     */
    public void move(JobFolder job, JobStatus expected, Path entry) {
        new TrashMove(root, entry).move(job, expected);
    }

    /**
     * Moves a run to an entry, by one rename. Its jobs stay.
     *
     * @param run the run
     * @param entry the folder of the entry
     * @param runsHaveEnded whether a run whose process cannot be seen from here counts as ended
     * @throws WorkspaceException if the run goes on, or cannot be moved; it stays then
     */
    public void move(RunFolder run, Path entry, boolean runsHaveEnded) {
        new TrashMove(root, entry).move(run, runsHaveEnded);
    }

    /**
     * Moves a job or a run back to its place.
     *
     * @param item the job or run
     * @throws WorkspaceException if something is in its place again, it is behind a link of another user, or it cannot
     *     be moved; it stays in the trash then
     */
    public void restore(TrashEntry.Item item) {
        Path parent = item.origin().resolveSibling("");
        try {
            requireNoDoubtfulLink(item);
            OwnFolders.make(root, parent);
            if (Files.exists(item.origin(), LinkOption.NOFOLLOW_LINKS)) {
                throw WorkspaceException.of("Cannot move " + item.name() + " back: it is there again")
                        .at(item.origin().toString())
                        .advice("clean that one first, or leave this one in the trash")
                        .build();
            }
            if (item.kind() == TrashEntry.Kind.JOB) {
                TrashMove.forgetClaims(item.path());
            }
            // A run may make the job's folder just now. Then the rename fails, or the run finds this job in the folder.
            Folders.rename(item.path(), item.origin());
        } catch (IOException | JsonException failed) {
            String reason = failed instanceof IOException unwritten
                    ? Failures.reason(unwritten)
                    : String.valueOf(failed.getMessage());
            throw WorkspaceException.of("Cannot move " + item.name() + " back: " + reason)
                    .at(item.path().toString())
                    .cause(failed)
                    .build();
        }
    }

    /** Another user could have put a link into the trash, so that we change or take back what it leads to. */
    private void requireNoDoubtfulLink(TrashEntry.Item item) throws IOException {
        Path inner =
                item.kind() == TrashEntry.Kind.JOB ? JobFolder.at(item.path()).internalFolder() : item.path();
        Optional<String> link = OwnFolders.findDoubtfulLink(root, inner);
        if (link.isPresent()) {
            throw WorkspaceException.of("Cannot move " + item.name() + " back: its folder is behind " + link.get())
                    .at(item.path().toString())
                    .advice("leave it in the trash, or delete the link")
                    .build();
        }
    }

    /**
     * Deletes an entry for good. What links in it lead to stays.
     *
     * @param entry the entry, as it was listed
     * @throws WorkspaceException if the entry has changed since it was listed, so that it stays; or if a file cannot be
     *     deleted: the rest is deleted by the next change
     */
    public void delete(TrashEntry entry) {
        if (!TrashEntry.read(trash.workspace(), entry.path()).equals(entry)) {
            throw WorkspaceException.of("Cannot delete the entry " + entry.name()
                            + " of the trash: it has changed since it was listed")
                    .advice("look at it again with: experimaestro trash list")
                    .build();
        }
        // Under another name first, so that nothing is moved back of which a part is deleted already.
        Path deleted = trash.folder().resolve(AtomicFile.TEMPORARY + entry.name());
        try {
            Folders.rename(entry.path(), deleted);
            Folders.delete(deleted);
        } catch (IOException failed) {
            throw WorkspaceException.of(
                            "Cannot delete the entry " + entry.name() + " of the trash: " + Failures.reason(failed))
                    .at(deleted.toString())
                    .cause(failed)
                    .build();
        }
    }

    /** Deletes an entry without items: its description, what a killed writer has left of it, and empty folders. */
    private static void removeEmpty(Path entry) throws IOException {
        for (String name : Workspace.listNames(entry)) {
            if (name.equals(WorkspaceLayout.TRASH_ENTRY) || AtomicFile.isTemporary(name)) {
                Folders.delete(entry.resolve(name));
            }
        }
        removeEmptyFolders(entry);
    }

    /** Deletes folders that have nothing in them. Other files, which no program of ours has put there, stay. */
    private static void removeEmptyFolders(Path folder) throws IOException {
        for (String name : Workspace.listNames(folder)) {
            if (Files.isDirectory(folder.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
                removeEmptyFolders(folder.resolve(name));
            }
        }
        try {
            Files.delete(folder);
        } catch (DirectoryNotEmptyException | NoSuchFileException other) {
            // It is of no use, and does no harm.
        }
    }

    /** Gives the right to change the trash back, and removes entries from which everything was moved back. */
    @Override
    public void close() {
        try {
            sweep();
        } catch (WorkspaceException unseen) {
            // The next change does the same.
        } finally {
            release();
        }
    }

    private void release() {
        try {
            claim.release();
        } catch (IOException left) {
            // The claim is over when this process has ended.
        }
    }
}
