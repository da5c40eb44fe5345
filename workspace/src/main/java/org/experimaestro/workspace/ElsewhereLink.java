package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.experimaestro.WorkspaceException;

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
     * @param job the job, whose folder must be missing, or a broken link, which is replaced
     * @param there the same job in another workspace
     * @return whether a link to that job is in the place of the folder; false if the job was begun meanwhile
     * @throws IOException if the link cannot be created
     */
    public static boolean create(JobFolder job, JobFolder there) throws IOException {
        OwnFolders.make(job.workspace(), job.path().resolveSibling(""));
        while (true) {
            try {
                Files.createSymbolicLink(job.path(), there.path());
                return true;
            } catch (FileAlreadyExistsException taken) {
                Optional<Path> target = find(job);
                if (target.equals(Optional.of(there.path()))) {
                    return true;
                }
                if (target.isEmpty() || !isBroken(job) || !remove(job, target.get())) {
                    return false;
                }
            }
        }
    }

    /**
     * Returns whether a link to another workspace is in the place of a job's folder whose job is not done there, or cannot
     * be reached.
     *
     * @param job the job
     * @return false also for a folder, and if the place is empty
     */
    public static boolean isBroken(JobFolder job) {
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
        if (target != null) {
            requireReached(job);
            remove(job, target); // unless another run was faster
        }
    }

    /**
     * Requires that the workspace can be reached to which a link in the place of a job's folder leads, if there is one.
     *
     * @throws FileSystemException if it cannot be reached, with the reason
     */
    static void requireReached(JobFolder job) throws FileSystemException {
        Path target = isBroken(job) ? find(job).orElse(null) : null;
        if (target != null && !isReached(target)) {
            throw new FileSystemException(
                    job.path().toString(),
                    null,
                    "its files are in " + target
                            + ", which cannot be reached; make that folder available, or remove the"
                            + " link, so that the job runs here");
        }
    }

    /**
     * Requires that the files of a job are in its own workspace, because nothing is written into another one.
     *
     * @param action the action that would write, as in "Cannot pin the job"
     * @throws WorkspaceException if they are in another one
     */
    static void requireHere(JobFolder job, String action) {
        find(job).ifPresent(target -> {
            throw WorkspaceException.of("Cannot " + action + ": its files are in another workspace, in " + target)
                    .advice("give the same command for that workspace")
                    .build();
        });
    }

    /** Removes the link to a job; returns false if something else is in its place. */
    static boolean remove(JobFolder job, Path target) throws IOException {
        if (!find(job).equals(Optional.of(target))) {
            return false;
        }
        try {
            return Files.deleteIfExists(job.path());
        } catch (DirectoryNotEmptyException begun) {
            return false;
        }
    }

    private static boolean isReached(Path target) {
        Path type = target.getParent();
        return type != null && type.getParent() != null && Files.isDirectory(type.getParent());
    }
}
