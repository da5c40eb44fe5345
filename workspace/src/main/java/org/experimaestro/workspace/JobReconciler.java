package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalInt;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonFile;
import org.experimaestro.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A reader that finds the state of a job from its files and its process, by the rules of docs/job-life.md and
 * docs/running-once.md. It is the only code with these rules, for the engine, the command line and every other view.
 * Each instance is used once.
 */
final class JobReconciler {
    private static final String CLAIMED = "claimed";

    private final JobFolder job;
    private final boolean isInTrash;
    private Path reading;

    JobReconciler(JobFolder job) {
        this(job, false);
    }

    /**
     * Creates a reader of a job that may be in the trash.
     *
     * @param job the job's folder, there or in the workspace
     * @param isInTrash whether the claims of cleanings do not count
     */
    JobReconciler(JobFolder job, boolean isInTrash) {
        this.job = job;
        this.isInTrash = isInTrash;
        this.reading = job.internalFolder();
    }

    JobStatus read() {
        try {
            return readFiles();
        } catch (NoSuchFileException deleted) {
            // The job is being deleted: it is read again, until no file is left.
            return read();
        } catch (JsonException | IllegalArgumentException corrupt) {
            String problem = String.valueOf(corrupt.getMessage());
            return new JobStatus.Corrupt(problem.startsWith(reading.toString()) ? problem : reading + ": " + problem);
        } catch (IOException unreadable) {
            return new JobStatus.Corrupt(Failures.reason(unreadable));
        }
    }

    private JobStatus readFiles() throws IOException {
        if (!hasFolder()) {
            return new JobStatus.New();
        }
        JobStatus done = done();
        if (done != null) {
            return done;
        }
        boolean isBroken = !isInTrash
                && Files.isSymbolicLink(job.path()) // one call for nearly all jobs
                && (FormerLink.isBroken(job) || ElsewhereLink.isBroken(job));
        int attempt = lastAttempt();
        if (attempt == 0) {
            return new JobStatus.New();
        }
        JsonObject claim = attempt > 1 ? findAttempt(attempt) : null;
        if (claim != null && claim.has(JobLayout.REMOVES_KEY)) {
            return removed(attempt, claim); // also behind a link: what was made from the job stays valid
        }
        JobStatus status = isBroken
                ? new JobStatus.New() // the attempts behind the link are those of another job
                : last(attempt, claim);
        JobStatus before = attempt > 2 && (isBroken || status.isGivenUp()) ? removedBefore(attempt) : null;
        return before == null ? status : before;
    }

    /** Returns the state of the last attempt, which is no removal. */
    private JobStatus last(int attempt, @Nullable JsonObject claim) throws IOException {
        int continued = claim == null ? 0 : JobAttempts.continuedBy(claim);
        JsonObject handed = find(job.handoverFile(continued > 0 ? continued : attempt));
        BatchJobReference batchJob = handed == null ? null : BatchJobReference.fromJson(handed, job);
        JsonObject process = find(job.processFile(attempt));
        if (batchJob != null) {
            return handedOver(attempt, batchJob, process);
        }
        if (process == null) {
            return notBegun(attempt);
        }
        if (process.has(JobLayout.VOID_KEY)) {
            return voided(attempt);
        }
        return begun(attempt, process);
    }

    /**
     * Returns whether the folder of our files exists. A link in its place is refused: its target may be another user's.
     */
    private boolean hasFolder() throws IOException {
        try {
            OwnFolders.requireFolder(OwnFolders.look(job.internalFolder()), job.internalFolder());
            return true;
        } catch (NoSuchFileException neverStarted) {
            return false;
        }
    }

    private JobStatus.@Nullable Done done() throws IOException {
        JsonObject done = find(job.doneMarker(), JsonFile.LARGE_BYTES);
        return done == null ? null : done(done);
    }

