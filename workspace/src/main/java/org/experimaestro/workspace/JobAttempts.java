package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.core.file.FileStamp;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.core.json.TimeText;
import org.jspecify.annotations.Nullable;

/**
 * The attempts at a job: their numbers, and the creation of the next one. Thread-safe.
 *
 * <p>{@link JobFolder#claim} has the run-once protocol. It holds between threads, processes and hosts that share the file
 * system, whichever of them crashes, at any time.
 */
public final class JobAttempts {
    private static final String CONTINUES = "continues";
    static final String RESTART = "restart";

    private final JobFolder job;

    JobAttempts(JobFolder job) {
        this.job = job;
    }

    Claim claim(ProcessIdentity claimant, String run, AttemptOrigin origin) throws IOException {
        /*
         * Attempts are numbered. The file of an attempt is created exclusively, and only by a run that has seen that the
         * attempt before it is over. Therefore at most one attempt is active. An attempt is over if
         *  - its failure marker exists, or
         *  - its process is gone, or
         *  - its process has not begun, and cannot begin any more. The process file is created exclusively, too, before
         *    the process does anything else. A run that declares the attempt void creates this file in its place.
         * The marker of a job that is done is read after that, and a process writes it before it ends.
         *
         * An attempt that was submitted to a batch system is active until a marker exists, even if its process is not
         * alive: the batch system may have suspended the process, or may start it again.
         *
         * A removal of outputs (OutputRemoval) takes the next number, too. It moves the marker of the job that is done away
         * before it moves a file, so that all of the above holds for the attempts after it.
         */
        while (true) {
            JobStatus status = job.status();
            if (!mayBeTaken(status)) {
                return new Claim.Refused(status);
            }
            job.make();
            try {
                Claim claim = tryToClaim(claimant, run, origin);
                if (claim != null) {
                    return claim;
                }
            } catch (NoSuchFileException moved) {
                // The folder was moved to the trash, or deleted, since it was made: the job is new.
            }
        }
    }

    /**
     * Creates the next attempt; returns {@code null} if another process was first.
     *
     * <p>The files of the attempt are written before the state is read, and get their names afterwards. If the folder is
     * moved to the trash in between, and another run makes it again, they are not in the new folder. So the state that was
     * read of one folder has no effect in another one, whose attempts begin with 1 again.
     *
     * @throws NoSuchFileException if the folder was moved or deleted
     */
    private @Nullable Claim tryToClaim(ProcessIdentity claimant, String run, AttemptOrigin origin) throws IOException {
        try (AtomicFile.Draft draft =
                AtomicFile.draft(job.attemptFile(0), Json.write(attempt(claimant, run, origin)))) {
            JobStatus status = job.status();
            if (!mayBeTaken(status)) {
                return new Claim.Refused(status);
            }
            int last = lastNumber(status);
            if (last == JobLayout.MOST_ATTEMPTS) {
                return new Claim.Refused(new JobStatus.Corrupt(
                        job.attemptFile(last) + ": a job has at most " + JobLayout.MOST_ATTEMPTS + " attempts"));
            }
            if (last > 0 && !isOver(last, status) && !declareVoid(last, claimant, draft)) {
                return null;
            }
            Path file = job.attemptFile(last + 1);
            String key = draft.key();
            if (!draft.create(file)) {
                return null;
            }
            // The system may have found the folder before it was moved, and created the file afterwards.
            boolean isHere =
                    FileStamp.look(file, LinkOption.NOFOLLOW_LINKS).key().equals(key);
            return isHere ? new Claim.Granted(new Attempt(job, last + 1)) : null;
        }
    }

    private boolean declareVoid(int attempt, ProcessIdentity claimant, AtomicFile.Draft earlier) throws IOException {
        try (AtomicFile.Draft draft = AtomicFile.draft(job.processFile(attempt), voided(claimant))) {
            if (!earlier.isThere()) {
                throw new NoSuchFileException(job.path().toString());
            }
            return draft.create(job.processFile(attempt));
        }
    }

    private static boolean mayBeTaken(JobStatus status) {
        return status instanceof JobStatus.New
                || status instanceof JobStatus.Failed
                || status instanceof JobStatus.Removed;
    }

