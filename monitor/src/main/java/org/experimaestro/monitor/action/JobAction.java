package org.experimaestro.monitor.action;

import java.util.Collection;
import java.util.function.Consumer;
import org.experimaestro.workspace.JobFolder;

/**
 * An action on jobs. A caller first plans it, which shows the effect on each job or the reason against it, and then
 * performs it.
 */
public interface JobAction {

    /**
     * Plans the action. Nothing is changed.
     *
     * @param jobs the jobs
     * @return a step for each job, in the same order
     * @throws InterruptedException if this thread is interrupted
     */
    ActionPlan plan(Collection<JobFolder> jobs) throws InterruptedException;

    /**
     * Performs a plan. Each job's state is read again before, because it may have changed since the plan was made.
     *
     * @param plan the result of {@link #plan}
     * @param told receives a result for each job, also for refused ones, as soon as the result is known
     * @throws InterruptedException if this thread is interrupted; the rest of the plan is not performed
     */
    void perform(ActionPlan plan, Consumer<ActionResult> told) throws InterruptedException;
}
