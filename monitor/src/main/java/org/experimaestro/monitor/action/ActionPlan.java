package org.experimaestro.monitor.action;

import java.util.List;
import org.experimaestro.LaunchException;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;

/**
 * A preview of an action. Immutable.
 *
 * @param steps a step for each job
 */
public record ActionPlan(List<Step> steps) {
    /** Copies the steps. */
    public ActionPlan {
        steps = List.copyOf(steps);
    }

    /** The part of an action that concerns one job. */
    public sealed interface Step {
        /**
         * Returns the job.
         *
         * @return the job's folder
         */
        JobFolder job();
    }

    /**
     * A step that can be performed.
     *
     * @param job the job
     * @param status the job's state when the action was planned
     * @param description the effect on the job, as a sentence without its subject, the job
     * @param bytes the size of the files that the step takes away
     * @param dependents the names of other jobs that use the job's result, sorted, which stay
     */
    public record Possible(JobFolder job, JobStatus status, String description, long bytes, List<String> dependents)
            implements Step {
        /** Copies the list. */
        public Possible {
            dependents = List.copyOf(dependents);
        }

        /**
         * Creates a step that takes no files away.
         *
         * @param job the job
         * @param status the job's state when the action was planned
         * @param description the effect on the job, as a sentence without its subject, the job
         */
        public Possible(JobFolder job, JobStatus status, String description) {
            this(job, status, description, 0, List.of());
        }
    }

    /**
     * A step that cannot be performed.
     *
     * @param job the job
     * @param reason the reason, with advice
     */
    public record Impossible(JobFolder job, LaunchException reason) implements Step {}

    /**
     * Returns the jobs whose steps can be performed.
     *
     * @return the jobs in the order of the steps
     */
    public List<JobFolder> possible() {
        return steps.stream().filter(Possible.class::isInstance).map(Step::job).toList();
    }
}
