package org.experimaestro.engine;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * The choice and the order of a run's jobs, as its user wants them. Immutable.
 *
 * @param priority returns the priority of a job by the experiment's file; empty if it says nothing about the job. The
 *     priority of a submission counts more
 * @param failures the number of failed jobs after which no more are started
 * @param only the jobs that are run, with those that they need; empty for all
 * @param until the last jobs that are run: those that depend on them are left out; empty for none
 */
public record RunOrder(
        Function<SubmittedTask, OptionalInt> priority,
        FailureLimit failures,
        Optional<JobSelector> only,
        Optional<JobSelector> until) {
    /** All jobs, with equal priorities. */
    public static final RunOrder ALL =
            new RunOrder(task -> OptionalInt.empty(), FailureLimit.NONE, Optional.empty(), Optional.empty());
}
