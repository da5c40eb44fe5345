package org.experimaestro.cli.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.experimaestro.settings.ExperimentFile;
import org.experimaestro.settings.WorkspaceSettings;
import org.experimaestro.spi.LauncherDefinition;

/**
 * The variables of jobs and the places that set them, as comments after the settings of {@code --show}. Values are left
 * out, because they may be secrets. The experiment's own values are printed among its settings.
 */
final class VariableTexts {
    private VariableTexts() {}

    /**
     * Returns the lines.
     *
     * @param label the name of the launcher file in messages
     * @param launchers the launchers of that file
     * @return empty if no place sets a variable
     */
    static List<String> lines(
            String label, List<LauncherDefinition> launchers, WorkspaceSettings workspace, ExperimentFile file) {
        SortedMap<String, List<String>> places = new TreeMap<>();
        launchers(launchers)
                .forEach((name, those) -> places.computeIfAbsent(name, key -> new ArrayList<>())
                        .add(label + " (for " + String.join(", ", those) + ")"));
        for (SortedMap<String, String> each : List.of(workspace.variablePlaces(), file.variablePlaces())) {
            // The place with the highest priority comes first.
            each.forEach((name, place) ->
                    places.computeIfAbsent(name, key -> new ArrayList<>()).addFirst(place));
        }
        if (places.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(List.of("# Variables of jobs, and what sets them:"));
        places.forEach((name, from) -> lines.add("#   " + name + ": " + String.join(", in place of ", from)));
        return lines;
    }

    private static SortedMap<String, List<String>> launchers(List<LauncherDefinition> launchers) {
        return launchers.stream()
                .flatMap(launcher ->
                        launcher.environment().keySet().stream().map(name -> Map.entry(name, launcher.name())))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, TreeMap::new, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }
}
