package org.experimaestro.engine;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import org.experimaestro.engine.schedule.Scheduler;

/**
 * What belongs to one run that executes jobs.
 *
 * @param record what is written about it
 * @param listener is told what happens
 * @param defaults compares jobs with the tasks of today
 * @param specs composes what it takes to run a job
 * @param upcoming is told the phases of jobs
 * @param scheduler gives each job its turn
 */
record RunServices(
        RunRecord record,
        RunListener listener,
        DefaultsCheck defaults,
        JobSpecs specs,
        UpcomingJobs upcoming,
        Scheduler scheduler) {

    /** Waits until all jobs have ended, or the run is stopped. None is submitted afterwards. */
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
