package org.experimaestro.tui.model;

import java.util.List;
import java.util.Optional;

/**
 * The choice of jobs that a list shows. Immutable.
 *
 * @param run the run, {@code EXPERIMENT/RUN}; empty for the workspace
 * @param filter the filter, blank for all
 * @param by the names that the jobs are grouped by; empty for the server's choice
 * @param sort the name that they are sorted by, with a dash for the largest value first; may be empty
 */
public record JobsSelection(Optional<String> run, String filter, Optional<List<String>> by, String sort) {
    /**
     * Returns the jobs of a run that a filter selects.
     *
     * @param run the run; empty for the workspace
     * @param filter the filter
     * @return the choice, grouped and sorted by the server's choice
     */
    public static JobsSelection of(Optional<String> run, String filter) {
        return new JobsSelection(run, filter, Optional.empty(), "");
    }

    JobsSelection filter(String text) {
        return new JobsSelection(run, text, by, sort);
    }

    JobsSelection by(List<String> names) {
        return new JobsSelection(run, filter, Optional.of(names), sort);
    }

    JobsSelection sort(String name) {
        return new JobsSelection(run, filter, by, name);
    }
}
