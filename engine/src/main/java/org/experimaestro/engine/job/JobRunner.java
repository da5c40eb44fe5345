package org.experimaestro.engine.job;

import java.io.IOException;
import org.experimaestro.spi.UnreachableException;
import org.experimaestro.workspace.Claim;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.ProcessIdentity;

/** Runs a job to its end, or waits for the end of a job that somebody else runs. Thread-safe. */
public final class JobRunner {
    private final ProcessIdentity self = ProcessIdentity.current();
    private final String run;
    private final Execution here;
    private final Execution elsewhere;
    private final EndWatch watch;

    /**
     * A runner for the jobs of one run.
     *
     * @param run the run's name, for people who read the files
     * @param here runs processes of this machine
     * @param elsewhere gives jobs to batch systems
     * @param watch waits for jobs that others have started
     */
    public JobRunner(String run, Execution here, Execution elsewhere, EndWatch watch) {
        this.run = run;
        this.here = here;
        this.elsewhere = elsewhere;
        this.watch = watch;
    }

    /**
     * Runs a job.
     *
     * @param order what it takes
     * @return how it ended; with a state that is active if it goes on, and nobody can be asked for its end
     */
    public Ended run(JobOrder order) {
        Execution execution = order.placement().launcher().isHere() ? here : elsewhere;
        try {
            while (true) {
                switch (order.folder().claim(self, run)) {
                    case Claim.Granted(var attempt) -> {
                        JobStatus status = execution.execute(attempt, order);
                        if (!status.isActive()) {
                            return new Ended(status, true);
                        }
                    }
                    case Claim.Refused(JobStatus status) -> {
                        JobStatus ended = status.isActive() ? watch.await(order.folder(), order.voice()) : status;
                        if (ended.cause() != FailureCause.NOT_STARTED) {
                            return new Ended(ended, false);
                        }
                    }
                }
            }
        } catch (UnreachableException lost) {
            return new Ended(order.folder().status().inTrouble(String.valueOf(lost.getMessage())), false);
        } catch (IOException failed) {
            return new Ended(JobStatus.failed(0, null, FailureCause.NOT_STARTED, Failures.reason(failed)), false);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Ended(JobStatus.failed(0, null, FailureCause.NOT_STARTED, "the run was interrupted"), false);
        }
    }
}
