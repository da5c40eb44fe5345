package org.experimaestro.tui.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The jobs of an action. Immutable.
 *
 * @param jobs names of jobs; empty if a filter selects them
 * @param run the run of the selected jobs
 * @param filter the filter that selects them
 */
public record ActionSubject(List<String> jobs, Optional<String> run, Optional<String> filter) {
    static ActionSubject of(List<String> jobs) {
        return new ActionSubject(List.copyOf(jobs), Optional.empty(), Optional.empty());
    }

    static ActionSubject of(Optional<String> run, String filter) {
        return new ActionSubject(List.of(), run, Optional.of(filter));
    }

    /** Returns the members of a question for an action. */
    Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        if (!jobs.isEmpty()) {
            members.put("jobs", jobs);
        }
        run.ifPresent(name -> members.put("run", name));
        filter.ifPresent(text -> members.put("q", text));
        return members;
    }
}
