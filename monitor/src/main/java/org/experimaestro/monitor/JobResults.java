package org.experimaestro.monitor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.experimaestro.ConfigId;
import org.experimaestro.JobReport;
import org.experimaestro.Outcome;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.monitor.log.JobLog;
import org.experimaestro.monitor.log.MetricHistory;
import org.experimaestro.monitor.log.MetricPoint;
import org.experimaestro.monitor.log.Progress;
import org.experimaestro.monitor.view.ConfigurationTree;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.RunSubmission;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.Metrics;
import org.jspecify.annotations.Nullable;

/** A job of a workspace, with its state, tags, parameters, metrics, logs, dependencies and dependents. Immutable. */
public final class JobResults implements JobReport {
    private final WorkspaceReader workspace;
    private final JobView job;
    private final @Nullable RunSubmission submission;
    private final boolean isDeleted;

    JobResults(WorkspaceReader workspace, JobView job, @Nullable RunSubmission submission) {
        this(workspace, job, submission, false);
    }

    private JobResults(WorkspaceReader workspace, JobView job, @Nullable RunSubmission submission, boolean isDeleted) {
        this.workspace = workspace;
        this.job = job;
        this.submission = submission;
        this.isDeleted = isDeleted;
    }

    /** Returns this job as one that was done, because another job was made from its result. */
    private JobResults known() {
        return job.status() instanceof JobStatus.New ? new JobResults(workspace, job, submission, true) : this;
    }

    @Override
    public String type() {
        return job.folder().typeId();
    }

    @Override
    public ConfigId id() {
        return job.folder().id();
    }

    /**
     * Returns the tags that a run gave the job: the run of which the job was requested, else the last run that
     * submitted it. Without such a run, the tags are those that are stored with the parameters.
     */
    @Override
    public Map<String, Object> tags() {
        return Collections.unmodifiableMap(submission == null ? job.tags() : submission.tags());
    }

    /**
     * Returns the job's outcome.
     *
     * @return {@link Outcome#NOT_RUN} also for an active job
     */
    @Override
    public Outcome outcome() {
        return switch (job.state()) {
            case DONE -> Outcome.DONE;
            case FAILED, CORRUPT -> Outcome.FAILED;
            case NEW, STARTING, QUEUED, RUNNING -> Outcome.NOT_RUN;
        };
    }

    /**
     * Returns the state for a table.
     *
     * @return {@code done}, {@code done, outputs removed}, {@code failed}, {@code cancelled}, {@code starting}, {@code queued}, {@code running},
     *     {@code unreadable}, {@code not run}, or {@code deleted} for a dependency of a job that was started
     */
    @Override
    public String state() {
        return switch (job.state()) {
            case NEW -> isDeleted ? "deleted" : "not run";
            case CORRUPT -> "unreadable";
            case FAILED -> isCancelled() ? "cancelled" : "failed";
            case DONE -> job.words();
            case STARTING, QUEUED, RUNNING -> job.state().name().toLowerCase(Locale.ROOT);
        };
    }

    private boolean isCancelled() {
        return job.status().findCause().filter(FailureCause.CANCELLED::equals).isPresent();
    }

    @Override
    public Optional<String> reason() {
        if (isDeleted) {
            return workspace
                    .findInTrash(job.name())
                    .map(entry -> "it is in the trash; move it back with: experimaestro trash undo " + entry.name());
        }
        if (job.state() == JobState.CORRUPT) {
            return firstLine(job.problem());
        }
        return job.status() instanceof JobStatus.Failed failed
                ? firstLine(
                        failed.message().isBlank()
                                ? failed.cause().phrase()
                                : failed.cause().phrase() + ": " + failed.message())
                : firstLine(job.status().message());
    }

    private static Optional<String> firstLine(String text) {
        return text.lines().findFirst();
    }

    @Override
    public Map<String, Double> metrics() {
        return Collections.unmodifiableMap(job.state() == JobState.CORRUPT ? Map.of() : job.metrics());
    }

    @Override
    public Map<String, Double> metricsSoFar() {
        OptionalInt attempt = job.status().lastAttempt();
        return outcome() == Outcome.DONE || attempt.isEmpty()
                ? metrics()
                : Collections.unmodifiableMap(job.folder().metricsSoFar(attempt.getAsInt()));
    }

