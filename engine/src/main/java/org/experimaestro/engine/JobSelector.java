package org.experimaestro.engine;

import java.util.Optional;

/**
 * A selection of jobs by what is known of them when they are submitted. The plan's thread calls it, for one job at a
 * time.
 */
public interface JobSelector {

    /**
     * Returns whether a job is selected.
     *
     * @param task the job with the tags of one submission
     * @return true if it is
     */
    boolean selects(SubmittedTask task);

    /**
     * Returns the option by which the user has given the selection, for messages.
     *
     * @return for example {@code --only k1=0.9}
     */
    String option();

    /**
     * Returns what may be wrong with a selection that has selected none of the plan's jobs.
     *
     * @return advice, such as a near name; empty if there is none
     */
    default Optional<String> advice() {
        return Optional.empty();
    }
}
