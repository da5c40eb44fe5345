package org.experimaestro;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A job that is done, as a report sees it.
 *
 * @param type the task's type id
 * @param id the job's identifier
 * @param tags the tags of this run, sorted by name
 * @param metrics the last value of each metric, in the order of their first appearance
 * @param folder the job's folder, absolute
 */
public record JobReport(String type, ConfigId id, Map<String, Object> tags, Map<String, Double> metrics, Path folder) {

    /** Copies the maps, keeping their order. */
    public JobReport {
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }
}
