package org.experimaestro.settings;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A workspace that a user's settings give a name. Immutable.
 *
 * @param name its name
 * @param folder its folder, an absolute, normalized path
 * @param triggers the patterns of experiments that run there
 * @param environment variables for all its jobs; those of the workspace's own settings override them
 * @param variablePlaces the place where each of them is set, for messages, by name
 * @param roots the folder of each named root by its name; it overrides that for all workspaces
 * @param upkeep the rules by which it is kept; those of the workspace's own settings override them
 */
public record NamedWorkspace(
        String name,
        Path folder,
        List<ExperimentPattern> triggers,
        SortedMap<String, String> environment,
        SortedMap<String, String> variablePlaces,
        SortedMap<String, Path> roots,
        Upkeep upkeep) {

    /** Copies the collections. */
    public NamedWorkspace {
        triggers = List.copyOf(triggers);
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
        variablePlaces = Collections.unmodifiableSortedMap(new TreeMap<>(variablePlaces));
        roots = Collections.unmodifiableSortedMap(new TreeMap<>(roots));
    }

    /**
     * Returns whether an experiment runs in this workspace unless something nearer says otherwise.
     *
     * @param experiment the experiment's name
     * @return true if a trigger matches
     */
    public boolean isFor(String experiment) {
        return triggers.stream().anyMatch(trigger -> trigger.matches(experiment));
    }
}
