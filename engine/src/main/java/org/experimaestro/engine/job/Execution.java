package org.experimaestro.engine.job;

import java.util.Optional;
import org.experimaestro.spi.UnreachableException;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.AttemptOrigin;
import org.experimaestro.workspace.JobStatus;

/** A way to run a job that was claimed. Thread-safe. */
public interface Execution {

    /**
     * Runs a job to its end. Blocks.
     *
     * @param attempt the attempt that this process was granted
     * @param spec all that it takes to run the job
     * @return the job's state afterwards; active if another attempt has taken over
     * @throws UnreachableException if the job's end cannot be observed until somebody fixes the connection; the job
     *     goes on
     * @throws InterruptedException if this thread is interrupted; the job goes on if it has begun
     */
    JobStatus execute(Attempt attempt, JobSpec spec) throws UnreachableException, InterruptedException;

    /**
     * Returns the origin of another attempt at a job that was executed, which is to follow at once because the first one
     * failed for the way in which it was executed. No policy counts that.
     *
     * @param attempt the attempt that has ended
     * @param spec all that it took to run it
     * @return empty if its end stands
     */
    default Optional<AttemptOrigin> findOtherWay(Attempt attempt, JobSpec spec) {
        return Optional.empty();
    }
}
