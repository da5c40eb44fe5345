package org.experimaestro.monitor.action;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.experimaestro.LaunchException;
import org.experimaestro.monitor.view.JobFilter;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;

/**
 * Ends jobs: the process of a job gets a signal, a job that a batch system has is ended by it. Waits for their ends. See
 * {@link JobStop} for what must hold before a signal is sent.
 */
public final class KillAction implements JobAction {
    private final JobStop.Signal signal;
    private final Duration limit;
    private final BatchTermination batch;

    /**
     * Ends jobs.
     *
     * @param signal how processes of this host are told; batch systems have their own way
     * @param limit how long the ends are waited for
     * @param batch ends those that a batch system has
     */
    public KillAction(JobStop.Signal signal, Duration limit, BatchTermination batch) {
        this.signal = signal;
        this.limit = limit;
        this.batch = batch;
    }

    /**
     * The jobs that can be meant by a filter.
     *
     * @param view all jobs
     * @param filter which ones
     * @return those among them that run, or wait at a batch system
     */
    public static List<JobFolder> candidates(JobsView view, JobFilter filter) {
        return view.jobs(filter).stream()
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
            Optional<BatchJobReference> batchJob = job.status().findBatchJob();
            return new ActionPlan.Possible(
                    job,
                    batchJob.isPresent()
                            ? "is ended by " + batchJob.get()
                            : "gets SIG" + signal + ": " + new JobStop(job).check());
        } catch (LaunchException refused) {
            return new ActionPlan.Impossible(job, refused);
        }
    }

    @Override
    public void perform(ActionPlan plan, Consumer<ActionResult> told) throws InterruptedException {
        List<JobFolder> signaled = new ArrayList<>();
        for (ActionPlan.Step step : plan.steps()) {
            if (step instanceof ActionPlan.Impossible impossible) {
                told.accept(new ActionResult.Refused(step.job(), impossible.reason()));
            } else {
                end(step.job(), signaled, told);
            }
        }
        long start = System.nanoTime();
        for (JobFolder job : signaled) {
            Optional<JobStatus> end = new JobStop(job).awaitEnd(limit.minusNanos(System.nanoTime() - start));
            told.accept(
                    end.isPresent()
                            ? new ActionResult.Performed(job, end.get())
                            : new ActionResult.Unfinished(job, null));
        }
    }

    private void end(JobFolder job, List<JobFolder> signaled, Consumer<ActionResult> told) throws InterruptedException {
        try {
            Optional<BatchJobReference> batchJob = job.status().findBatchJob();
            if (batchJob.isEmpty()) {
                new JobStop(job).send(signal);
                signaled.add(job);
                return;
            }
            JobStatus end = batch.end(job, batchJob.get(), limit);
            told.accept(
                    end.isActive()
                            ? new ActionResult.Unfinished(job, batchJob.get())
                            : new ActionResult.Performed(job, end));
        } catch (LaunchException refused) {
            told.accept(new ActionResult.Refused(job, refused));
        }
    }
}
