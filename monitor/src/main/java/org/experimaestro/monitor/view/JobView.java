package org.experimaestro.monitor.view;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.monitor.log.Progress;
import org.experimaestro.workspace.AccountedUse;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.ElsewhereLink;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.Note;
import org.experimaestro.workspace.Notes;
import org.experimaestro.workspace.Pin;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.ResourceUse;
import org.jspecify.annotations.Nullable;

/**
 * A view of a job: its state, the runs that submitted it, its last values and its stored tags. The tags, and the values of
 * a job that is not done, are read at their first use. Immutable.
 */
public final class JobView {
    private final JobFolder folder;
    private final JobStatus status;
    private final List<RunSubmission> submissions;
    private final List<Progress> progress;
    private final String unreadable;
    private final StoredParameters parameters;
    private final LastValues lastValues;
    private final boolean isAwaited;
    private final boolean mayBeElsewhere;
    private @Nullable LastPlace lastPlace;

    /**
     * Creates a view.
     *
     * @param folder the job's folder
     * @param status its state
     * @param submissions its submissions by runs, in the order of the runs
     * @param progress the last progress of each level, for a running job
     * @param unreadable the reason why its progress cannot be read; may be empty
     * @param parameters its parameters
     */
    public JobView(
            JobFolder folder,
            JobStatus status,
            List<RunSubmission> submissions,
            List<Progress> progress,
            String unreadable,
            StoredParameters parameters) {
        this.folder = folder;
        this.status = status;
        this.submissions = List.copyOf(submissions);
        this.progress = List.copyOf(progress);
        this.unreadable = unreadable;
        this.parameters = parameters;
        this.lastValues = status instanceof JobStatus.Running || status instanceof JobStatus.Failed
                ? lastValues(folder, status)
                : LastValues.NONE;
        this.isAwaited = false;
        this.mayBeElsewhere = true;
    }

    private JobView(JobView known, boolean isAwaited, boolean mayBeElsewhere) {
        this.folder = known.folder;
        this.status = known.status;
        this.submissions = known.submissions;
        this.progress = known.progress;
        this.unreadable = known.unreadable;
        this.parameters = known.parameters;
        this.lastValues = known.lastValues;
        this.isAwaited = isAwaited;
        this.mayBeElsewhere = mayBeElsewhere;
    }

    /**
     * Returns a view of the same job as one that a run that goes on has before it.
     *
     * @return a view in which a failed job waits for its next attempt
     */
    public JobView awaited() {
        return new JobView(this, true, mayBeElsewhere);
    }

    /**
     * Returns a view of the same job as one whose files are known to be in its own workspace.
     *
     * @return a view in which the job is not {@link #elsewhere}
     */
    public JobView withOwnFolder() {
        return new JobView(this, isAwaited, false);
    }

    /**
     * Finds where the job's files are, if they are in another workspace.
     *
     * @return the folder of the same job there; empty if its files are here
     */
    public Optional<Path> elsewhere() {
        return mayBeElsewhere ? ElsewhereLink.find(folder) : Optional.empty();
    }

    private static LastValues lastValues(JobFolder folder, JobStatus status) {
        OptionalInt attempt = status.lastAttempt();
        return attempt.isPresent() ? LastValues.of(folder, attempt.getAsInt()) : LastValues.NONE;
    }

    /**
     * Returns a view of a job without a folder.
     *
     * @param folder the folder that the job would have
     * @return a job that was never started, or that was deleted
     */
    public static JobView missing(JobFolder folder) {
        return submitted(folder, List.of());
    }

    /**
     * Returns a view of a job that runs have submitted and that has no folder.
     *
     * @param folder the folder that the job would have
     * @param submissions its submissions by runs, in the order of the runs
     * @return a job that waits, was skipped, or was deleted
     */
    public static JobView submitted(JobFolder folder, List<RunSubmission> submissions) {
        return new JobView(folder, new JobStatus.New(), submissions, List.of(), "", StoredParameters.of(folder, true));
    }

    /**
     * Returns the job's folder.
     *
     * @return the folder, which knows the type id and the identifier
     */
    public JobFolder folder() {
        return folder;
    }

    /**
     * Returns the job's name.
     *
     * @return the type id and the identifier, joined by a slash
     */
    public String name() {
        return submissions.isEmpty() ? folder.name() : submissions.getFirst().job();
    }

    /**
     * Returns the job's state with its details.
     *
     * @return the state according to the job's files and process
     */
    public JobStatus status() {
        return status;
    }

    /**
     * Returns the job's submissions by runs.
     *
     * @return the submissions in the order of the runs
     */
    public List<RunSubmission> submissions() {
        return submissions;
    }

