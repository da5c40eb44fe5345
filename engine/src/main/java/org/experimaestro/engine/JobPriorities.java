package org.experimaestro.engine;

import java.util.List;
import java.util.OptionalInt;

/** The priorities of jobs by the experiment's file. The plan's thread calls it, for one job at a time. */
@FunctionalInterface
public interface JobPriorities {
    /** No job has a priority by the file. */
    JobPriorities NONE = task -> OptionalInt.empty();

    /**
     * Finds the priority of a job.
     *
     * @param task the job with the tags of one submission
     * @return the priority; empty if the file says nothing about the job
     */
    OptionalInt find(SubmittedTask task);

    /**
     * Returns what may be wrong with the file, after all jobs of the plan were looked for.
     *
     * @return warnings, such as a name that no job has; none unless overridden
     */
    default List<String> warnings() {
        return List.of();
    }
}
