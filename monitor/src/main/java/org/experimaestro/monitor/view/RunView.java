package org.experimaestro.monitor.view;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.workspace.RunFolder;

/**
 * A run of an experiment: what its own files say. Immutable.
 *
 * @param folder its folder, with its name and that of its experiment
 * @param description the members of the run's description; empty if there is none, or it cannot be read
 * @param submissions the jobs that it submitted, in order
 */
public record RunView(RunFolder folder, Map<String, Object> description, List<RunSubmission> submissions) {
    private static final String OUTCOME = "outcome";

    /**
     * How the run ended.
     *
     * @return in the words of the run's description; empty while it goes on, and if it ended without writing that
     */
    public Optional<String> outcome() {
        return Optional.ofNullable(description.get(OUTCOME)).map(String::valueOf);
    }
}