    /**
     * Returns the last progress of each level of a job that runs or failed.
     *
     * @return the progress, sorted by level; for a failed job, it is the last before the end
     */
    public List<Progress> progress() {
        return status instanceof JobStatus.Failed ? lastValues.progress() : progress;
    }

    /**
     * Returns the metrics that the last attempt of a job that runs or failed has recorded so far.
     *
     * @return the last value of each metric, in the order of their first appearance; for a failed job, it is the last
     *     before the end; empty if the job is done, see {@link #metrics}
     */
    public Map<String, Double> metricsSoFar() {
        return lastValues.metrics();
    }

    /**
     * Returns the problem of reading the last values of a job that runs or failed, which does not change its state.
     *
     * @return a sentence; empty if there is no problem
     */
    public String lastValuesProblem() {
        return lastValues.problem();
    }

    /**
     * Returns the problem of reading the job's files.
     *
     * @return a sentence; empty if there is no problem
     */
    public String problem() {
        if (status instanceof JobStatus.Corrupt) {
            return status.message();
        }
        String problem = parameters.problem();
        return problem.isEmpty() ? unreadable : problem;
    }

    /**
     * Returns the state that is shown.
     *
     * @return {@link JobState#CORRUPT} also if only the parameters or the progress cannot be read; {@link JobState#NEW} also
     *     for a failed job that {@linkplain #isTriedAgain is tried again}
     */
    public JobState state() {
        if (!problem().isEmpty()) {
            return JobState.CORRUPT;
        }
        return isTriedAgain() ? JobState.NEW : status.state();
    }