    private static JobStatus.Done done(JsonObject done) {
        return new JobStatus.Done(
                done.integer("attempt", 1, JobLayout.MOST_ATTEMPTS),
                done.time("started"),
                done.time("ended"),
                Metrics.fromJson(done.object("metrics")),
                done.optionalString("defaults").orElse(null),
                ResourceUse.find(done));
    }

    /** Returns the state of a job whose outputs were removed, or are about to be. */
    private JobStatus removed(int attempt, JsonObject claim) throws IOException {
        int removes = claim.integer(JobLayout.REMOVES_KEY, 1, JobLayout.MOST_ATTEMPTS);
        JsonObject marker = find(job.removedMarker(removes), JsonFile.LARGE_BYTES);
        if (marker == null) {
            JobStatus done = done();
            if (done != null) {
                return done; // the removal has not begun
            }
            // It has begun since.
            marker = find(job.removedMarker(removes), JsonFile.LARGE_BYTES);
        }
        if (marker == null) {
            throw new JsonException(job.removedMarker(removes) + ": it is missing, although outputs were removed");
        }
        Instant time = claim.time(CLAIMED);
        if (find(job.processFile(attempt)) == null) {
            ProcessIdentity claimant = ProcessIdentity.fromJson(claim.object(JobLayout.CLAIMANT_KEY));
            if (LifeSign.of(claimant, job.attemptFile(attempt)).isAlive()) {
                return new JobStatus.Starting(attempt, time, claimant); // it goes on for some renames
            }
        }
        return new JobStatus.Removed(done(marker), attempt, time);
    }

    /**
     * Returns the state of a job whose outputs were removed, if all attempts since were given up without a word, or were claims of
     * cleanings: nothing has run, and nobody has told a failure.
     */
    private @Nullable JobStatus removedBefore(int last) throws IOException {
        for (int attempt = last; attempt > 1; attempt--) {
            JsonObject claim = findAttempt(attempt);
            if (claim != null && claim.has(JobLayout.REMOVES_KEY)) {
                JobStatus status = removed(attempt, claim);
                return status instanceof JobStatus.Removed removed
                        ? new JobStatus.Removed(removed.done(), last, removed.time())
                        : status;
            }
            if (claim == null || !hasRunNothing(attempt)) {
                return null;
            }
        }
        return null;
    }

    private boolean hasRunNothing(int attempt) throws IOException {
        boolean isTold = find(job.failureMarker(attempt)) != null || find(job.endMarker(attempt)) != null;
        if (isTold) {
            return TrashMove.isClaim(job, attempt);
        }
        JsonObject process = find(job.processFile(attempt));
        return process == null ? notBegun(attempt).isGivenUp() : process.has(JobLayout.VOID_KEY);
    }

    private JobStatus notBegun(int attempt) throws IOException {
        JsonObject failure = find(job.failureMarker(attempt));
        if (failure != null) {
            return failed(attempt, null, failure, failure);
        }
        JsonObject claim = findAttempt(attempt);
        if (claim == null) {
            return new JobStatus.New();
        }
        ProcessIdentity claimant = ProcessIdentity.fromJson(claim.object(JobLayout.CLAIMANT_KEY));
        LifeSign sign = LifeSign.of(claimant, job.attemptFile(attempt));
        if (sign.isAlive()) {
            return new JobStatus.Starting(attempt, claim.time(CLAIMED), claimant);
        }
        return givenUp(attempt, sign.note());
    }

    private JobStatus voided(int attempt) throws IOException {
        JsonObject failure = find(job.failureMarker(attempt));
        JsonObject told = AttemptEnd.told(failure, find(job.endMarker(attempt)));
        return told == null ? givenUp(attempt, "") : failed(attempt, null, told, failure == null ? told : failure);
    }

    private static JobStatus givenUp(int attempt, String note) {
        return new JobStatus.Failed(
                attempt, FailureCause.NOT_STARTED, "the run that had taken the job ended before it started" + note);
    }

