package org.experimaestro.engine;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.ConfigId;
import org.experimaestro.JobReport;
import org.experimaestro.Outcome;
import org.experimaestro.PlanException;
import org.experimaestro.base.process.PlanLine;
import org.experimaestro.engine.job.JobResult;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.Metrics;

/** The report of a job that has ended, or that is not run. Immutable. */
final class ReportedJob implements JobReport {
    private static final String REMOVED = "done, " + JobStatus.Removed.WORDS;

    private final SubmittedTask task;
    private final Outcome outcome;
    private final String state;
    private final String reason;
    private final JobStatus status;

    private ReportedJob(SubmittedTask task, Outcome outcome, String state, String reason, JobStatus status) {
        this.task = task;
        this.outcome = outcome;
        this.state = state;
        this.reason = reason.lines().findFirst().orElse("");
        this.status = status;
    }

    /** Returns the report of a job that a run waited for. */
    static ReportedJob ended(TaskJob job, Culprits culprits) {
        return ended(job, job.task(), culprits);
    }

    /** The same with the tags of one of its submissions. */
    static ReportedJob ended(TaskJob job, SubmittedTask task, Culprits culprits) {
        if (job.isLeftOut()) {
            return leftOut(job, task);
        }
        JobResult end = end(job);
        JobStatus status = end.status();
        if (job.phase() == Phase.DONE) {
            return new ReportedJob(task, Outcome.DONE, job.lacksOutputs() ? REMOVED : "done", "", status);
        }
        // A job that waited for its next attempt, and is not started again, has failed.
        boolean isUnstarted = job.phase() == Phase.SKIPPED && (!job.node().isWithheld() || job.result() == null);
        if (!isUnstarted) {
            return new ReportedJob(task, Outcome.FAILED, failure(status), why(end), status);
        }
        String state = job.node().isWithheld() ? "not started" : "skipped";
        return new ReportedJob(task, Outcome.FAILED, state, culprits.reason(job), status);
    }

    /**
     * Returns the report of a job in a run that does not wait for it.
     *
     * @param job the job
     * @param outcome the outcome of a job that is not done: not run, or submitted
     */
    static ReportedJob unawaited(TaskJob job, Outcome outcome) {
        SubmittedTask task = job.task();
        JobStatus status = task.found();
        if (job.isLeftOut()) {
            return leftOut(job, task);
        }
        if (!task.changes().isEmpty()) {
            return new ReportedJob(task, outcome, "other defaults", ChangedJobs.reason(status, task.changes()), status);
        }
        return status instanceof JobStatus.Done
                ? new ReportedJob(task, Outcome.DONE, "done", "", status)
                : new ReportedJob(task, outcome, state(outcome), reason(outcome), status);
    }

    /** Returns the report of a job that the run does not run, with the tags of one of its submissions. */
    private static ReportedJob leftOut(TaskJob job, SubmittedTask task) {
        if (job.isNotNeeded() && task.found() instanceof JobStatus.Removed removed) {
            return new ReportedJob(task, Outcome.DONE, REMOVED, "", removed.done());
        }
        return job.isNotNeeded()
                ? new ReportedJob(task, Outcome.NOT_RUN, "not needed", TaskJob.NO_DEMAND, task.found())
                : new ReportedJob(task, Outcome.NOT_RUN, "left out", "by " + job.leftOutBy(), task.found());
    }

    private static String state(Outcome outcome) {
        return outcome == Outcome.SUBMITTED ? "submitted" : "not run";
    }

    private static String reason(Outcome outcome) {
        return outcome == Outcome.SUBMITTED
                ? "this run submits its jobs to batch systems, and waits for none"
                : "this run runs nothing";
    }

    /** Returns the end of a job, even if a mistake in this program has ended it. */
    static JobResult end(TaskJob job) {
        JobResult ended = job.result();
        if (ended != null) {
            return ended;
        }
        JobStatus status = job.phase() == Phase.FAILED
                ? new JobStatus.Failed(
                        FailureCause.NOT_STARTED, "the code that was to run it has failed: " + job.problem())
                : job.task().found();
        return new JobResult(status);
    }

    private static String failure(JobStatus status) {
        return switch (status) {
            case JobStatus.Active _ -> "left";
            case JobStatus.Corrupt _ -> "unreadable";
            default -> isCancelled(status) ? "cancelled" : "failed";
        };
    }

    private static boolean isCancelled(JobStatus status) {
        return status instanceof JobStatus.Failed failed && failed.cause() == FailureCause.CANCELLED;
    }

    private static String why(JobResult end) {
        if (end.status().isActive()) {
            return "it goes on without this run: " + end.message();
        }
        // The state of a cancelled job names the cause.
        return end.status() instanceof JobStatus.Failed failed && !isCancelled(failed)
                ? failed.cause().phrase() + ": " + failed.message()
                : end.message();
    }

    /** Returns the name and the state of a failed job, for the reports of jobs that were skipped because of it. */
    static String asCulprit(TaskJob failed) {
        ReportedJob culprit = ended(failed, new Culprits());
        return culprit.name() + " " + (culprit.state.equals("failed") ? "failed" : "is " + culprit.state);
    }

    @Override
    public String type() {
        return task.typeId();
    }

    @Override
    public ConfigId id() {
        return task.id();
    }

    @Override
    public Map<String, Object> tags() {
        return Collections.unmodifiableMap(task.tags());
    }

    @Override
    public Outcome outcome() {
        return outcome;
    }

    @Override
    public String state() {
        return state;
    }

    @Override
    public Optional<String> reason() {
        return reason.isEmpty() ? Optional.empty() : Optional.of(reason);
    }

    @Override
    public Map<String, Double> metrics() {
        return outcome == Outcome.DONE && status instanceof JobStatus.Done done
                ? Collections.unmodifiableMap(done.metrics())
                : Map.of();
    }

    @Override
    public Map<String, Double> metricsSoFar() {
        return outcome == Outcome.DONE
                        || status.lastAttempt().isEmpty()
                        || !task.changes().isEmpty()
                ? metrics()
                : Collections.unmodifiableMap(
                        task.folder().metricsSoFar(status.lastAttempt().getAsInt()));
    }

    @Override
    public Map<String, Double> unitMetrics(String name) {
        return outcome == Outcome.DONE && status instanceof JobStatus.Done done
                ? Metrics.unitsOfEvents(task.folder().events(done.attempt()), name)
                : Map.of();
    }

    @Override
    public Path folder() {
        if (state.equals(REMOVED)) {
            throw PlanException.of("Cannot use the outputs of " + name()
                            + ": they were removed, because the task is transient and no job needed them any more")
                    .at(PlanLine.current())
                    .advice(
                            "submit it by submit or submitOnDemand to keep its outputs, or read them in a task; its metrics"
                                    + " are still there")
                    .build();
        }
        return task.folder().path();
    }
}
