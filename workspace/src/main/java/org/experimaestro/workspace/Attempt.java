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

/** One attempt to run a job: how it begins, and how it ends. Each is written once. Thread-safe. */
public final class Attempt {
    /** A task may throw whatever text it likes: its log has the rest, and the marker stays readable. */
    private static final int LONGEST_MESSAGE = 100_000;

    private final JobFolder job;
    private final int number;

    /** The exit code of a process that had nothing to do, since {@link #begin} said so. */
    public static final int SUPERSEDED_EXIT_CODE = 3;

    Attempt(JobFolder job, int number) {
        this.job = job;
        this.number = number;
    }

    /**
     * The job.
     *
     * @return its folder
     */
    public JobFolder job() {
        return job;
    }

    /**
     * The number of the attempt.
     *
     * @return from 1
     */
    public int number() {
        return number;
    }

    /**
     * Says that this process runs the job now. The first thing that a job's process does.
     *
     * @param process this process
     * @param started when it began, milliseconds since 1970
     * @return false if the attempt was declared void in the meantime, or runs already: the process must end at once
     * @throws IOException if it cannot be written
     */
    public boolean begin(ProcessIdentity process, long started) throws IOException {
        if (Files.exists(job.attemptFile(number + 1))) {
            return false;
        }
        Map<String, Object> json = StoredFiles.begin();
        json.put("started", TimeText.of(started));
        json.put(JobLayout.PROCESS_KEY, process.toJson());
        return AtomicFile.create(job.processFile(number), Json.write(json));
    }