    /** Returns the last number that a run, or a removal, has taken; 0 if there is none. */
    private static int lastNumber(JobStatus status) {
        return status instanceof JobStatus.Removed removed
                ? removed.removal()
                : status.lastAttempt().orElse(0);
    }

    /**
     * Finds former attempts that may run on a host without a sign of it here. That happens if the host has accepted the
     * job, and its answer was lost, or the run ended before it could record the answer. It also happens if an attempt was
     * made void here, because the batch system reported it as lost, and starts it all the same: a host with a copy of the
     * workspace does not know that yet.
     *
     * @param before the number of an attempt at the job
     * @return the attempts before it that are void, or have no record of a batch job and of a process
     * @throws IOException if their files cannot be read
     */
    public List<Attempt> unaccounted(int before) throws IOException {
        List<Attempt> unaccounted = new ArrayList<>();
        for (int number : numbers()) {
            Attempt attempt = job.attempt(number);
            boolean mayRun = attempt.isVoid() || attempt.batchJob().isEmpty() && !attempt.hasBegun();
            if (number < before && mayRun) {
                unaccounted.add(attempt);
            }
        }
        return unaccounted;
    }

    private boolean createAttempt(int number, ProcessIdentity claimant, String run, int continued, int restarts)
            throws IOException {
        Map<String, Object> attempt = attempt(claimant, run, AttemptOrigin.UNKNOWN);
        attempt.put(CONTINUES, continued);
        attempt.put(RESTART, restarts);
        return AtomicFile.create(job.attemptFile(number), Json.write(attempt));
    }

    static Map<String, Object> attempt(ProcessIdentity claimant, String run, AttemptOrigin origin) {
        Map<String, Object> attempt = StoredFiles.begin();
        attempt.put("claimed", TimeText.now());
        attempt.put(JobLayout.CLAIMANT_KEY, claimant.toJson());
        attempt.put("run", run);
        origin.addTo(attempt);
        return attempt;
    }

    /**
     * Claims the job in a process that its batch system has started again for an attempt that had begun before. The
     * batch system reports that the former process is gone. Therefore the attempt is marked as failed, and the next one
     * is that of this process, unless the job is done, or another process runs it or has claimed it in the meantime.
     *
     * @param number the number of the attempt for which the job was submitted to the batch system
     * @param restarts the number of times that the batch system has started the job again, at least 1
     * @param self this process
     * @return the new attempt; empty if this process must not run the job
     * @throws IOException if the folder cannot be written
     */
    public Optional<Attempt> claimAgain(int number, int restarts, ProcessIdentity self) throws IOException {
        JobStatus status = job.status();
        int last = status.lastAttempt().orElse(0);
        if (status.findDone().isPresent() || status instanceof JobStatus.Corrupt || status.isAlive() || last < number) {
            return Optional.empty();
        }
        // Decided by the files of the attempts: a host that has a copy of the workspace may lack the files that refer
        // to batch jobs.
        for (int later = number + 1; later <= last; later++) {
            if (continuedBy(later) != number) {
                return Optional.empty();
            }
        }
        // The process of another restart may be about to begin the last attempt.
        if (!isOver(last, status) && !declareVoid(last, self)) {
            return Optional.empty();
        }
        job.attempt(last).failed(FailureCause.REQUEUED, "the batch system started the job again", null);
        return createAttempt(last + 1, self, "started again by its batch system", number, restarts)
                ? Optional.of(new Attempt(job, last + 1))
                : Optional.empty();
    }

    /**
     * Finds the attempt of the main process of a job. The other processes of the job find it so, also if the batch system
     * has started the job again.
     *
     * @param number the number of the attempt for which the job was submitted to the batch system
     * @param restarts the number of times that the batch system has started the job again; 0 at first
     * @return the attempt; empty if the main process has not begun or claimed it, or not yet
     * @throws IOException if the folder cannot be read
     */
    public Optional<Attempt> findRestart(int number, int restarts) throws IOException {
        for (int each : numbers()) { // the list also updates the cache of a network file system
            if (each == number ? restarts == 0 || beganAt(number, restarts) : isRestart(each, number, restarts)) {
                return Optional.of(job.attempt(each));
            }
        }
        return Optional.empty();
    }

