package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.file.FileName;
import org.experimaestro.base.file.Folders;

/**
 * The place of what is being copied into a workspace. One process at a time copies. What is copied has the paths of the
 * workspace below {@link #folder}, and gets its place there by one rename, so that no run sees a half job. What a process
 * has left that was killed stays there, and the next copy goes on with it. Confined to one thread.
 */
public final class Incoming implements AutoCloseable {
    private static final Pattern STRANGE = Pattern.compile("[^A-Za-z0-9_-]");

    private final Workspace workspace;
    private final Path root;
    private final Path folder;
    private final WorkspaceClaim claim;

    private Incoming(Workspace workspace, Path folder, WorkspaceClaim claim) {
        this.workspace = workspace;
        this.root = workspace.root();
        this.folder = folder;
        this.claim = claim;
    }

    /**
     * Begins to copy into a workspace.
     *
     * @param workspace the workspace, which {@link Workspace#open} has made
     * @return the place, to be closed
     * @throws WorkspaceException if another process copies into the workspace, or it cannot be written
     */
    public static Incoming open(Workspace workspace) {
        String action = "copy into the workspace " + workspace;
        // Each user has a folder, in which nobody else can put a link.
        String user = STRANGE.matcher(System.getProperty("user.name", "")).replaceAll("_");
        Path folder = WorkspaceLayout.incoming(workspace.root()).resolve("of-" + user);
        try {
            // First the claim: the process that has it deletes empty folders at its end.
            WorkspaceClaim claim = WorkspaceClaim.take(WorkspaceClaim.Work.COPY, action, workspace.root());
            try {
                makePrivate(workspace.root(), folder);
                return new Incoming(workspace, folder, claim);
            } catch (IOException | RuntimeException failed) {
                claim.release();
                throw failed;
            }
        } catch (IOException failed) {
            throw WorkspaceException.of("Cannot " + action + ": " + Failures.reason(failed))
                    .cause(failed)
                    .build();
        }
    }

    private static void makePrivate(Path root, Path folder) throws IOException {
        OwnFolders.make(root, folder);
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            // The bit setgid stays, so that the parts belong to the workspace's group in their places, too.
            Folders.setPermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    /**
     * Lists what interrupted copies have left.
     *
     * @param workspace the workspace
     * @return a folder for each user; empty while a copy goes on
     */
    public static List<Path> left(Workspace workspace) {
        return WorkspaceClaim.isTaken(WorkspaceClaim.Work.COPY, workspace.root())
                ? List.of()
                : Workspace.sortedFolders(WorkspaceLayout.incoming(workspace.root()));
    }

    /**
     * Returns the folder of what is being copied, which has the paths of the workspace below it.
     *
     * @return an absolute path, on the file system of the workspace
     */
    public Path folder() {
        return folder;
    }

    /**
     * Gives a job, a run or another folder its place, in which nothing may be.
     *
     * @param name its name, for messages
     * @param place the path in the workspace; its counterpart in {@link #folder} is moved
     * @throws WorkspaceException if something is in its place, or it cannot be moved; it stays in {@link #folder} then
     */
    public void place(String name, Path place) {
        try {
            OwnFolders.make(root, place.resolveSibling(""));
            // If a run makes the folder just now, and it has a file, the rename fails; else the run finds this job in
            // it.
            Folders.rename(staged(place), place);
        } catch (IOException failed) {
            throw unplaced(name, place, failed);
        }
    }

    /**
     * Gives a job its place, in which the same job is that has failed or was never started. That one is claimed, as a run
     * would do, and moved to the trash.
     *
     * @param job the job in the workspace
     * @param expected its state when it was selected
     * @throws WorkspaceException if the job is in another state now, or cannot be moved
     */
    public void replace(JobFolder job, JobStatus expected) {
        try (TrashChange change = new Trash(workspace).change()) {
            Path entry = change.newEntry(Instant.now(), "copy", List.of(job.name()));
            change.move(job, expected, entry);
        }
        place(job.name(), job.path());
    }

    /**
     * Gives a file its place, unless there is one.
     *
     * @param place the path in the workspace; its counterpart in {@link #folder} is moved
     * @return whether the file has got its place; false if another file has it
     * @throws WorkspaceException if it cannot be moved
     */
    public boolean placeFile(Path place) {
        Path staged = staged(place);
        try {
            OwnFolders.make(root, place.resolveSibling(""));
            boolean isPlaced = FileName.take(staged, place);
            Files.deleteIfExists(staged);
            return isPlaced;
        } catch (IOException failed) {
            throw unplaced(root.relativize(place).toString(), place, failed);
        }
    }

    private Path staged(Path place) {
        return folder.resolve(root.relativize(place));
    }

    private WorkspaceException unplaced(String name, Path place, IOException failed) {
        if (failed instanceof AtomicMoveNotSupportedException) {
            return WorkspaceException.of("Cannot copy " + name + " into the workspace " + workspace + ": "
                            + place.getParent() + " is on another file system than " + folder)
                    .advice("put a link named " + WorkspaceLayout.INCOMING
                            + " into the workspace that leads to a folder on that file system")
                    .build();
        }
        boolean isTaken = !(failed instanceof NoSuchFileException) && Files.exists(place, LinkOption.NOFOLLOW_LINKS);
        return WorkspaceException.of("Cannot copy " + name + " into the workspace " + workspace + ": "
                        + (isTaken ? "it has appeared there meanwhile" : Failures.reason(failed)))
                .advice(isTaken ? "look at it, and give the command again" : null)
                .cause(failed)
                .build();
    }

    /** Deletes the folders of this user that are empty, and lets other processes copy. */
    @Override
    public void close() {
        try {
            try {
                deleteIfEmpty(folder);
                deleteIfUnused(WorkspaceLayout.incoming(root));
            } finally {
                claim.release();
            }
        } catch (IOException failed) {
            throw WorkspaceException.of("Cannot end the copy into " + workspace + ": " + Failures.reason(failed))
                    .cause(failed)
                    .build();
        }
    }

    /** Deletes a folder that users share, unless it has what others have left there, or is a link. */
    private static void deleteIfUnused(Path folder) {
        if (Files.isSymbolicLink(folder)) {
            return;
        }
        try {
            Files.deleteIfExists(folder);
        } catch (IOException used) {
            // It may stay: the next copy uses it again.
        }
    }

    private static void deleteIfEmpty(Path folder) throws IOException {
        if (Files.isSymbolicLink(folder)) {
            return; // of a user who has the folder on another disk
        }
        for (Path child : Workspace.sortedFolders(folder)) {
            deleteIfEmpty(child);
        }
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException used) {
            return;
        }
    }
}
