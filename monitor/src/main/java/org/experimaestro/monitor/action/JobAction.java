package org.experimaestro.monitor.action;

import java.util.Collection;
import java.util.function.Consumer;
import org.experimaestro.workspace.JobFolder;

/** Something that can be done to jobs. It first tells what it would do to each of them, and why not; then it does it. */
public interface JobAction {

    /**
     * Tells what would be done. Nothing is changed.
     *
     * @param jobs the jobs
     * @return a step for each job, in the same order
     * @throws InterruptedException if this thread is interrupted
     */
    ActionPlan plan(Collection<JobFolder> jobs) throws InterruptedException;

    /**
     * Does what was planned, as far as it can still be done: each job is looked at again before.
     *
     * @param plan what {@link #plan} returned
     * @param told gets a result for each job, refused ones included, as soon as it is known
     * @throws InterruptedException if this thread is interrupted: the rest is not done
     */
    void perform(ActionPlan plan, Consumer<ActionResult> told) throws InterruptedException;
}
