package org.experimaestro.engine;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import org.experimaestro.engine.local.WorkerChoice;
import org.experimaestro.engine.schedule.Scheduler;

/**
 * The services of one run that executes jobs.
 *
 * @param record the record of the run
 * @param listener the listener of the run
 * @param defaults the check that jobs have the values of today's tasks
 * @param specs the composer of the jobs' specifications
 * @param upcoming the jobs that are about to become ready
 * @param workers the choice between processes and warm workers
 * @param scheduler the scheduler of the jobs
 */
record RunServices(
        RunRecord record,
        RunListener listener,
        DefaultsCheck defaults,
        JobSpecs specs,
        UpcomingJobs upcoming,
        WorkerChoice workers,
        Scheduler scheduler) {

    /** Returns why no more jobs are started after failures, in the words of the user's option. */
    String withheldBecause(String option) {
        String failed = scheduler
                .culprit()
                .map(job -> ": "
                        + (job.work() instanceof PrepareStep step
                                ? step.asCulprit()
                                : ReportedJob.asCulprit((TaskJob) job.work())))
                .orElse("");
        return "because of " + option + failed;
    }

    /** Waits until all jobs have ended. No job may be submitted afterwards. */
    void awaitEnd() throws InterruptedException {
        try {
            scheduler.end().get();
        } catch (CancellationException stopped) {
            throw new InterruptedException("The run was stopped");
        } catch (ExecutionException impossible) {
            throw new AssertionError("The end of the jobs is always told", impossible);
        }
    }
}
