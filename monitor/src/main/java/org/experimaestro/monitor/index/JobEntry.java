package org.experimaestro.monitor.index;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.file.FileStamp;
import org.experimaestro.monitor.log.Progress;
import org.experimaestro.monitor.log.ProgressReader;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.RunSubmission;
import org.experimaestro.monitor.view.StoredParameters;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.LifeSign;
import org.jspecify.annotations.Nullable;

/** A job in the index. Confined to the holder of the index's lock. */
final class JobEntry {
    private final JobFolder folder;
    private String name;
    private final SharedNames names;
    private final Stamped files = new Stamped();
    private JobStatus status = new JobStatus.New();
    private StoredParameters parameters;
    private List<Progress> progress = List.of();
    private String unreadable = "";
    /**
     * A link may be in the place of the folder: to look is one more call of the system, which a listing of all jobs cannot
     * afford.
     */
    private boolean mayBeLink = true;

    private boolean isStored;
    private boolean hasStoredParameters;
    private @Nullable FileStamp events;
    private @Nullable JobView view;

    /**
     * Creates the entry of a job that was not read yet.
     *
     * @param folder the job's folder
     * @param name the folder's name, an object that others may share
     * @param names the names of the tags and metrics of all jobs
     */
    JobEntry(JobFolder folder, String name, SharedNames names) {
        this.folder = folder;
        this.name = name;
        this.names = names;
        this.parameters = StoredParameters.of(folder, true, names.sharing());
    }

    JobFolder folder() {
        return folder;
    }

    String name() {
        return name;
    }

    JobStatus status() {
        return status;
    }

    /** Restores the state that an earlier process read; returns false if the job's files have changed since. */
    boolean restore(IndexedJob earlier) {
        if (!files.restore(earlier.stamp(), folder.internalFolder(), LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        status = earlier.status();
        mayBeLink = earlier.mayBeLink();
        isStored = true;
        FileStamp stamp = earlier.parametersStamp();
        if (stamp != null) {
            parameters = StoredParameters.known(folder, earlier.tags(), earlier.uses(), stamp);
            hasStoredParameters = true;
        } else {
            parameters = StoredParameters.of(folder, mayLackParameters(status), names.sharing());
        }
        return true;
    }

    /**
     * Reads the files of the job that may have changed.
     *
     * @return whether the job's view has changed
     */
    boolean look(Clock clock) {
        boolean hasChanged = !isAsBefore(clock) && read();
        boolean hasProgressed = readProgress();
        if (hasChanged || hasProgressed) {
            view = null;
        }
        return hasChanged || hasProgressed;
    }

    private boolean isAsBefore(Clock clock) {
        try {
            if (status.isActive()) {
                // A network file system asks its server for a folder that is opened. Otherwise it may use a folder's
                // attributes that it cached up to a minute ago.
                ask(folder.internalFolder());
            }
            return !files.mustRead(folder.internalFolder(), clock, LinkOption.NOFOLLOW_LINKS) && isStillTrue(clock);
        } catch (IOException unseen) {
            files.forget();
            return false;
        }
    }

    private static void ask(Path opened) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(opened)) {
            Objects.requireNonNull(files);
        }
    }

    /**
     * Returns whether the state still holds while the files of the folder are unchanged. For example, the process of a
     * running job must be alive.
     */
    private boolean isStillTrue(Clock clock) {
        return switch (status) {
            case JobStatus.New _, JobStatus.Done _, JobStatus.Removed _, JobStatus.Queued _ -> true;
            case JobStatus.Starting starting ->
                starting.claimant().isLocal() && starting.claimant().isAlive();
            case JobStatus.Running running ->
                running.isAlive() && (running.process().isLocal() ? isPresent(running) : isShown(running, clock));
            case JobStatus.Failed failed -> failed.ended() != null;
            case JobStatus.Corrupt _ -> false;
        };
    }

    /** Returns whether a process of this host lives, and has not gone on to another task if it is a worker. */
    private boolean isPresent(JobStatus.Running running) {
        return running.process().isAlive()
                && (running.worker() == null || !running.worker().isOver(folder.workspace()));
    }

    /** Returns whether a process of another host has renewed its file recently. */
    private boolean isShown(JobStatus.Running running, Clock clock) {
        FileStamp stamp = look(folder.processFile(running.attempt()));
        return stamp != null
                && Math.abs(clock.millis() - TimeUnit.NANOSECONDS.toMillis(stamp.modified()))
                        < LifeSign.LEASE.toMillis();
    }

    private boolean read() {
        JobStatus found = folder.status();
        // A link counts only while the job behind it is done.
        mayBeLink = found.findDone().isEmpty() || Files.isSymbolicLink(folder.path());
        if (found instanceof JobStatus.Done done) {
            found = done.withMetrics(names.numbers(done.metrics()));
        } else if (found instanceof JobStatus.Removed removed) {
            JobStatus.Done done = removed.done();
            found = new JobStatus.Removed(
                    done.withMetrics(names.numbers(done.metrics())), removed.removal(), removed.time());
        }
        boolean hasChanged = !found.equals(status);
        status = found;
        isStored = isStored && !hasChanged;
        return readParameters() || hasChanged;
    }

