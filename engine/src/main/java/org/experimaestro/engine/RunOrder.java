package org.experimaestro.engine;

import java.util.Optional;

/**
 * The choice and the order of a run's jobs, as its user wants them. Immutable.
 *
 * @param priority the priorities of jobs by the experiment's file; the priority of a submission counts more
 * @param failures the number of failed jobs after which no more are started
 * @param only the jobs that are run, with those that they need; empty for all
 * @param until the last jobs that are run: those that depend on them are left out; empty for none
 */
public record RunOrder(
        JobPriorities priority, FailureLimit failures, Optional<JobSelector> only, Optional<JobSelector> until) {
    /** All jobs, with equal priorities. */
    public static final RunOrder ALL =
            new RunOrder(JobPriorities.NONE, FailureLimit.NONE, Optional.empty(), Optional.empty());
}
