package org.experimaestro.engine.job;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.experimaestro.spi.Placement;
import org.experimaestro.workspace.JobFolder;

/**
 * All that it takes to run a job.
 *
 * @param folder its folder
 * @param parameters the text of its parameters
 * @param needs the jobs that have to be done before it begins
 * @param placement where it runs, and with what
 * @param environment variables for its process, all of them: those of the launcher and of everything narrower. Of those that
 *     are passed by their names, {@link JobEnvironment#values} has the values
 * @param voice is told what happens to it on the way
 */
public record JobOrder(
        JobFolder folder,
        String parameters,
        List<JobFolder> needs,
        Placement placement,
        SortedMap<String, String> environment,
        Voice voice) {

    /** Is told, by any thread, what is worth knowing while a job waits or runs. */
    public interface Voice {

        /**
         * What the launcher says of the job now.
         *
         * @param state a few words, such as {@code PENDING (Priority)}; empty when it waits for nothing any longer
         */
        void says(String state);

        /**
         * Something that the user should know, and that stops nothing.
         *
         * @param text one sentence
         */
        void warns(String text);
    }

    /** Copies the collections. */
    public JobOrder {
        needs = List.copyOf(needs);
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
    }

    /**
     * The same with more environment variables.
     *
     * @param more variables that take the place of equal ones
     * @return the order
     */
    public JobOrder with(Map<String, String> more) {
        SortedMap<String, String> all = new TreeMap<>(environment);
        all.putAll(more);
        return new JobOrder(folder, parameters, needs, placement, all, voice);
    }
}