    /**
     * Returns the state that is shown, in words.
     *
     * @return the name of {@link #state()} in lower case; {@code done, outputs removed} for such a job
     */
    public String words() {
        return state() == JobState.DONE ? status.words() : state().name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the state of the last attempt, whatever comes next.
     *
     * @return as {@link #state()}; {@link JobState#FAILED} also for a failed job that {@linkplain #isTriedAgain is tried
     *     again}
     */
    public JobState lastState() {
        return isTriedAgain() && problem().isEmpty() ? status.state() : state();
    }

    /**
     * Returns whether the job waits for another attempt after a failure.
     *
     * @return true if a run that goes on has it before it
     */
    public boolean isTriedAgain() {
        return isAwaited && status instanceof JobStatus.Failed;
    }

    /**
     * Returns whether the job has failed, and nothing that goes on tries it again.
     *
     * @return true also if its parameters cannot be read
     */
    public boolean hasFailed() {
        return status instanceof JobStatus.Failed && !isAwaited;
    }

    /**
     * Returns whether the job has no result and no process, and may still get them: it is new, or is tried again.
     *
     * @return false for a job whose state cannot be read
     */
    public boolean isUnstarted() {
        return status instanceof JobStatus.New || isTriedAgain();
    }

    /**
     * Returns the tags.
     *
     * @return the tags that the last run gave the job; without a run, those that are stored with its parameters
     */
    public Map<String, Object> tags() {
        return submissions.isEmpty()
                ? parameters.tags()
                : submissions.get(submissions.size() - 1).tags();
    }

    /**
     * Returns the experiments whose runs submitted the job.
     *
     * @return the names, sorted
     */
    public List<String> experiments() {
        TreeSet<String> names = new TreeSet<>();
        submissions.forEach(submission -> names.add(submission.experiment()));
        return List.copyOf(names);
    }

    /**
     * Returns the start of the last attempt. For an active job, it returns the time since which the job has had its
     * state.
     *
     * @return empty if the job has not begun, or if the time is not known
     */
    public Optional<Instant> started() {
        return switch (status) {
            case JobStatus.Active active -> Optional.of(active.since());
            case JobStatus.Done done -> Optional.of(done.started());
            case JobStatus.Removed removed -> Optional.of(removed.done().started());
            case JobStatus.Failed failed -> Optional.ofNullable(failed.started());
            case JobStatus.New _, JobStatus.Corrupt _ -> Optional.empty();
        };
    }

    /**
     * Returns the end of the last attempt.
     *
     * @return empty if it has not ended, or if the time is not known
     */
    public Optional<Instant> ended() {
        return switch (status) {
            case JobStatus.Done done -> Optional.of(done.ended());
            case JobStatus.Removed removed -> Optional.of(removed.done().ended());
            case JobStatus.Failed failed -> Optional.ofNullable(failed.ended());
            case JobStatus.Active _, JobStatus.New _, JobStatus.Corrupt _ -> Optional.empty();
        };
    }

    /**
     * Returns the process that runs or starts the job.
     *
     * @return empty if there is none
     */
    public Optional<ProcessIdentity> process() {
        return switch (status) {
            case JobStatus.Starting starting -> Optional.of(starting.claimant());
            case JobStatus.Running running -> Optional.of(running.process());
            default -> Optional.empty();
        };
    }

    /**
     * Returns the host of the last attempt. For an attempt that has ended, the attempt's file is read at the
     * first call.
     *
     * @return empty if there was no attempt, or if its process has not begun
     * @throws WorkspaceException if the file cannot be read
     */
    public Optional<String> host() {
        return process().or(() -> lastPlace().process()).map(ProcessIdentity::host);
    }

    private synchronized LastPlace lastPlace() {
        LastPlace known = lastPlace;
        if (known == null) {
            known = new LastPlace(folder, status.lastAttempt());
            lastPlace = known;
        }
        return known;
    }

    /**
     * Returns the launcher whose batch system has or had the last attempt. For an attempt that has ended, the attempt's
     * file is read at the first call.
     *
     * @return the launcher's name; empty if no batch system had the attempt
     * @throws WorkspaceException if the file cannot be read
     */
    public Optional<String> launcher() {
        return status.findBatchJob()
                .or(() -> status.isActive() ? Optional.empty() : lastPlace().batchJob())
                .map(BatchJobReference::launcher);
    }

    /**
     * Returns the metrics of a finished job.
     *
     * @return the last value of each metric, in the order of their first appearance; empty unless the job is done
     */
    public Map<String, Double> metrics() {
        return status.findDone().map(JobStatus.Done::metrics).orElse(Map.of());
    }

    /**
     * Returns the removal of the job's outputs.
     *
     * @return empty unless the job is done, and its outputs were removed
     */
    public Optional<JobStatus.Removed> removed() {
        return status instanceof JobStatus.Removed removed ? Optional.of(removed) : Optional.empty();
    }

    /**
     * Returns the duration of the last attempt. For an active job, it returns the time that the job has been in its
     * state.
     *
     * @param now the current time
     * @return empty if the job has not begun, or if its end is not known
     */
    public Optional<Duration> duration(Instant now) {
        return status instanceof JobStatus.Active active
                ? Optional.of(Duration.between(active.since(), now))
                : status.duration();
    }

    /**
     * Returns the resources that the process of the last attempt has used. While it runs, the file is read in which it
     * records them from time to time.
     *
     * @return empty if the job has no process, or the process has recorded none yet
     */
    public Optional<ResourceUse> use() {
        if (!(status instanceof JobStatus.Running running)) {
            return status.findUse();
        }
        try {
            return folder.attempt(running.attempt()).record().findUse();
        } catch (IOException | JsonException unreadable) {
            return Optional.empty(); // a record that is damaged or gone decides nothing
        }
    }

    /**
     * Returns the time of all cores that the last attempt took: as its process has measured it, else as its batch system
     * has accounted it.
     *
     * @return seconds; empty if neither is known
     */
    public OptionalDouble cpuSeconds() {
        OptionalDouble own = use().map(ResourceUse::cpuSeconds).orElse(OptionalDouble.empty());
        return own.isPresent() ? own : accounted().map(AccountedUse::cpuSeconds).orElse(OptionalDouble.empty());
    }

    /**
     * Returns the largest memory of the last attempt: as its process has measured it, else as its batch system has
     * accounted it.
     *
     * @return bytes; empty if neither is known
     */
    public OptionalLong memoryBytes() {
        OptionalLong own = use().map(ResourceUse::memoryBytes).orElse(OptionalLong.empty());
        return own.isPresent()
                ? own
                : accounted().map(AccountedUse::maxMemoryBytes).orElse(OptionalLong.empty());
    }

    /** Reads the accounted use of the last attempt, if that has failed: one that is done has measured itself. */
    private Optional<AccountedUse> accounted() {
        if (!(status instanceof JobStatus.Failed failed) || failed.lastAttempt().isEmpty()) {
            return Optional.empty();
        }
        try {
            return folder.attempt(failed.lastAttempt().getAsInt()).record().findAccountedUse();
        } catch (IOException | JsonException unreadable) {
            return Optional.empty(); // it is for people, and decides nothing
        }
    }

    /**
     * Returns the parameters.
     *
     * @return the parameters, whose file is read at their first use
     */
    public StoredParameters parameters() {
        return parameters;
    }

    /**
     * Reads the job's pin.
     *
     * @return the pin; empty if the job may be cleaned
     */
    public Optional<Pin> pin() {
        return folder.pin().find();
    }

    /**
     * Reads the notes on the job.
     *
     * @return the notes, the oldest first
     */
    public List<Note> notes() {
        return Notes.of(folder).list();
    }
}
