package org.experimaestro.engine;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import org.experimaestro.Outcome;
import org.experimaestro.PlanException;
import org.experimaestro.RunMode;
import org.experimaestro.base.process.PlanLine;
import org.experimaestro.engine.schedule.Phase;

/** The waits of a plan for the ends of jobs, and for the callbacks that are due then. Thread-safe. */
final class JobEnds {
    private final ExperimentSetup setup;
    private final PlanCallbacks callbacks;

    JobEnds(ExperimentSetup setup, PlanCallbacks callbacks) {
        this.setup = setup;
        this.callbacks = callbacks;
    }

    /** Waits for jobs, if the run waits for any, and returns their joint outcome. */
    Outcome await(List<TaskJob> awaited) throws InterruptedException {
        if (callbacks.isCalling()) {
            throw PlanException.of("Cannot wait for jobs in a callback, because all callbacks share one thread")
                    .at(PlanLine.current())
                    .advice("register another callback with onEnd, which gets the report of the job")
                    .build();
        }
        if (setup.mode() != RunMode.NORMAL || setup.detached()) {
            callbacks.await(awaited);
            return setup.mode() == RunMode.NORMAL ? Outcome.SUBMITTED : Outcome.NOT_RUN;
        }
        // A job that this run leaves out has no end.
        List<TaskJob> taken = awaited.stream().filter(TaskJob::isTaken).toList();
        boolean haveEnded = taken.isEmpty();
        boolean areDone = true;
        while (!haveEnded) {
            haveEnded = true;
            areDone = true;
            for (TaskJob job : taken) {
                awaitEnd(job);
            }
            callbacks.await(taken);
            for (TaskJob job : taken) {
                Phase phase = job.phase();
                haveEnded &= phase.isFinal(); // unless it is tried again, since somebody has asked for that
                areDone &= phase == Phase.DONE;
            }
        }
        if (!areDone) {
            return Outcome.FAILED;
        }
        return taken.size() == awaited.size() ? Outcome.DONE : Outcome.NOT_RUN;
    }

    private static void awaitEnd(TaskJob job) throws InterruptedException {
        try {
            job.end().get();
        } catch (CancellationException abandoned) {
            throw PlanException.of("Cannot wait for " + job.task().folder().name() + ": the run has ended")
                    .at(PlanLine.current())
                    .advice("let the plan's method run wait for all threads that wait for jobs")
                    .cause(abandoned)
                    .build();
        } catch (ExecutionException impossible) {
            throw new AssertionError("The end of a job is always told", impossible);
        }
    }
}
