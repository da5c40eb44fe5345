package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.Optional;
import org.experimaestro.core.json.JsonException;

/**
 * The link in the place of a job's folder that leads to the folder of the same job under a former name. A symbolic link
 * is created exclusively and as a whole, and all paths in the folder stay what they are behind it, because both folders
 * are at the same depth.
 */
final class FormerLink {
    private static final String UP = "..";
    private static final int NAMES = 3;

    private FormerLink() {}

    /** Returns the job that a link in the place of a job's folder leads to; empty for a folder, and for any other link. */
    static Optional<JobFolder> find(JobFolder job) {
        if (!Files.isSymbolicLink(job.path())) {
            return Optional.empty();
        }
        try {
            Path target = Files.readSymbolicLink(job.path());
            if (target.isAbsolute() || target.getNameCount() != NAMES || !target.startsWith(UP)) {
                return Optional.empty();
            }
            return Optional.of(job.other(JobFolder.requireName(target.getName(1) + "/" + target.getName(2))));
        } catch (NotLinkException | NoSuchFileException | JsonException none) {
            return Optional.empty();
        } catch (IOException | UnsupportedOperationException unreadable) {
            return Optional.empty(); // the code that reads the folder reports it
        }
    }

    /**
     * Creates the link.
     *
     * @return false if there is a folder already, because the job was started under its new name
     */
    static boolean create(JobFolder job, JobFolder former) throws IOException {
        OwnFolders.make(job.workspace(), job.path().resolveSibling(""));
        Path target = Path.of(UP, former.typeId(), former.id().toString());
        while (true) {
            try {
                Files.createSymbolicLink(job.path(), target);
                return true;
            } catch (FileAlreadyExistsException taken) {
                if (!removeIfBroken(job)) {
                    return find(job).isPresent();
                }
            }
        }
    }

    /** Removes a link whose job was deleted or cleaned; returns false if there is no such link. */
    static boolean removeIfBroken(JobFolder job) throws IOException {
        if (find(job).isEmpty() || Files.exists(job.path())) {
            return false;
        }
        Files.deleteIfExists(job.path());
        return true;
    }
}
