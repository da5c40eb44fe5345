package org.experimaestro.monitor.view;

import java.util.List;
import java.util.Map;
import org.experimaestro.workspace.RunFolder;

/**
 * A submission of a job by a run. It has the tags, because another run may submit the same job with other tags.
 *
 * @param experiment the name of the experiment
 * @param run the name of the run
 * @param job the job's name: type id and identifier, joined by a slash
 * @param tags the tags, sorted by name
 * @param dependencies the names of the jobs that it depends on
 */
public record RunSubmission(
        String experiment, String run, String job, Map<String, Object> tags, List<String> dependencies) {
    /** Returns the name of the run with that of its experiment, as {@link RunFolder#qualifiedName} does. */
    public String qualifiedRun() {
        return RunFolder.qualifiedName(experiment, run);
    }
}
