package org.experimaestro.tui.wire;

import java.util.List;
import java.util.Map;

/**
 * The answer about a workspace.
 *
 * @param path the workspace's folder
 * @param readOnly whether actions are refused
 * @param jobs the number of jobs
 * @param experiments the experiments, the one with the newest run first
 * @param problems the files that cannot be read
 * @param presets filters by their names
 */
public record WireWorkspace(
        String path,
        boolean readOnly,
        int jobs,
        List<Experiment> experiments,
        List<String> problems,
        Map<String, String> presets) {
    /**
     * An experiment.
     *
     * @param name the name
     * @param runs the number of its runs
     * @param latest its newest run
     */
    public record Experiment(String name, int runs, WireRunLine latest) {}
}
