package org.experimaestro.monitor.view;

import java.util.List;
import java.util.Map;

/**
 * A job with one set of tags, which is a row of a list. A job that was submitted with several sets of tags has several
 * rows. Immutable.
 *
 * @param job the job
 * @param tags the tags of submissions, sorted by name; without a submission, those that are stored with the parameters
 * @param runs the latest selected run of each experiment that submitted the job with these tags, as {@code
 *     experiment/run}, sorted; empty without a submission
 */
public record JobRow(JobView job, Map<String, Object> tags, List<String> runs) {

    /**
     * Returns the experiments that submitted the job with these tags.
     *
     * @return the names, sorted
     */
    public List<String> experiments() {
        if (runs.size() == 1) {
            return List.of(experiment(runs.getFirst()));
        }
        return runs.stream().map(JobRow::experiment).distinct().sorted().toList();
    }

    private static String experiment(String run) {
        return run.substring(0, run.lastIndexOf('/'));
    }
}
