package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.base.file.Folders;
import org.experimaestro.base.file.OwnFolder;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.core.file.FileStamp;
import org.experimaestro.core.json.FileFormat;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonFile;
import org.jspecify.annotations.Nullable;

/**
 * The removal of the outputs of a job that is done. Marker, parameters, metrics and logs stay. Confined to one thread.
 *
 * <p>A removal takes the next number of an attempt, as a run does that claims the job, and holds it for a few renames. Each
 * step is one operation on a file, and the process may be killed between any two of them:
 *
 * <ol>
 *   <li>{@code attempt-N.json} is created exclusively. The job is still done. Whoever is about to use the outputs can see
 *       the claim, and the caller looks for such users now.
 *   <li>{@code done.json} gets the name of the attempt that made it. From here on the outputs count as removed, and no reader
 *       takes the rest for outputs.
 *   <li>The files are moved into the folder of our files, as the process of a next attempt does.
 *   <li>{@code process-N.json} is created, as void: the claim is over, and a run may make the next attempt.
 *   <li>The moved files are deleted.
 * </ol>
 *
 * <p>A next attempt moves what an interrupted removal has left, before its task begins.
 */
public final class OutputRemoval implements AutoCloseable {
    private final JobFolder job;
    private final ProcessIdentity self;
    private final int number;
    private final int removes;
    private final String key;
    /** The end of the claim, which is written before anything is removed: a full disk must not keep the claim from its end. */
    private final AtomicFile.Draft end;

    private boolean isEndUsed;
    private boolean isEnded;

    private OutputRemoval(
            JobFolder job, ProcessIdentity self, int number, int removes, String key, AtomicFile.Draft end) {
        this.job = job;
        this.self = self;
        this.number = number;
        this.removes = removes;
        this.key = key;
        this.end = end;
    }

    /**
     * Claims a job whose outputs are to be removed, or whose removal was interrupted. The job is still done, and the caller
     * looks now whether anybody needs the outputs.
     *
     * @param job the job
     * @param self this process
     * @param run the run that removes, for people who read the file
     * @return the claimed removal, to be closed; empty if there is nothing to remove or it must not be removed: the job is
     *     not done, is pinned, is being changed by another process, or its files are those of another job or workspace
     * @throws IOException if a file cannot be read or written; nothing is removed then
     */
    public static Optional<OutputRemoval> claim(JobFolder job, ProcessIdentity self, String run) throws IOException {
        JobStatus found = job.status();
        if (!isRemovable(job, found)) {
            return Optional.empty();
        }
        int removes = found.findDone().orElseThrow().attempt();
        Map<String, Object> claim = JobAttempts.attempt(self, run, AttemptOrigin.UNKNOWN);
        claim.put(FileFormat.KEY, StoredFiles.REMOVAL);
        claim.put(JobLayout.REMOVES_KEY, removes);
        // As in JobAttempts: what is read after the draft was written is of the folder in which the draft gets its
        // name.
        try (AtomicFile.Draft draft = AtomicFile.draft(job.attemptFile(0), Json.write(claim))) {
            int last = freeAfter(job, found, self);
            if (last == 0 || last == JobLayout.MOST_ATTEMPTS || !job.status().equals(found)) {
                return Optional.empty();
            }
            return claim(job, last + 1, removes, draft, self);
        } catch (NoSuchFileException moved) {
            return Optional.empty(); // the folder was moved to the trash, or deleted
        }
    }

    private static Optional<OutputRemoval> claim(
            JobFolder job, int number, int removes, AtomicFile.Draft claim, ProcessIdentity self) throws IOException {
        Path file = job.attemptFile(number);
        String key = claim.key();
        AtomicFile.Draft end = AtomicFile.draft(job.processFile(0), JobAttempts.voided(self));
        try {
            if (!claim.create(file)) {
                end.close();
                return Optional.empty();
            }
        } catch (IOException | RuntimeException failed) {
            try (end) {
                throw failed;
            }
        }
        OutputRemoval removal = new OutputRemoval(job, self, number, removes, key, end);
        try {
            if (key.equals(keyOf(file))) {
                return Optional.of(removal);
            }
            end.close(); // the claim is in a folder that was moved
            return Optional.empty();
        } catch (IOException | RuntimeException failed) {
            try (removal) { // nobody else ends the claim while this process lives
                throw failed;
            }
        }
    }

