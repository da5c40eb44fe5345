package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.LaunchException;
import org.experimaestro.base.file.FileOwner;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.TimeText;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to run a job. Its start and its end are recorded in files. Each file is created exclusively, so its first
 * writer wins. Thread-safe.
 */
public final class Attempt {
    /** The most characters of a message, so that readers accept the marker. The job's log has the rest. */
    private static final int LONGEST_MESSAGE = 100_000;

    private final JobFolder job;
    private final int number;

    /** The exit code of a process that runs nothing, because {@link #begin} returned false. */
    public static final int SUPERSEDED_EXIT_CODE = 3;

    Attempt(JobFolder job, int number) {
        this.job = job;
        this.number = number;
    }

    /**
     * Returns the job.
     *
     * @return its folder
     */
    public JobFolder job() {
        return job;
    }

    /**
     * Returns the number of the attempt.
     *
     * @return from 1
     */
    public int number() {
        return number;
    }

    /**
     * Writes the files that the job needs to run, into the folder that the claim has made.
     *
     * @param parameters the text of its parameters
     * @param classPath the text of its class path
     * @throws IOException if they cannot be written
     */
    public void write(String parameters, String classPath) throws IOException {
        job.writeFiles(parameters, classPath);
    }

    /**
     * Records that this process runs the job now. A job's process calls this before anything else.
     *
     * @param process this process
     * @param started the start of the process, in milliseconds since 1970
     * @return false if the attempt was declared void in the meantime, or runs already, or the job is done: the process
     *     must end at once
     * @throws IOException if the process file cannot be written
     */
    public boolean begin(ProcessIdentity process, long started) throws IOException {
        return begin(process, started, 0);
    }

    /**
     * Records that this process runs the job now, as {@link #begin(ProcessIdentity, long)}, in a batch job.
     *
     * @param process this process
     * @param started the start of the process, in milliseconds since 1970
     * @param restarts the number of times that the batch system has started the job again; 0 at first
     * @return false if the process must end at once
     * @throws IOException if the process file cannot be written
     */
    public boolean begin(ProcessIdentity process, long started, int restarts) throws IOException {
        return begin(process, null, started, restarts);
    }

    /**
     * Records that a worker runs the job now, as {@link #begin(ProcessIdentity, long)}. The number of the task is in the
     * worker's file before.
     *
     * @param process the worker's process
     * @param task the task of the worker
     * @param started the begin of the task, in milliseconds since 1970
     * @return false if the task must not begin
     * @throws IOException if the process file cannot be written
     */
    public boolean begin(ProcessIdentity process, WorkerTask task, long started) throws IOException {
        return begin(process, task, started, 0);
    }

    private boolean begin(ProcessIdentity process, @Nullable WorkerTask task, long started, int restarts)
            throws IOException {
        if (isSuperseded()) {
            return false;
        }
        Map<String, Object> json = StoredFiles.begin();
        json.put(AttemptRecord.STARTED, TimeText.of(started));
        json.put(JobLayout.PROCESS_KEY, process.toJson());
        if (task != null) {
            task.addTo(json);
        }
        if (restarts > 0) {
            json.put(JobAttempts.RESTART, restarts);
        }
        return AtomicFile.create(job.processFile(number), Json.write(json));
    }

    /**
     * Returns the record of a request to end the attempt's process.
     *
     * @return the record, whose file need not exist
     */
    public StopRecord stop() {
        return new StopRecord(job, number);
    }

    /** Returns whether the job's files belong to another attempt: a later one, or one that has done the job. */
    boolean isSuperseded() {
        return Files.exists(job.attemptFile(number + 1)) || Files.exists(job.doneMarker());
    }

    /**
     * Moves the files that earlier attempts have left in the job's folder aside, into the folder of our files. Only the
     * newest of them are kept. To be called after {@link #begin}, and before the task runs. A first attempt finds no
     * such files.
     *
     * @throws IOException if a file cannot be moved, or the job has a later attempt; the next attempt moves the rest
     */
    public void clearFolder() throws IOException {
        if (number > 1) {
            new FormerFiles(job).moveAside(this);
        }
    }

