package org.experimaestro.finder;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.experimaestro.Launcher;
import org.experimaestro.Requirement;
import org.experimaestro.requirement.Alternative;
import org.experimaestro.requirement.RequirementPrinter;

/**
 * What is asked of the launcher file.
 *
 * @param alternatives what the job needs, the preferred alternative first; that of nothing if nothing is said
 * @param name the launcher that it must be, if one is named
 * @param tags tags that the launcher must have
 * @param environment variables for the job
 * @param options options of launchers
 * @param location the plan's line, as {@code file:line}
 */
record Request(
        List<Alternative> alternatives,
        Optional<String> name,
        SortedSet<String> tags,
        SortedMap<String, String> environment,
        SortedMap<String, String> options,
        Optional<String> location) {

    static Request of(Launcher launcher) {
        return new Request(
                launcher.requirement().map(Requirement::alternatives).orElse(List.of(Alternative.NOTHING)),
                launcher.name(),
                launcher.tagNames(),
                launcher.environment(),
                launcher.options(),
                launcher.location());
    }

    /** What is asked without a plan. */
    static Request of(Requirement requirement, SortedSet<String> tags) {
        return new Request(
                requirement.alternatives(), Optional.empty(), tags, new TreeMap<>(), new TreeMap<>(), Optional.empty());
    }

    /** The name or the requirement. */
    @Override
    public String toString() {
        return name.orElseGet(() -> RequirementPrinter.print(alternatives));
    }
}