    private static boolean isRemovable(JobFolder job, JobStatus found) throws IOException {
        boolean hasOutputs = found instanceof JobStatus.Done || found instanceof JobStatus.Removed && hasRest(job);
        return hasOutputs
                && !Files.isSymbolicLink(
                        job.path()) // of a former name or another workspace: the files are of another job
                && job.findDoubtfulLink().isEmpty()
                && job.pin().find().isEmpty();
    }

    /**
     * Returns whether an interrupted removal has left files of a job whose outputs were removed.
     *
     * @param job the job
     * @return true if there are files of its task
     * @throws IOException if the folders cannot be listed
     */
    public static boolean hasRest(JobFolder job) throws IOException {
        return new FormerFiles(job).hasAny() || !isClear(job);
    }

    private static boolean isClear(JobFolder job) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(job.path())) {
            for (Path file : files) {
                if (!OwnFolder.has(file.getFileName().toString())) {
                    return false;
                }
            }
            return true;
        } catch (NoSuchFileException none) {
            return true;
        } catch (DirectoryIteratorException unreadable) {
            throw unreadable.getCause();
        }
    }

    /**
     * Returns whether another process has claimed a job in order to remove its outputs.
     *
     * @param job the job
     * @param status its state
     * @return false if no such claim is there, or it is over
     * @throws IOException if a file cannot be read
     */
    public static boolean isGoingOn(JobFolder job, JobStatus status) throws IOException {
        if (status instanceof JobStatus.Starting starting) {
            return job.attemptFiles().isRemoval(starting.attempt());
        }
        if (!(status instanceof JobStatus.Done done)) {
            return false;
        }
        int last = 0;
        for (int each : job.attempts()) {
            last = Math.max(last, each);
        }
        if (last <= done.attempt()
                || !job.attemptFiles().isRemoval(last)
                || job.attempt(last).isVoid()) {
            return false;
        }
        Optional<ProcessIdentity> claimant = job.attempt(last).record().findClaimant();
        return claimant.isPresent()
                && LifeSign.of(claimant.get(), job.attemptFile(last)).isAlive();
    }

    /**
     * Returns whether no removal of the outputs of a job was claimed since it was done. The folder is listed, because network file
     * systems may not show a new file to those that have looked for it before.
     *
     * @param job the job
     * @param done its state, read before
     * @return false also if it is not done any more
     * @throws IOException if the folder cannot be listed
     */
    public static boolean isUntouched(JobFolder job, JobStatus.Done done) throws IOException {
        boolean isMarked = false;
        for (String name : list(job)) {
            if (JobLayout.isAttempt(name) && JobLayout.attemptOf(name) > done.attempt()) {
                return false;
            }
            isMarked |= name.equals(JobLayout.DONE);
        }
        return isMarked;
    }

    /**
     * Returns whether the job was done once, and its outputs were removed, whatever has happened to it since.
     *
     * @param job the job
     * @return true if there is a marker of such an attempt
     * @throws IOException if the folder cannot be listed
     */
    public static boolean hasHappened(JobFolder job) throws IOException {
        for (String name : list(job)) {
            if (name.startsWith(JobLayout.REMOVED) && name.endsWith(JobLayout.JSON)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> list(JobFolder job) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(job.internalFolder())) {
            for (Path file : files) {
                names.add(file.getFileName().toString());
            }
        } catch (NoSuchFileException | NotDirectoryException none) {
            return List.of();
        } catch (DirectoryIteratorException unreadable) {
            throw unreadable.getCause();
        }
        return names;
    }

    /** Returns the number after which this removal comes; 0 if another process may be at work under that number. */
    private static int freeAfter(JobFolder job, JobStatus found, ProcessIdentity self) throws IOException {
        int last = 0;
        for (int each : job.attempts()) {
            last = Math.max(last, each);
        }
        if (last == found.findDone().orElseThrow().attempt()) {
            return last;
        }
        // An earlier removal: it was given up or interrupted, or goes on. Or an attempt after one, which was given up.
        if (!(found instanceof JobStatus.Removed) && !job.attemptFiles().isRemoval(last)) {
            return 0;
        }
        if (job.attempt(last).isVoid()) {
            return last;
        }
        Optional<ProcessIdentity> claimant = job.attempt(last).record().findClaimant();
        boolean isGone = claimant.isPresent()
                && !LifeSign.of(claimant.get(), job.attemptFile(last)).isAlive();
        return isGone && job.attemptFiles().declareVoid(last, self) ? last : 0;
    }

    private static @Nullable String keyOf(Path file) throws IOException {
        try {
            return FileStamp.look(file, LinkOption.NOFOLLOW_LINKS).key();
        } catch (NoSuchFileException none) {
            return null;
        }
    }

    /**
     * Returns the attempt whose outputs are removed.
     *
     * @return its number, from 1
     */
    public int removes() {
        return removes;
    }

    /**
     * Removes the outputs. The job is done, with its outputs removed, from the first step on, whatever happens afterwards.
     *
     * @throws IOException if a file cannot be moved, or another process has taken over; the next attempt moves the rest
     */
    public void remove() throws IOException {
        try {
            requireClaim();
            moveMarker();
            FormerFiles files = new FormerFiles(job);
            files.moveAside(job.attempt(number));
            files.deleteOlder(job.attempt(number));
        } finally {
            endClaim();
        }
        // Not under the claim: it may take long, and a next attempt has another folder of this kind.
        Folders.delete(job.formerFiles(number));
    }

    /** Before the first step: this process may have been stopped for so long that it was taken for dead. */
    private void requireClaim() throws IOException {
        if (!key.equals(keyOf(job.attemptFile(number)))
                || Files.exists(job.processFile(number))
                || Files.exists(job.attemptFile(number + 1))) {
            throw new IOException("another process has taken " + job + " over");
        }
        if (job.pin().find().isPresent()) {
            throw new IOException(job + " was pinned");
        }
    }

    private void moveMarker() throws IOException {
        Path marker = job.removedMarker(removes);
        if (Files.exists(marker)) {
            return; // an interrupted removal has moved it
        }
        try {
            Files.move(job.doneMarker(), marker, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException gone) {
            if (!Files.exists(marker)) { // else the reply of a network file system was lost
                throw gone;
            }
        }
        if (madeBy(marker) != removes) {
            // This process was stopped since its last look, and the job was made again meanwhile: that result stays.
            Files.move(marker, job.doneMarker(), StandardCopyOption.ATOMIC_MOVE);
            throw new IOException("another process has taken " + job + " over");
        }
    }

    private int madeBy(Path marker) throws IOException {
        try {
            return job.read(marker, JsonFile.LARGE_BYTES).integer("attempt", 1, JobLayout.MOST_ATTEMPTS);
        } catch (JsonException damaged) {
            return removes; // the state of the job names the file
        }
    }

    /** Ends the claim, also if {@link #remove} was not called: then the outputs stay. */
    @Override
    public void close() throws IOException {
        endClaim();
    }

    /** Tries again if that has failed before: while this process lives, nobody else ends the claim. */
    private void endClaim() throws IOException {
        if (isEnded) {
            return;
        }
        Path file = job.processFile(number);
        try {
            // Unless another process has declared the claim void.
            if (isEndUsed) {
                AtomicFile.create(file, JobAttempts.voided(self));
            } else {
                isEndUsed = true;
                try (end) {
                    end.create(file);
                }
            }
        } catch (NoSuchFileException moved) {
            // The folder is in the trash, or was deleted.
        }
        isEnded = true;
    }

    @Override
    public String toString() {
        return "removal of the outputs of attempt " + removes + " of " + job + " by " + self;
    }
}
