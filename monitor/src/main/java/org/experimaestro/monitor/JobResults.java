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
import org.experimaestro.monitor.view.ConfigurationTree;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.RunSubmission;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.JobStatus;
import org.jspecify.annotations.Nullable;

/** A job of a workspace: its state, tags, parameters, metrics and logs, and the jobs before and after it. Immutable. */
public final class JobResults implements JobReport {
    private final WorkspaceReader workspace;
    private final JobView job;
    private final @Nullable RunSubmission submission;

    JobResults(WorkspaceReader workspace, JobView job, @Nullable RunSubmission submission) {
        this.workspace = workspace;
        this.job = job;
        this.submission = submission;
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
     * Returns the tags that a run gave the job: the run that it was asked of, else the last one that submitted it, else those
     * that are stored with its parameters.
     */
    @Override
    public Map<String, Object> tags() {
        return Collections.unmodifiableMap(submission == null ? job.tags() : submission.tags());
    }

    /**
     * Returns how the job ended.
     *
     * @return {@link Outcome#NOT_RUN} also while it is active
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
     * @return {@code done}, {@code failed}, {@code cancelled}, {@code starting}, {@code queued}, {@code running},
     *     {@code unreadable} or {@code not run}
     */
    @Override
    public String state() {
        return switch (job.state()) {
            case NEW -> "not run";
            case CORRUPT -> "unreadable";
            case FAILED -> isCancelled() ? "cancelled" : "failed";
            case STARTING, QUEUED, RUNNING, DONE -> job.state().name().toLowerCase(Locale.ROOT);
        };
    }

    private boolean isCancelled() {
        return job.status().findCause().filter(FailureCause.CANCELLED::equals).isPresent();
    }

    @Override
    public Optional<String> reason() {
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

    /**
     * Returns all values of the metrics of the last attempt, over time. They are read now.
     *
     * @return the values of each metric in the order in which the task told them; unmodifiable
     * @throws WorkspaceException if they cannot be read
     */
    public Map<String, List<MetricPoint>> metricHistory() {
        OptionalInt attempt = job.status().lastAttempt();
        return attempt.isEmpty() ? Map.of() : MetricHistory.read(job.folder().events(attempt.getAsInt()));
    }

    /**
     * Returns the parameters of the task. They are read now.
     *
     * @return JSON values by name, in the order of the constructor, in which a configuration is a map of its own parameters;
     *     unmodifiable
     * @throws WorkspaceException if they cannot be read
     */
    public Map<String, @Nullable Object> parameters() {
        return ConfigurationTree.read(job.folder()).values();
    }

    /**
     * Returns the attempts to run the job. They are listed now.
     *
     * @return their numbers, from 1, sorted; empty if it was never started
     * @throws WorkspaceException if they cannot be listed
     */
    public List<Integer> attempts() {
        try {
            return job.folder().attempts().stream().sorted().toList();
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
     * Returns what the last attempt printed to its standard output. It is read now, as a whole.
     *
     * @return the text, as UTF-8; empty if it printed nothing
     * @throws WorkspaceException if the job was never started, or the file cannot be read
     */
    public String output() {
        return text(JobLog.Part.OUTPUT);
    }

    /**
     * Returns what the last attempt printed to its standard error. It is read now, as a whole.
     *
     * @return the text, as UTF-8; empty if it printed nothing
     * @throws WorkspaceException if the job was never started, or the file cannot be read
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
     * Copies what an attempt printed, standard output first, each under a heading. It is read now, in little memory.
     *
     * @param attempt the number of the attempt, from 1
     * @param out gets the bytes
     * @throws WorkspaceException if there is no log of that attempt, or it cannot be read
     */
    public void copyLog(int attempt, OutputStream out) {
        JobLog.of(job.folder(), OptionalInt.of(attempt), JobLog.Part.BOTH).copyTo(out);
    }

    /**
     * Returns the jobs whose outputs this one was made from.
     *
     * @return as the run says that it was asked of, else the last one that submitted the job; one that was deleted has the
     *     state {@code not run}
     */
    public List<JobResults> dependencies() {
        List<RunSubmission> submissions = job.submissions();
        RunSubmission last =
                submission != null || submissions.isEmpty() ? submission : submissions.get(submissions.size() - 1);
        return last == null
                ? List.of()
                : last.dependencies().stream().map(workspace::named).toList();
    }

    /**
     * Returns the jobs that were made from the output of this one.
     *
     * @return of all runs, sorted by type id and identifier
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
