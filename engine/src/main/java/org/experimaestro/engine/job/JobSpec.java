package org.experimaestro.engine.job;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.experimaestro.spi.Placement;
import org.experimaestro.workspace.AttemptOrigin;
import org.experimaestro.workspace.JobFolder;

/**
 * All that it takes to run a job.
 *
 * @param folder its folder
 * @param parameters the text of its parameters
 * @param needs the jobs that have to be done before it begins
 * @param announcing the jobs that may still run, and whose announced outputs it reads
 * @param placement the place where it runs, with all variables for its process; {@link JobEnvironment#values} has the
 *     values of those that are passed by their names
 * @param origin the record of its next attempt's place and decision
 * @param expectsMoreThan the test whether more than a number of equal jobs of the run, this one included, are about to
 *     be submitted
 * @param listener the listener of its changes
 */
public record JobSpec(
        JobFolder folder,
        String parameters,
        List<JobFolder> needs,
        List<JobFolder> announcing,
        Placement placement,
        AttemptOrigin origin,
        IntPredicate expectsMoreThan,
        Listener listener) {

    /** A listener of a job that waits or runs. Any thread may call it. */
    public interface Listener {

        /**
         * Handles the claim of the job by this run, which starts it now. Does nothing by default.
         *
         * @param attempt the number of the attempt, from 1
         */
        default void claimed(int attempt) {}

        /** The launcher has the job. */
        default void submitted() {}

        /**
         * Handles a new status of the job at its launcher.
         *
         * @param state a few words, such as {@code PENDING (Priority)}; empty when the job no longer waits for anything
         */
        void statusChanged(String state);

        /**
         * Handles a new status of the job at its batch system, or a new time at which the system expects to start it.
         * Ignores the time by default.
         *
         * @param state as above
         * @param expectedStart the time; empty if it is not known
         */
        default void statusChanged(String state, Optional<Instant> expectedStart) {
            statusChanged(state);
        }

        /**
         * Handles a problem that the user should know, and that stops nothing.
         *
         * @param text one sentence
         */
        void warned(String text);
    }

    /** Copies the list. */
    public JobSpec {
        needs = List.copyOf(needs);
        announcing = List.copyOf(announcing);
    }

    /**
     * Returns the same specification at another of the alternatives of its placement.
     *
     * @param place the alternative
     * @return the specification
     */
    public JobSpec at(Placement place) {
        return new JobSpec(
                folder, parameters, needs, announcing, placement.at(place), origin, expectsMoreThan, listener);
    }

    /**
     * Returns the same specification with another origin of its next attempt.
     *
     * @param next the origin
     * @return the specification
     */
    public JobSpec with(AttemptOrigin next) {
        return new JobSpec(folder, parameters, needs, announcing, placement, next, expectsMoreThan, listener);
    }

    /**
     * Returns the same specification with more environment variables.
     *
     * @param more the variables, which replace equal ones
     * @return the specification
     */
    public JobSpec with(Map<String, String> more) {
        if (more.isEmpty()) {
            return this;
        }
        Placement.Builder changed = placement.toBuilder();
        more.forEach(changed::env);
        return new JobSpec(folder, parameters, needs, announcing, changed.build(), origin, expectsMoreThan, listener);
    }
}