    @Override
    public Map<String, Double> unitMetrics(String name) {
        OptionalInt attempt = job.status().lastAttempt();
        return outcome() == Outcome.DONE && attempt.isPresent()
                ? Metrics.unitsOfEvents(job.folder().events(attempt.getAsInt()), name)
                : Map.of();
    }

    /**
     * Returns the last progress of each level of a job that runs or failed.
     *
     * @return the progress, sorted by level; for a failed job, it is the last before the end; unmodifiable; empty for any
     *     other job, and if the task recorded none
     */
    public List<Progress> progress() {
        return List.copyOf(job.progress());
    }

    /**
     * Reads all values of the last attempt's metrics.
     *
     * @return the values of each metric in the order in which the task recorded them; unmodifiable; empty if the
     *     job was never started
     * @throws WorkspaceException if the values cannot be read
     */
    public Map<String, List<MetricPoint>> metricHistory() {
        OptionalInt attempt = job.status().lastAttempt();
        return attempt.isEmpty() ? Map.of() : MetricHistory.read(job.folder().events(attempt.getAsInt()));
    }

    /**
     * Reads the parameters of the task.
     *
     * @return JSON values by name, in the order of the constructor; a configuration is a map of its own parameters;
     *     unmodifiable
     * @throws WorkspaceException if the parameters cannot be read
     */
    public Map<String, @Nullable Object> parameters() {
        return ConfigurationTree.read(job.folder()).values();
    }

    /**
     * Lists the attempts to run the job.
     *
     * @return the numbers of the attempts, from 1, sorted; empty if the job was never started
     * @throws WorkspaceException if the attempts cannot be listed
     */
    public List<Integer> attempts() {
        try {
            return job.folder().attemptFiles().toRun();
        } catch (IOException | JsonException unreadable) {
            String reason = unreadable instanceof IOException failed
                    ? Failures.reason(failed)
                    : String.valueOf(unreadable.getMessage());
            throw WorkspaceException.of("Cannot list the attempts of " + job.name() + ": " + reason)
                    .cause(unreadable)
                    .build();
        }
    }

    /**
     * Reads all of the last attempt's standard output into memory.
     *
     * @return the text, decoded as UTF-8
     * @throws WorkspaceException if the job was never started, or if the file cannot be read
     */
    public String output() {
        return text(JobLog.Part.OUTPUT);
    }

    /**
     * Reads all of the last attempt's standard error into memory.
     *
     * @return the text, decoded as UTF-8
     * @throws WorkspaceException if the job was never started, or if the file cannot be read
     */
    public String errorOutput() {
        return text(JobLog.Part.ERROR);
    }

    private String text(JobLog.Part part) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        JobLog.of(job.folder(), OptionalInt.empty(), part).copyTo(text);
        return text.toString(StandardCharsets.UTF_8);
    }

    /**
     * Copies an attempt's standard output and then its standard error, each under a heading. Large logs need little
     * memory.
     *
     * @param attempt the number of the attempt, from 1
     * @param out receives the bytes
     * @throws WorkspaceException if there is no log of that attempt, or if it cannot be read
     */
    public void copyLog(int attempt, OutputStream out) {
        JobLog.of(job.folder(), OptionalInt.of(attempt), JobLog.Part.BOTH).copyTo(out);
    }

    /**
     * Returns the jobs whose outputs this job uses.
     *
     * @return the dependencies in the run of which the job was requested, else in the last run that submitted it; if
     *     this job was started, a dependency without a folder has the state {@code deleted}
     */
    public List<JobResults> dependencies() {
        List<RunSubmission> submissions = job.submissions();
        RunSubmission last =
                submission != null || submissions.isEmpty() ? submission : submissions.get(submissions.size() - 1);
        return last == null
                ? List.of()
                : last.dependencies().stream()
                        .map(workspace::named)
                        .map(dependency -> job.status() instanceof JobStatus.New ? dependency : dependency.known())
                        .toList();
    }

    /**
     * Returns the jobs that use the output of this job.
     *
     * @return the jobs that a run submitted with this dependency, and those whose parameters name this job; sorted by
     *     type id and identifier
     */
    public List<JobResults> dependents() {
        return workspace.dependents(job.name()).stream().map(workspace::named).toList();
    }

    @Override
    public Path folder() {
        return job.folder().path();
    }

    @Override
    public String toString() {
        return name();
    }
}
