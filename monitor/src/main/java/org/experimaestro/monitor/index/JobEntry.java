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

/** What the index knows of a job. Confined to the holder of the index's lock. */
final class JobEntry {
    private final JobFolder folder;
    private final Stamped files = new Stamped();
    private JobStatus status = new JobStatus.New();
    private StoredParameters parameters;
    private List<Progress> progress = List.of();
    private String unreadable = "";
    private @Nullable FileStamp events;
    private @Nullable JobView view;

    JobEntry(JobFolder folder) {
        this.folder = folder;
        this.parameters = StoredParameters.of(folder, true);
    }

    JobFolder folder() {
        return folder;
    }

    JobStatus status() {
        return status;
    }

    /** Takes what an earlier process has read, if the job's files have not changed since. */
    boolean restore(IndexedJob earlier) {
        if (!files.restore(earlier.stamp(), folder.internalFolder(), LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        status = earlier.status();
        FileStamp stamp = earlier.parametersStamp();
        if (stamp != null) {
            parameters = StoredParameters.known(folder, earlier.tags(), stamp);
        } else {
            parameters = StoredParameters.of(folder, mayLackParameters(status));
        }
        return true;
    }

    /**
     * Looks at the job again, and reads what may have changed.
     *
     * @return whether something that is shown has changed
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
                // A network file system asks its server for a folder that is opened, and else remembers it for a
                // minute.
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

    /** Whether the status is the same as long as the folder has no other files. */
    private boolean isStillTrue(Clock clock) {
        return switch (status) {
            case JobStatus.New _, JobStatus.Done _, JobStatus.Queued _ -> true;
            case JobStatus.Starting starting ->
                starting.claimant().isLocal() && starting.claimant().isAlive();
            case JobStatus.Running running ->
                running.isAlive()
                        && (running.process().isLocal() ? running.process().isAlive() : isShown(running, clock));
            case JobStatus.Failed failed -> failed.ended() != null;
            case JobStatus.Corrupt _ -> false;
        };
    }

    /** Whether a process of another host has shown itself, by the time of its file. */
    private boolean isShown(JobStatus.Running running, Clock clock) {
        FileStamp stamp = look(folder.processFile(running.attempt()));
        return stamp != null
                && Math.abs(clock.millis() - TimeUnit.NANOSECONDS.toMillis(stamp.modified()))
                        < LifeSign.LEASE.toMillis();
    }

    private boolean read() {
        JobStatus found = folder.status();
        boolean hasChanged = !found.equals(status);
        status = found;
        return readParameters() || hasChanged;
    }

    /** Parameters are read once, unless another file has taken their place, such as that of a later attempt. */
    private boolean readParameters() {
        StoredParameters before = parameters;
        FileStamp stamp = before.stamp();
        if (stamp != null && files.isSettled() && stamp.equals(look(folder.parametersFile()))) {
            return false;
        }
        boolean mayBeMissing = mayLackParameters(status);
        if (!before.isRead() && before.mayBeMissing() == mayBeMissing) {
            return false; // views that have it will read what is there then
        }
        parameters = StoredParameters.of(folder, mayBeMissing);
        return before.isRead()
                && !(before.tags().equals(parameters.tags()) && before.problem().equals(parameters.problem()));
    }

    /** A job is claimed before its parameters are written, and it may end before that: while it waits for its share of a host. */
    private static boolean mayLackParameters(JobStatus status) {
        return status instanceof JobStatus.New
                || status instanceof JobStatus.Starting
                || status instanceof JobStatus.Failed failed && failed.started() == null;
    }

    private boolean readProgress() {
        List<Progress> before = progress;
        String problem = unreadable;
        if (status instanceof JobStatus.Running running) {
            Path file = folder.events(running.attempt());
            FileStamp stamp = look(file);
            if (stamp != null && stamp.equals(events)) {
                return false;
            }
            events = stamp;
            unreadable = "";
            try {
                progress = stamp == null && !Files.exists(file) ? List.of() : ProgressReader.read(file);
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
        return !before.equals(progress) || !problem.equals(unreadable);
    }

    private static @Nullable FileStamp look(Path file) {
        try {
            return FileStamp.look(file, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException none) {
            return null;
        } catch (IOException unseen) {
            return null; // its reader tells why
        }
    }

    /** Whether its files alone tell its state, so that it need not be looked at while nobody says that they have changed. */
    boolean isFinal() {
        return status instanceof JobStatus.New
                || status instanceof JobStatus.Done
                || status instanceof JobStatus.Failed failed && failed.ended() != null;
    }

    /** Whether the clock of the file system may not have gone on since the last reading. */
    boolean isRecent() {
        return !files.isSettled();
    }

    /** Has everything read again at the next look. */
    void forget() {
        files.forget();
        events = null;
    }

    /** What another process may take over as long as the folder is the same. */
    @Nullable
    IndexedJob toStore() {
        FileStamp stamp = files.stamp();
        return stamp == null || isRecent() || !isFinal()
                ? null
                : new IndexedJob(folder.name(), stamp, status, parameters.stamp(), tags());
    }

    private Map<String, Object> tags() {
        return parameters.stamp() == null ? Map.of() : parameters.tags();
    }

    /** Its runs say something else now. */
    void resubmitted() {
        view = null;
    }

    JobView view(List<RunSubmission> submissions) {
        JobView known = view;
        if (known == null) {
            known = new JobView(folder, status, submissions, progress, unreadable, parameters);
            view = known;
        }
        return Objects.requireNonNull(known);
    }
}
