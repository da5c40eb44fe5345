package org.experimaestro.monitor.action;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.experimaestro.LaunchException;
import org.experimaestro.WorkspaceException;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RowSelection;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.RunRequest;
import org.jspecify.annotations.Nullable;

/**
 * An action that ends jobs and waits for their ends. It sends a signal to a job's process, or asks the batch system
 * that has the job. {@link JobStop} lists the conditions for a signal. A failed job that waits for its next attempt is
 * ended by a request to the run that would try it again.
 */
public final class KillAction implements JobAction {
    private final JobStop.Signal signal;
    private final Duration limit;
    private final BatchTermination batch;
    private final @Nullable JobRuns runs;

    /**
     * Creates an action on jobs of which none waits for another attempt.
     *
     * @param signal the signal for processes of this host; batch systems choose their own
     * @param limit the longest time to wait for the ends of all jobs together
     * @param batch ends the jobs of batch systems; called by several threads at once
     */
    public KillAction(JobStop.Signal signal, Duration limit, BatchTermination batch) {
        this(signal, limit, batch, null);
    }

    /**
     * Creates the action.
     *
     * @param signal the signal for processes of this host; batch systems choose their own
     * @param limit the longest time to wait for the ends of all jobs together
     * @param batch ends the jobs of batch systems; called by several threads at once
     * @param view all jobs, with those that wait for another attempt; {@code null} if none does
     */
    public KillAction(JobStop.Signal signal, Duration limit, BatchTermination batch, @Nullable JobsView view) {
        this.signal = signal;
        this.limit = limit;
        this.batch = batch;
        this.runs = view == null ? null : new JobRuns(view);
    }

    /**
     * Returns the jobs that are selected and can be ended.
     *
     * @param view all jobs
     * @param selection the selection
     * @return the selected jobs that run, wait in a batch system, or wait for another attempt
     */
    public static List<JobFolder> candidates(JobsView view, RowSelection selection) {
        return view.jobs(selection).stream()
                .filter(isFor(view))
                .map(JobView::folder)
                .toList();
    }

    /**
     * Returns which jobs someone means who kills the jobs of a filter.
     *
     * @param view all jobs
     * @return true for a job that runs, waits in a batch system, or waits for another attempt after a failure
     */
    public static Predicate<JobView> isFor(JobsView view) {
        JobRuns runs = new JobRuns(view);
        return job -> job.status() instanceof JobStatus.Running
                || job.status() instanceof JobStatus.Queued
                || runs.findRetrying(job.folder()).isPresent();
    }

    /** Finds the run that will try a job again, unless an attempt has begun since the view was made. */
    private Optional<RunView> findRetrying(JobFolder job, JobStatus status) {
        return runs == null || !(status instanceof JobStatus.Failed) ? Optional.empty() : runs.findRetrying(job);
    }

    @Override
    public ActionPlan plan(Collection<JobFolder> jobs) throws InterruptedException {
        List<ActionPlan.Step> steps = new ArrayList<>();
        for (JobFolder job : jobs) {
            steps.add(step(job));
        }
        return new ActionPlan(steps);
    }

    private ActionPlan.Step step(JobFolder job) throws InterruptedException {
        try {
            JobStatus status = job.status();
            Optional<RunView> retrying = findRetrying(job, status);
            if (retrying.isPresent()) {
                return new ActionPlan.Possible(
                        job,
                        status,
                        "is not tried again by the run "
                                + retrying.get().folder().qualifiedName());
            }
            Optional<BatchJobReference> batchJob = status.findBatchJob();
            return new ActionPlan.Possible(
                    job,
                    status,
                    batchJob.isPresent()
                            ? "is ended by " + batchJob.get()
                            : "gets SIG" + signal + ": " + new JobStop(job).check());
        } catch (LaunchException refused) {
            return new ActionPlan.Impossible(job, refused);
        }
    }

    /**
     * Sends all signals and requests before it waits for the first end. The results are passed on in the order of the
     * plan.
     */
    @Override
    public void perform(ActionPlan plan, Consumer<ActionResult> told) throws InterruptedException {
        ExecutorService batches = Executors.newVirtualThreadPerTaskExecutor();
        try {
            long start = System.nanoTime();
            List<Pending> pending = new ArrayList<>();
            for (ActionPlan.Step step : plan.steps()) {
                pending.add(
                        step instanceof ActionPlan.Impossible impossible
                                ? () -> new ActionResult.Refused(step.job(), impossible.reason())
                                : begin(step.job(), start, batches));
            }
            for (Pending each : pending) {
                told.accept(each.await());
            }
        } finally {
            batches.shutdownNow();
        }
    }

    /** A job that has received its signal or request. */
    private interface Pending {
        ActionResult await() throws InterruptedException;
    }

    private Pending begin(JobFolder job, long start, ExecutorService batches) throws InterruptedException {
        try {
            JobStatus status = job.status();
            Optional<RunView> retrying = findRetrying(job, status);
            if (retrying.isPresent()) {
                Future<ActionResult> end = batches.submit(() -> giveUp(job, retrying.get()));
                return () -> get(end);
            }
            Optional<BatchJobReference> batchJob = status.findBatchJob();
            if (batchJob.isEmpty()) {
                new JobStop(job).send(signal);
                return () -> awaitEnd(job, start);
            }
            Future<ActionResult> end = batches.submit(() -> endInBatch(job, batchJob.get()));
            return () -> get(end);
        } catch (LaunchException refused) {
            return () -> new ActionResult.Refused(job, refused);
        }
    }

    private ActionResult awaitEnd(JobFolder job, long start) throws InterruptedException {
        Optional<JobStatus> end = new JobStop(job).awaitEnd(limit.minusNanos(System.nanoTime() - start));
        return end.isPresent() ? new ActionResult.Performed(job, end.get()) : new ActionResult.Unfinished(job, null);
    }

    private static ActionResult giveUp(JobFolder job, RunView run) throws InterruptedException {
        try {
            RunInquiry.ask(run.folder(), "give up " + job.name() + " in", new RunRequest.GiveUp(job.name()));
            return new ActionResult.Performed(job, job.status());
        } catch (WorkspaceException refused) {
            return ActionResult.Refused.of(job, refused);
        }
    }

    private ActionResult endInBatch(JobFolder job, BatchJobReference batchJob) throws InterruptedException {
        try {
            JobStatus end = batch.end(job, batchJob, limit);
            return end.isActive() ? new ActionResult.Unfinished(job, batchJob) : new ActionResult.Performed(job, end);
        } catch (LaunchException refused) {
            return new ActionResult.Refused(job, refused);
        }
    }

    private static ActionResult get(Future<ActionResult> end) throws InterruptedException {
        try {
            return end.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException unexpected) {
                throw unexpected;
            }
            throw new IllegalStateException("Ending a job failed", failed.getCause());
        }
    }
}