    /**
     * Shows to other hosts that the process is alive, which cannot see it. To be called every 30 seconds; after three minutes of silence it counts as gone.
     *
     * @throws IOException if the file cannot be touched
     */
    public void beat() throws IOException {
        FileTime now = FileTime.fromMillis(System.currentTimeMillis());
        Files.getFileAttributeView(job.processFile(number), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(now, null, null);
    }

    /**
     * Marks the job as done.
     *
     * @param started when the process began, milliseconds since 1970
     * @param metrics the last value of each metric
     * @param defaults the digest of the first defaults that the job is stored with, or {@code null} if it has none
     * @return false if a later attempt has taken over, whose result counts
     * @throws IOException if the marker cannot be written: the job is not done then
     */
    public boolean done(long started, Map<String, Double> metrics, @Nullable String defaults) throws IOException {
        return done(started, metrics, defaults, null);
    }

    /**
     * Marks the job as done, with what its process has used.
     *
     * @param started when the process began, milliseconds since 1970
     * @param metrics the last value of each metric
     * @param defaults the digest of the first defaults that the job is stored with, or {@code null} if it has none
     * @param use what the process has used, or {@code null} where the job had no process of its own
     * @return false if a later attempt has taken over, whose result counts
     * @throws IOException if the marker cannot be written: the job is not done then
     */
    public boolean done(long started, Map<String, Double> metrics, @Nullable String defaults, @Nullable ResourceUse use)
            throws IOException {
        if (Files.exists(job.attemptFile(number + 1))) {
            return false;
        }
        Map<String, Object> json = StoredFiles.begin();
        json.put("attempt", number);
        json.put("started", TimeText.of(started));
        json.put("ended", TimeText.now());
        json.put("metrics", Metrics.toJson(metrics));
        if (defaults != null) {
            json.put("defaults", defaults);
        }
        ResourceUse.addTo(json, use);
        return AtomicFile.create(job.doneMarker(), Json.write(json));
    }

    /**
     * Marks the attempt as failed. The first word counts: the process itself knows more than who watches it.
     *
     * @param cause why
     * @param message what is known
     * @param exitCode the exit code of the process, or {@code null} where it is not known
     * @return whether this call wrote the marker
     * @throws IOException if it cannot be written
     */
    public boolean failed(FailureCause cause, String message, @Nullable Integer exitCode) throws IOException {
        return failed(cause, message, exitCode, null);
    }

    /**
     * Marks the attempt as failed, with what its process has used.
     *
     * @param cause why
     * @param message what is known
     * @param exitCode the exit code of the process, or {@code null} where it is not known
     * @param use what the process has used, or {@code null} if that is not known
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
     * Stores that a batch system has the attempt now.
     *
     * @param batchJob which one
     * @throws IOException if it cannot be written
     */
    public void recordBatchJob(BatchJobReference batchJob) throws IOException {
        AtomicFile.create(job.handoverFile(number), Json.write(batchJob.toJson(job)));
    }

    /**
     * The batch system that has the attempt.
     *
     * @return empty if none has
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

    private Path handoverFile() throws IOException {
        int continued = job.attemptFiles().continuedBy(number);
        return job.handoverFile(continued > 0 ? continued : number);
    }

    /**
     * Requires that this user, or root, has written who has the attempt: its process, or a batch system. What somebody else
     * has written is no reason to end a process. To be called before anything is ended.
     *
     * @throws LaunchException if it is somebody else's, with their name
     */
    public void requireOwn() {
        FileOwner owner;
        try {
            Path handed = handoverFile();
            owner = FileOwner.of(Files.exists(handed, LinkOption.NOFOLLOW_LINKS) ? handed : job.processFile(number));
            if (owner.isTrusted()) {
                return;
            }
        } catch (IOException unknown) {
            throw LaunchException.of("Cannot end " + job.name() + ": it cannot be seen whose it is: "
                            + Failures.reason(unknown) + "; nothing was sent")
                    .cause(unknown)
                    .build();
        }
        throw LaunchException.of(
                        "Cannot end " + job.name() + ": it belongs to " + owner.name() + ", so nothing was sent")
                .advice("only " + owner.name() + " can end it")
                .build();
    }

    /**
     * Whether the attempt was ended before its process began, which will find that and end.
     *
     * @return false if a process has begun, or may begin
     * @throws IOException if it cannot be read
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
     * Marks an attempt that was handed to a batch system as over, by the batch system's word. What the process itself
     * has said counts more, but for the cause of a cancellation, which the batch system knows better.
     *
     * @param watcher this process, which has asked the batch system
     * @param cause why it is over
     * @param message what is known
     * @param exitCode the exit code, or {@code null} where it is not known
     * @throws IOException if it cannot be written
     */
    public void ended(ProcessIdentity watcher, FailureCause cause, String message, @Nullable Integer exitCode)
            throws IOException {
        if (Files.exists(job.doneMarker())) {
            return;
        }
        // If its process has not begun, it never will: not even if the batch system was wrong.
        job.attemptFiles().declareVoid(number, watcher);
        AtomicFile.create(job.endMarker(number), Json.write(ending(cause, message, exitCode)));
    }

    /**
     * Marks an attempt that no batch system has taken as over, unless its process has begun all the same: a batch system
     * may have taken it, and its answer have been lost.
     *
     * @param claimant this process
     * @param cause why it is over
     * @param message what is known
     * @throws IOException if it cannot be written
     */
    public void refused(ProcessIdentity claimant, FailureCause cause, String message) throws IOException {
        if (!Files.exists(job.doneMarker()) && job.attemptFiles().declareVoid(number, claimant)) {
            AtomicFile.create(job.endMarker(number), Json.write(ending(cause, message, null)));
        }
    }

    /**
     * Gives the attempt up before its process was started. If it was started all the same, it finds that and ends.
     *
     * @param claimant this process
     * @param message why
     * @throws IOException if it cannot be written
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
     * Makes the logs of this attempt those of an earlier one, into which its process writes.
     *
     * @param earlier the number of the attempt that the process was started for
     * @throws IOException if links cannot be made: readers find no logs then
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
     * Whether its process has begun.
     *
     * @return true once the process has said its first word
     */
    public boolean hasBegun() {
        return Files.exists(job.processFile(number));
    }

    /**
     * What the process prints.
     *
     * @return the file
     */
    public Path standardOutput() {
        return job.standardOutput(number);
    }

    /**
     * What the process complains about.
     *
     * @return the file
     */
    public Path standardError() {
        return job.standardError(number);
    }
}
