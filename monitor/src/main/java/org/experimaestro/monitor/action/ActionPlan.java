package org.experimaestro.monitor.action;

import java.util.List;
import org.experimaestro.LaunchException;
import org.experimaestro.workspace.JobFolder;

/**
 * What an action would do. Immutable.
 *
 * @param steps a step for each job
 */
public record ActionPlan(List<Step> steps) {
    /** A copy of the steps. */
    public ActionPlan {
        steps = List.copyOf(steps);
    }

    /** What would be done to one job. */
    public sealed interface Step {
        /**
         * The job.
         *
         * @return its folder
         */
        JobFolder job();
    }

    /**
     * A step that can be made.
     *
     * @param job the job
     * @param description what would be done, as the end of a sentence that starts with the job
     */
    public record Possible(JobFolder job, String description) implements Step {}

    /**
     * A step that cannot be made.
     *
     * @param job the job
     * @param reason why, and what to do
     */
    public record Impossible(JobFolder job, LaunchException reason) implements Step {}

    /**
     * The jobs of which nothing stands in the way.
     *
     * @return in the order of the steps
     */
    public List<JobFolder> possible() {
        return steps.stream().filter(Possible.class::isInstance).map(Step::job).toList();
    }
}