    /**
     * Returns whether {@link #clearFolder} has moved all files.
     *
     * @return false also for a first attempt
     */
    public boolean hasClearedFolder() {
        return Files.isDirectory(job.formerFiles(number), LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Touches the process file, so that other hosts, which cannot see the process, find that it is alive. To be called
     * every 30 seconds. After three minutes without a call, the process counts as gone.
     *
     * @throws IOException if the file cannot be touched
     */
    public void beat() throws IOException {
        FileTime now = FileTime.fromMillis(System.currentTimeMillis());
        Files.getFileAttributeView(job.processFile(number), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(now, null, null);
    }

    /**
     * Records the resources that the process has used so far, in the place of an earlier record. They count if the process
     * ends without a marker of its own.
     *
     * @param use the resources
     * @throws IOException if they cannot be written
     */
    public void storeUse(ResourceUse use) throws IOException {
        Map<String, Object> json = StoredFiles.begin();
        json.put("time", TimeText.now());
        ResourceUse.addTo(json, use);
        AtomicFile.write(job.usageFile(number), Json.write(json));
    }

    /**
     * Records the resources that a batch system has accounted for the attempt. They decide nothing. The first record stays.
     *
     * @param use the resources
     * @return false if there is a record already
     * @throws IOException if they cannot be written
     */
    public boolean storeAccountedUse(AccountedUse use) throws IOException {
        Map<String, Object> json = StoredFiles.begin();
        json.put("time", TimeText.now());
        use.addTo(json);
        return AtomicFile.create(job.accountedFile(number), Json.write(json));
    }

    /**
     * Marks the job as done.
     *
     * @param started the start of the process, in milliseconds since 1970
     * @param metrics the last value of each metric
     * @param defaults the digest of the first defaults that the job is stored with, or {@code null} if it has none
     * @return false if a later attempt was made, whose result counts, or the job is done already
     * @throws IOException if the marker cannot be written: the job is not done then
     */
    public boolean done(long started, Map<String, Double> metrics, @Nullable String defaults) throws IOException {
        return done(started, metrics, defaults, null);
    }

    /**
     * Marks the job as done, and records the resources that its process has used.
     *
     * @param started the start of the process, in milliseconds since 1970
     * @param metrics the last value of each metric
     * @param defaults the digest of the first defaults that the job is stored with, or {@code null} if it has none
     * @param use the resources used, or {@code null} if the job had no process of its own
     * @return false if a later attempt was made, whose result counts, or the job is done already
     * @throws IOException if the marker cannot be written: the job is not done then
     */
    public boolean done(long started, Map<String, Double> metrics, @Nullable String defaults, @Nullable ResourceUse use)
            throws IOException {
        Map<String, Object> json = StoredFiles.begin();
        json.put("attempt", number);
        json.put(AttemptRecord.STARTED, TimeText.of(started));
        json.put("ended", TimeText.now());
        json.put("metrics", Metrics.toJson(metrics));
        if (defaults != null) {
            json.put("defaults", defaults);
        }
        ResourceUse.addTo(json, use);
        try (AtomicFile.Draft draft = AtomicFile.draft(job.doneMarker(), Json.write(json))) {
            // After the draft: a client of NFS that has found no later attempt goes on to find none for up to a minute
            // (nfs(5),
            // acdirmax), unless it changes the folder, which shows it the changes of others.
            return !Files.exists(job.attemptFile(number + 1)) && draft.create(job.doneMarker());
        }
    }

    /**
     * Marks the attempt as failed. Only the first marker counts.
     *
     * @param cause the cause
     * @param message the details, for people
     * @param exitCode the exit code of the process, or {@code null} if it is not known
     * @return whether this call wrote the marker
     * @throws IOException if it cannot be written
     */
    public boolean failed(FailureCause cause, String message, @Nullable Integer exitCode) throws IOException {
        return failed(cause, message, exitCode, null);
    }

    /**
     * Marks the attempt as failed, and records the resources that its process has used. Only the first marker counts.
     *
     * @param cause the cause
     * @param message the details, for people
     * @param exitCode the exit code of the process, or {@code null} if it is not known
     * @param use the resources used, or {@code null} if they are not known
     * @return whether this call wrote the marker
     * @throws IOException if it cannot be written
     */
    public boolean failed(FailureCause cause, String message, @Nullable Integer exitCode, @Nullable ResourceUse use)
            throws IOException {
        if (Files.exists(job.doneMarker())) {
            return false;
        }
        Map<String, Object> json = ending(cause, message, exitCode);
        ResourceUse.addTo(json, use);
        return AtomicFile.create(job.failureMarker(number), Json.write(json));
    }

    /**
     * Records that a batch system has the attempt now.
     *
     * @param batchJob the batch system's job
     * @throws IOException if it cannot be written
     */
    public void recordBatchJob(BatchJobReference batchJob) throws IOException {
        AtomicFile.create(job.handoverFile(number), Json.write(batchJob.toJson(job)));
    }

    /**
     * Returns the batch system's job for the attempt.
     *
     * @return empty if no batch system has the attempt
     * @throws IOException if it cannot be read
     */
    public Optional<BatchJobReference> batchJob() throws IOException {
        Path file = handoverFile();
        try {
            return Optional.of(BatchJobReference.fromJson(job.read(file), job));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    /**
     * Returns the record of the attempt for readers who look at it afterwards.
     *
     * @return the record, whose files need not exist
     */
    public AttemptRecord record() {
        return new AttemptRecord(job, number);
    }

    private Path handoverFile() throws IOException {
        int continued = job.attemptFiles().continuedBy(number);
        return job.handoverFile(continued > 0 ? continued : number);
    }

    /**
     * Requires that this user or root owns the file that names the attempt's process or batch job. Other users could
     * have put the number of any process there. To be called before something is done to a process or a batch job.
     *
     * @param act the verb of what is to be done, such as {@code end}
     * @throws LaunchException if another user owns the file, with that user's name, or the owner cannot be read
     */
    public void requireOwn(String act) {
        FileOwner owner;
        try {
            Path handed = handoverFile();
            owner = FileOwner.of(Files.exists(handed, LinkOption.NOFOLLOW_LINKS) ? handed : job.processFile(number));
            if (owner.isTrusted()) {
                return;
            }
        } catch (IOException unknown) {
            throw LaunchException.of("Cannot " + act + " " + job.name() + ": it cannot be seen whose it is: "
                            + Failures.reason(unknown) + "; nothing was sent")
                    .cause(unknown)
                    .build();
        }
        throw LaunchException.of("Cannot " + act + " " + job.name() + ": it belongs to " + owner.name()
                        + ", so nothing was sent")
                .advice("only " + owner.name() + " can " + act + " it")
                .build();
    }

    /**
     * Returns whether the attempt was declared void before its process began. If the process starts later, it ends at
     * once.
     *
     * @return false if a process has begun, or may begin
     * @throws IOException if the process file cannot be read
     */
    public boolean isVoid() throws IOException {
        Path file = job.processFile(number);
        try {
            return job.read(file).has(JobLayout.VOID_KEY);
        } catch (NoSuchFileException none) {
            return false;
        }
    }

    /**
     * Marks an attempt that was submitted to a batch system as over, because the batch system reports so. The marker of
     * the process itself takes precedence, except for the cause of a cancellation, which the process may not know. For an
     * attempt whose process was not seen to begin, call {@link #refused}: the process may have begun since.
     *
     * @param watcher this process, which has asked the batch system
     * @param cause the cause of the end
     * @param message the details, for people
     * @param exitCode the exit code, or {@code null} if it is not known
     * @throws IOException if the marker cannot be written
     */
    public void ended(ProcessIdentity watcher, FailureCause cause, String message, @Nullable Integer exitCode)
            throws IOException {
        if (Files.exists(job.doneMarker())) {
            return;
        }
        // From here on its process cannot begin, even if the batch system was wrong.
        job.attemptFiles().declareVoid(number, watcher);
        AtomicFile.create(job.endMarker(number), Json.write(ending(cause, message, exitCode)));
    }

    /**
     * Marks an attempt that no batch system has accepted, or that waits in one, as over, unless its process has begun all
     * the same. That happens if a batch system has accepted the job, and its answer was lost, or if the job has just
     * started.
     *
     * @param claimant this process
     * @param cause the cause of the end
     * @param message the details, for people
     * @return whether the attempt is over, and its process can no longer begin; false if it has begun
     * @throws IOException if the marker cannot be written
     */
    public boolean refused(ProcessIdentity claimant, FailureCause cause, String message) throws IOException {
        return refused(claimant, cause, message, null);
    }

    /**
     * Marks an attempt as over, as {@link #refused(ProcessIdentity, FailureCause, String)}, with the exit code that the
     * batch system reports.
     *
     * @param claimant this process
     * @param cause the cause of the end
     * @param message the details, for people
     * @param exitCode the exit code, or {@code null} if it is not known
     * @return whether the attempt is over, and its process can no longer begin; false if it has begun, or the job is done
     * @throws IOException if the marker cannot be written
     */
    public boolean refused(ProcessIdentity claimant, FailureCause cause, String message, @Nullable Integer exitCode)
            throws IOException {
        if (Files.exists(job.doneMarker()) || !(job.attemptFiles().declareVoid(number, claimant) || isVoid())) {
            return false;
        }
        AtomicFile.create(job.endMarker(number), Json.write(ending(cause, message, exitCode)));
        return true;
    }

    /**
     * Gives the attempt up before its process is started. If the process starts all the same, it ends at once.
     *
     * @param claimant this process
     * @param message the reason, for people
     * @throws IOException if the marker cannot be written
     */
    public void giveUp(ProcessIdentity claimant, String message) throws IOException {
        if (job.attemptFiles().declareVoid(number, claimant)) {
            failed(FailureCause.NOT_STARTED, message, null);
        }
    }

    private static Map<String, Object> ending(FailureCause cause, String message, @Nullable Integer exitCode) {
        Map<String, Object> json = StoredFiles.begin();
        cause.addTo(json);
        json.put(
                "message", message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "…");
        json.put("ended", TimeText.now());
        if (exitCode != null) {
            json.put("exitCode", exitCode);
        }
        return json;
    }

    /**
     * Links the logs of this attempt to those of an earlier attempt, because the process writes into these.
     *
     * @param earlier the number of the attempt that the process was started for
     * @throws IOException if links cannot be made; the attempt has no logs then
     */
    public void continueLogs(int earlier) throws IOException {
        try {
            Files.createSymbolicLink(
                    standardOutput(), job.standardOutput(earlier).getFileName());
            Files.createSymbolicLink(standardError(), job.standardError(earlier).getFileName());
        } catch (UnsupportedOperationException noLinks) {
            throw new IOException("The file system has no symbolic links", noLinks);
        }
    }

    /**
     * Returns whether the attempt has ended in a failure that its process, or the run, has recorded.
     *
     * @return false if it goes on, is done, or vanished
     */
    public boolean isMarkedAsFailed() {
        return Files.exists(job.failureMarker(number));
    }

    /**
     * Returns whether the attempt's process has begun, or the attempt was declared void.
     *
     * @return true once the process file exists
     */
    public boolean hasBegun() {
        return Files.exists(job.processFile(number));
    }

    /**
     * Returns the log of the process's standard output.
     *
     * @return the file
     */
    public Path standardOutput() {
        return job.standardOutput(number);
    }

    /**
     * Returns the log of the process's standard error.
     *
     * @return the file
     */
    public Path standardError() {
        return job.standardError(number);
    }
}
