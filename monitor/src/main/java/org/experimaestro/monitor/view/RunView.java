package org.experimaestro.monitor.view;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.workspace.RunFolder;

/**
 * A run of an experiment, according to its files. Immutable.
 *
 * @param folder the run's folder, which knows the names of the run and of the experiment
 * @param description the members of the run's description; empty if there is none, or if it cannot be read
 * @param submissions the submitted jobs, in the order of submission
 */
public record RunView(RunFolder folder, Map<String, Object> description, List<RunSubmission> submissions) {
    private static final String OUTCOME = "outcome";

    /**
     * Returns the run's outcome.
     *
     * @return the word in the run's description; empty while the run goes on, and if its process ended without
     *     writing it
     */
    public Optional<String> outcome() {
        return Optional.ofNullable(description.get(OUTCOME)).map(String::valueOf);
    }
}