    /**
     * Resets the parameters if their file was replaced, for example by a later attempt; returns whether their view has
     * changed. Unchanged parameters are read only once.
     */
    private boolean readParameters() {
        StoredParameters before = parameters;
        FileStamp stamp = before.stamp();
        if (stamp != null && files.isSettled() && stamp.equals(look(folder.parametersFile()))) {
            return false;
        }
        boolean mayBeMissing = mayLackParameters(status);
        if (!before.isRead() && before.mayBeMissing() == mayBeMissing) {
            return false; // views with these parameters will read the current file
        }
        parameters = StoredParameters.of(folder, mayBeMissing, names.sharing());
        hasStoredParameters = false;
        return before.isRead()
                && !(before.tags().equals(parameters.tags())
                        && before.uses().equals(parameters.uses())
                        && before.problem().equals(parameters.problem()));
    }

    /**
     * Returns whether the parameter file may be missing. It is written after the claim, and an attempt may end before,
     * while it waits for its share of a host.
     */
    private static boolean mayLackParameters(JobStatus status) {
        return status instanceof JobStatus.New
                || status instanceof JobStatus.Starting
                || status instanceof JobStatus.Failed failed && failed.started() == null;
    }

    private boolean readProgress() {
        List<Progress> before = progress;
        String problem = unreadable;
        boolean hasGrown = false; // by metrics, which views read by themselves
        if (status instanceof JobStatus.Running running) {
            Path file = folder.events(running.attempt());
            FileStamp stamp = look(file);
            if (stamp != null && stamp.equals(events)) {
                return false;
            }
            boolean isOther = stamp != null || events != null;
            events = stamp;
            unreadable = "";
            try {
                progress = stamp == null && !Files.exists(file) ? List.of() : ProgressReader.read(file);
                hasGrown = isOther;
            } catch (WorkspaceException failed) {
                progress = List.of();
                unreadable = String.valueOf(failed.getMessage());
                events = null;
            }
        } else {
            events = null;
            progress = List.of();
            unreadable = "";
        }
        return hasGrown || !before.equals(progress) || !problem.equals(unreadable);
    }

    private static @Nullable FileStamp look(Path file) {
        try {
            return FileStamp.look(file, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException none) {
            return null;
        } catch (IOException unseen) {
            return null; // the reader of the file reports the reason
        }
    }

    /**
     * Returns whether the files alone determine the state. Such a job is read again only in its turn, or if a run names
     * it.
     */
    boolean isFinal() {
        return status instanceof JobStatus.New
                || status.findDone().isPresent()
                || status instanceof JobStatus.Failed failed && failed.ended() != null;
    }

    /** Returns whether the files may have changed since the last reading without a change of their stamp. */
    boolean isRecent() {
        return !files.isSettled();
    }

    /** Marks all files to be read at the next look. */
    void forget() {
        files.forget();
        events = null;
    }

    /** Returns whether a copy in the cache would have more of this job than the last one. */
    boolean isWorthStoring() {
        boolean canBeStored = files.stamp() != null && !isRecent() && isFinal();
        return canBeStored && (!isStored || !hasStoredParameters && parameters.stamp() != null);
    }

    /** Returns the entry for the copy in the cache; {@code null} if another process could not rely on it. */
    @Nullable
    IndexedJob toStore() {
        FileStamp stamp = files.stamp();
        if (stamp == null || isRecent() || !isFinal()) {
            return null;
        }
        FileStamp read = parameters.stamp();
        isStored = true;
        hasStoredParameters = read != null;
        return read == null
                ? new IndexedJob(name, stamp, status, mayBeLink, null, Map.of(), List.of())
                : new IndexedJob(name, stamp, status, mayBeLink, read, parameters.tags(), parameters.uses());
    }

    /** Discards the view, because what the runs say of the job has changed. */
    void resubmitted() {
        view = null;
    }

    /** Gives up what is equal in a submission, which most jobs have. */
    private void share(List<RunSubmission> submissions) {
        if (!submissions.isEmpty()) {
            RunSubmission last = submissions.get(submissions.size() - 1);
            name = last.job();
            parameters.expect(last.tags(), last.dependencies());
        }
    }

    /** Returns the view, the same object until the job changes, or the runs say something else of it. */
    JobView view(List<RunSubmission> submissions, boolean isAwaited) {
        JobView known = view;
        if (known == null) {
            share(submissions);
            known = new JobView(folder, status, submissions, progress, unreadable, parameters);
            known = isAwaited ? known.awaited() : known;
            known = mayBeLink ? known : known.withOwnFolder();
            view = known;
        }
        return Objects.requireNonNull(known);
    }
}
