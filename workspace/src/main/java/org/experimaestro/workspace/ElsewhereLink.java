package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The link in the place of a job's folder that leads to the same job in another workspace. It is absolute, is created
 * exclusively and as a whole, and all readers of the job follow it. It counts only while the job is done there, so nothing
 * is written behind it. {@code FormerLink} leads to a former name in the same workspace.
 */
public final class ElsewhereLink {
    private ElsewhereLink() {}

    /**
     * Finds where the files of a job are, if they are in another workspace.
     *
     * @param job the job
     * @return the folder of the same job there, to which a link in the place of its folder leads; empty for a folder, and
     *     for any other link
     */
    public static Optional<Path> find(JobFolder job) {
        if (!Files.isSymbolicLink(job.path())) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readSymbolicLink(job.path()))
                    .filter(target -> target.isAbsolute()
                            && target.endsWith(Path.of(WorkspaceLayout.JOBS).resolve(job.name())));
        } catch (IOException | UnsupportedOperationException unreadable) {
            return Optional.empty(); // the code that reads the folder reports it
        }
    }

    /**
     * Creates the link.
     *
     * @param job the job, whose folder must be missing
     * @param there the same job in another workspace
     * @return whether a link to that job is in the place of the folder; false if the job was begun meanwhile
     * @throws IOException if the link cannot be created
     */
    public static boolean create(JobFolder job, JobFolder there) throws IOException {
        OwnFolders.make(job.workspace(), job.path().resolveSibling(""));
        try {
            Files.createSymbolicLink(job.path(), there.path());
            return true;
        } catch (FileAlreadyExistsException taken) {
            return find(job).equals(Optional.of(there.path()));
        }
    }

    /** Returns whether a link is in the place of a job's folder whose job is not done there, or cannot be reached. */
    static boolean isBroken(JobFolder job) {
        return find(job).isPresent() && Files.notExists(job.doneMarker());
    }

    /**
     * Removes a link to a job that was deleted there, or is no longer done, so that the job can run here. A workspace that
     * cannot be reached may have the result, so its link stays.
     *
     * @throws FileSystemException if the workspace cannot be reached
     */
    static void removeIfBroken(JobFolder job) throws IOException {
        Path target = isBroken(job) ? find(job).orElse(null) : null;
        if (target == null) {
            return;
        }
        if (!isReached(target)) {
            throw new FileSystemException(
                    job.path().toString(),
                    null,
                    "its files are in " + target
                            + ", which cannot be reached; make that folder available, or remove the"
                            + " link, so that the job runs here");
        }
        Files.deleteIfExists(job.path());
    }

    /** Removes the link to a job; returns false if something else is in its place. */
    static boolean remove(JobFolder job, Path target) throws IOException {
        return find(job).equals(Optional.of(target)) && Files.deleteIfExists(job.path());
    }

    private static boolean isReached(Path target) {
        Path type = target.getParent();
        return type != null && type.getParent() != null && Files.isDirectory(type.getParent());
    }
}
