package org.experimaestro.monitor.view;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.experimaestro.monitor.log.Progress;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.ProcessIdentity;

/** A job as it is shown: its state, what runs say of it, and, once somebody asks, its stored tags. Immutable. */
public final class JobView {
    private final JobFolder folder;
    private final JobStatus status;
    private final List<RunSubmission> submissions;
    private final List<Progress> progress;
    private final String unreadable;
    private final StoredParameters parameters;

    /**
     * A job.
     *
     * @param folder the job's folder
     * @param status its state
     * @param submissions what runs say of it, the last one last
     * @param progress the last progress of each level, for a job that runs
     * @param unreadable why its progress cannot be read, or an empty text
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
    }

    /**
     * A job whose folder is not there.
     *
     * @param folder where it would be
     * @return a job that was never started, or was deleted since
     */
    public static JobView missing(JobFolder folder) {
        return new JobView(folder, new JobStatus.New(), List.of(), List.of(), "", StoredParameters.of(folder, true));
    }

    /**
     * The job's folder.
     *
     * @return the folder, with type id and identifier
     */
    public JobFolder folder() {
        return folder;
    }

    /**
     * What the job is called.
     *
     * @return type id and identifier, joined by a slash
     */
    public String name() {
        return folder.name();
    }

    /**
     * The state, with what is known in it.
     *
     * @return what the job's files and its process said
     */
    public JobStatus status() {
        return status;
    }

    /**
     * What runs say of the job.
     *
     * @return in the order of the runs
     */
    public List<RunSubmission> submissions() {
        return submissions;
    }

    /**
     * The last progress of each level, for a job that runs.
     *
     * @return sorted by level
     */
    public List<Progress> progress() {
        return progress;
    }

    /**
     * What could not be read of the job.
     *
     * @return an empty text if there is nothing
     */
    public String problem() {
        if (status instanceof JobStatus.Corrupt) {
            return status.message();
        }
        String problem = parameters.problem();
        return problem.isEmpty() ? unreadable : problem;
    }

    /**
     * The state that is shown.
     *
     * @return {@link JobState#CORRUPT} also where only the parameters cannot be read
     */
    public JobState state() {
        return problem().isEmpty() ? status.state() : JobState.CORRUPT;
    }

    /**
     * The tags.
     *
     * @return as the last run that submitted the job gave them, else as they are stored with its parameters
     */
    public Map<String, Object> tags() {
        return submissions.isEmpty()
                ? parameters.tags()
                : submissions.get(submissions.size() - 1).tags();
    }

    /**
     * The experiments whose runs submitted the job.
     *
     * @return their names, sorted
     */
    public List<String> experiments() {
        TreeSet<String> names = new TreeSet<>();
        submissions.forEach(submission -> names.add(submission.experiment()));
        return List.copyOf(names);
    }

    /**
     * When the last attempt began, or, for one that is active, since when the job has been in its state.
     *
     * @return empty if it has not begun, or that is not known
     */
    public Optional<Instant> started() {
        return switch (status) {
            case JobStatus.Active active -> Optional.of(active.since());
            case JobStatus.Done done -> Optional.of(done.started());
            case JobStatus.Failed failed -> Optional.ofNullable(failed.started());
            case JobStatus.New _, JobStatus.Corrupt _ -> Optional.empty();
        };
    }

    /**
     * When the last attempt ended.
     *
     * @return empty if it has not ended, or nobody knows when
     */
    public Optional<Instant> ended() {
        return switch (status) {
            case JobStatus.Done done -> Optional.of(done.ended());
            case JobStatus.Failed failed -> Optional.ofNullable(failed.ended());
            case JobStatus.Active _, JobStatus.New _, JobStatus.Corrupt _ -> Optional.empty();
        };
    }

    /**
     * The process that runs or starts the job.
     *
     * @return empty if none does
     */
    public Optional<ProcessIdentity> process() {
        return switch (status) {
            case JobStatus.Starting starting -> Optional.of(starting.claimant());
            case JobStatus.Running running -> Optional.of(running.process());
            default -> Optional.empty();
        };
    }

    /**
     * The results.
     *
     * @return the last value of each metric, in the order of their first appearance; empty unless the job is done
     */
    public Map<String, Double> metrics() {
        return status instanceof JobStatus.Done done ? done.metrics() : Map.of();
    }

    /**
     * How long the last attempt took, or takes.
     *
     * @param now the time
     * @return empty if it has not begun, or nobody knows when it ended
     */
    public Optional<Duration> duration(Instant now) {
        return status instanceof JobStatus.Active active
                ? Optional.of(Duration.between(active.since(), now))
                : status.duration();
    }

    /**
     * Its parameters, as views show them.
     *
     * @return read when they are asked for something
     */
    public StoredParameters parameters() {
        return parameters;
    }
}