    /**
     * Returns the state of an attempt that a batch system has. Only a marker ends it, and not the end of its process.
     */
    private JobStatus handedOver(int attempt, BatchJobReference batchJob, @Nullable JsonObject process)
            throws IOException {
        Instant started = null;
        ProcessIdentity owner = null;
        if (process != null && !process.has(JobLayout.VOID_KEY)) {
            started = process.time("started");
            owner = ProcessIdentity.fromJson(process.object(JobLayout.PROCESS_KEY));
        }
        LifeSign sign = owner == null ? null : LifeSign.of(owner, job.processFile(attempt));
        JobStatus done = done();
        if (done != null) {
            return done;
        }
        JsonObject failure = find(job.failureMarker(attempt));
        JsonObject end = find(job.endMarker(attempt));
        JsonObject told = AttemptEnd.told(failure, end);
        if (told != null) {
            return failed(attempt, started, told, failure == null ? told : failure);
        }
        return owner == null || started == null || sign == null
                ? new JobStatus.Queued(attempt, batchJob)
                : new JobStatus.Running(attempt, started, owner, batchJob, sign);
    }

    private JobStatus begun(int attempt, JsonObject process) throws IOException {
        Instant started = process.time("started");
        ProcessIdentity owner = ProcessIdentity.fromJson(process.object(JobLayout.PROCESS_KEY));
        WorkerTask worker = WorkerTask.find(process);
        // The process is checked before its markers are read. A process writes a marker before it ends, so a process
        // that is gone without a marker will never have one. A worker does so before it goes on to its next task.
        LifeSign sign = LifeSign.of(owner, job.processFile(attempt));
        boolean isOver = worker != null && sign.isAlive() && owner.isLocal() && worker.isOver(job.workspace());
        JobStatus done = done();
        if (done != null) {
            return done;
        }
        JsonObject failure = find(job.failureMarker(attempt));
        if (failure != null) {
            return failed(attempt, started, failure, failure);
        }
        if (sign.isAlive() && !isOver) {
            return new JobStatus.Running(attempt, started, owner, null, sign, worker);
        }
        return new JobStatus.Failed(
                OptionalInt.of(attempt),
                started,
                null,
                AttemptEnd.silent(find(job.stopFile(attempt))),
                (isOver ? worker + ", " + owner + "," : owner) + " ended without writing how it ended" + sign.note(),
                storedUse(attempt));
    }

    private JobStatus failed(int attempt, @Nullable Instant started, JsonObject failure, JsonObject measured) {
        ResourceUse use = ResourceUse.find(measured);
        return new JobStatus.Failed(
                OptionalInt.of(attempt),
                started,
                failure.time("ended"),
                FailureCause.of(failure),
                failure.string("message"),
                use == null && started != null ? storedUse(attempt) : use);
    }

    /** Returns the resources that a process which has left no marker recorded while it ran; they decide nothing. */
    private @Nullable ResourceUse storedUse(int attempt) {
        try {
            return job.attempt(attempt).record().findUse().orElse(null);
        } catch (IOException | JsonException unreadable) {
            return null;
        }
    }

    private int lastAttempt() throws IOException {
        int last = 0;
        for (int number : job.attempts()) {
            if (number > last && !(isInTrash && TrashMove.isClaim(job, number))) {
                last = number;
            }
        }
        return last;
    }

    private @Nullable JsonObject findAttempt(int attempt) throws IOException {
        reading = job.attemptFile(attempt);
        try {
            return job.readAttempt(attempt);
        } catch (NoSuchFileException none) {
            return null;
        }
    }

    private @Nullable JsonObject find(Path file) throws IOException {
        return find(file, JsonFile.SMALL_BYTES);
    }

    private @Nullable JsonObject find(Path file, int mostBytes) throws IOException {
        reading = file;
        try {
            return job.read(file, mostBytes);
        } catch (NoSuchFileException none) {
            return null;
        }
    }
}
