package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;

/**
 * The link in the place of a job's folder that leads to the folder of the same job under a former name. A symbolic link
 * is created exclusively and as a whole, and all paths in the folder stay what they are behind it, because both folders
 * are at the same depth. A link counts only while the job that it leads to is done.
 */
final class FormerLink {
    private static final String UP = "..";
    private static final int NAMES = 3;

    private FormerLink() {}

    /**
     * Returns the done job that a link in the place of a job's folder leads to; empty for a folder, and for any other
     * link.
     */
    static Optional<JobFolder> find(JobFolder job) {
        return findTarget(job).filter(target -> !isNotDone(target));
    }

    /**
     * Returns whether a link is in the place of a job's folder whose job was deleted, or is no longer done: it was
     * cleaned, and code with the old names has begun it again.
     */
    static boolean isBroken(JobFolder job) {
        return findTarget(job).filter(FormerLink::isNotDone).isPresent();
    }

    /** Returns false also if that cannot be found out: then the link stays, and who reads the job reports the reason. */
    private static boolean isNotDone(JobFolder target) {
        return Files.notExists(target.doneMarker());
    }

    private static Optional<JobFolder> findTarget(JobFolder job) {
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
        record(job, former); // first: a run that is about to remove the outputs finds it, or its claim is found
        while (true) {
            try {
                Files.createSymbolicLink(job.path(), target);
                return true;
            } catch (FileAlreadyExistsException taken) {
                // This job is done, so nothing is lost with a link to one that cannot be reached.
                if (!removeBroken(job)) {
                    return find(job).isPresent();
                }
            }
        }
    }

    /** Records at a job that links lead to it, so that its outputs are not removed. */
    private static void record(JobFolder job, JobFolder former) throws IOException {
        Path file = former.internalFolder().resolve(JobLayout.LINKED);
        if (!Files.exists(file)) {
            Map<String, Object> json = StoredFiles.begin();
            json.put("by", job.name());
            AtomicFile.create(file, Json.write(json));
        }
    }

    /** Returns whether a link has led to the job from the folder of a job with a new name. */
    static boolean isTarget(JobFolder job) {
        return Files.exists(job.internalFolder().resolve(JobLayout.LINKED));
    }

    /**
     * Removes a link whose job was deleted, or is no longer done; returns false if there is no such link. If that job's
     * files were moved to a workspace that cannot be reached, the result may be there, so the link stays.
     *
     * @throws FileSystemException if that workspace cannot be reached
     */
    static boolean removeIfBroken(JobFolder job) throws IOException {
        Optional<JobFolder> target = findTarget(job);
        if (target.isPresent()) {
            ElsewhereLink.requireReached(target.get());
        }
        return removeBroken(job);
    }

    private static boolean removeBroken(JobFolder job) throws IOException {
        Optional<JobFolder> target = findTarget(job);
        return target.isPresent() && isNotDone(target.get()) && remove(job, target.get());
    }

    /** Removes the link to a job; returns false if something else is in its place, because another run was faster. */
    static boolean remove(JobFolder job, JobFolder target) throws IOException {
        if (!findTarget(job).map(JobFolder::name).equals(Optional.of(target.name()))) {
            return false;
        }
        try {
            Files.deleteIfExists(job.path());
            return true;
        } catch (DirectoryNotEmptyException begun) {
            return false;
        }
    }
}