    /** Returns whether an attempt began at a restart of its batch job, because no process had begun it before. */
    private boolean beganAt(int attempt, int restarts) throws IOException {
        try {
            return isRestart(job.read(job.processFile(attempt)), restarts);
        } catch (NoSuchFileException notYet) {
            return false;
        }
    }

    private boolean isRestart(int attempt, int number, int restarts) throws IOException {
        return attempt > number && continuedBy(attempt) == number && isRestart(job.readAttempt(attempt), restarts);
    }

    private static boolean isRestart(JsonObject json, int restarts) {
        return json.has(RESTART) && json.integer(RESTART, 1, Integer.MAX_VALUE) == restarts;
    }

    /**
     * Returns the attempt whose batch job runs another attempt as well, because the batch system has started the job
     * again.
     *
     * @param attempt the number of the later attempt
     * @return the number of the attempt for which the job was submitted; 0 if the later attempt is not such a restart
     * @throws IOException if the attempt's file cannot be read
     */
    public int continuedBy(int attempt) throws IOException {
        try {
            return continuedBy(job.readAttempt(attempt));
        } catch (NoSuchFileException none) {
            return 0;
        }
    }

    static int continuedBy(JsonObject attempt) {
        return attempt.has(CONTINUES) ? attempt.integer(CONTINUES, 1, JobLayout.MOST_ATTEMPTS) : 0;
    }

    /**
     * Lists the attempts to run the job, without the numbers under which outputs were removed.
     *
     * @return their numbers, sorted
     * @throws IOException if a file cannot be read
     * @throws JsonException if a file is damaged
     */
    public List<Integer> toRun() throws IOException {
        List<Integer> numbers = new ArrayList<>();
        for (int number : numbers()) {
            if (number == 1 || !isRemoval(number)) {
                numbers.add(number);
            }
        }
        Collections.sort(numbers);
        return numbers;
    }

    /** Returns whether a number is that under which outputs were removed. */
    boolean isRemoval(int attempt) throws IOException {
        try {
            return job.readAttempt(attempt).has(JobLayout.REMOVES_KEY);
        } catch (NoSuchFileException none) {
            return false;
        }
    }

    List<Integer> numbers() throws IOException {
        List<Integer> numbers = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(job.internalFolder())) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (JobLayout.isAttempt(name)) {
                    numbers.add(number(file, name));
                }
            }
        } catch (NoSuchFileException | NotDirectoryException neverStarted) {
            return List.of();
        } catch (DirectoryIteratorException unreadable) {
            throw unreadable.getCause();
        }
        return numbers;
    }

    private static int number(Path file, String name) {
        int number = JobLayout.attemptOf(name);
        if (number == 0) {
            throw new JsonException(
                    file + ": attempts are numbered from 1 to " + JobLayout.MOST_ATTEMPTS + ", without other digits");
        }
        return number;
    }

    /**
     * Returns whether an attempt is over, such that its process cannot begin any more.
     *
     * <p>A process file counts only if it is void, or if the state was read from it. A file that appeared after the state
     * was read is that of a process which has begun meanwhile, and lives.
     *
     * @param attempt the number of the last attempt
     * @param status the state, which is not that of a process that lives
     */
    private boolean isOver(int attempt, JobStatus status) throws IOException {
        return AttemptReconciler.hasBegun(status)
                || Files.exists(job.failureMarker(attempt))
                || Files.exists(job.endMarker(attempt))
                || job.attempt(attempt).isVoid();
    }

    boolean declareVoid(int attempt, ProcessIdentity claimant) throws IOException {
        return AtomicFile.create(job.processFile(attempt), voided(claimant));
    }

    static String voided(ProcessIdentity claimant) {
        Map<String, Object> process = StoredFiles.begin();
        process.put(JobLayout.VOID_KEY, true);
        process.put(JobLayout.CLAIMANT_KEY, claimant.toJson());
        return Json.write(process);
    }
}
