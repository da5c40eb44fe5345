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
import org.experimaestro.LaunchException;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RowSelection;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;

/**
 * An action that ends jobs and waits for their ends. It sends a signal to a job's process, or asks the batch system
 * that has the job. {@link JobStop} lists the conditions for a signal.
 */
public final class KillAction implements JobAction {
    private final JobStop.Signal signal;
    private final Duration limit;
    private final BatchTermination batch;

    /**
     * Creates the action.
     *
     * @param signal the signal for processes of this host; batch systems choose their own
     * @param limit the longest time to wait for the ends of all jobs together
     * @param batch ends the jobs of batch systems; called by several threads at once
     */
    public KillAction(JobStop.Signal signal, Duration limit, BatchTermination batch) {
        this.signal = signal;
        this.limit = limit;
        this.batch = batch;
    }

    /**
     * Returns the jobs that are selected and can be ended.
     *
     * @param view all jobs
     * @param selection the selection
     * @return the selected jobs that run, or wait in a batch system
     */
    public static List<JobFolder> candidates(JobsView view, RowSelection selection) {
        return view.jobs(selection).stream()
                .filter(job -> job.status() instanceof JobStatus.Running || job.status() instanceof JobStatus.Queued)
                .map(JobView::folder)
                .toList();
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
            Optional<BatchJobReference> batchJob = job.status().findBatchJob();
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
