package org.experimaestro.engine.job;

import java.util.List;
import java.util.Map;
import org.experimaestro.spi.Placement;
import org.experimaestro.workspace.JobFolder;

/**
 * All that it takes to run a job.
 *
 * @param folder its folder
 * @param parameters the text of its parameters
 * @param needs the jobs that have to be done before it begins
 * @param placement where it runs, and with what: also all variables for its process. Of those that are passed by their names,
 *     {@link JobEnvironment#values} has the values
 * @param listener is told what happens to it on the way
 */
public record JobSpec(
        JobFolder folder, String parameters, List<JobFolder> needs, Placement placement, Listener listener) {

    /** Is told, by any thread, what is worth knowing while a job waits or runs. */
    public interface Listener {

        /**
         * This run has taken the job, and starts it now.
         *
         * @param attempt the number of the attempt, from 1
         */
        default void claimed(int attempt) {}

        /**
         * What the launcher says of the job now.
         *
         * @param state a few words, such as {@code PENDING (Priority)}; empty when it waits for nothing any longer
         */
        void statusChanged(String state);

        /**
         * Something that the user should know, and that stops nothing.
         *
         * @param text one sentence
         */
        void warned(String text);
    }

    /** Copies the list. */
    public JobSpec {
        needs = List.copyOf(needs);
    }

    /**
     * The same at another of the alternatives of its placement.
     *
     * @param place the alternative
     * @return the specification
     */
    public JobSpec at(Placement place) {
        return new JobSpec(folder, parameters, needs, placement.at(place), listener);
    }

    /**
     * The same with more environment variables.
     *
     * @param more variables that take the place of equal ones
     * @return the specification
     */
    public JobSpec with(Map<String, String> more) {
        Placement.Builder changed = placement.toBuilder();
        more.forEach(changed::env);
        return new JobSpec(folder, parameters, needs, changed.build(), listener);
    }
}
