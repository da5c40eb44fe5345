package org.experimaestro.monitor.index;

import java.util.List;
import java.util.Map;
import org.experimaestro.core.file.FileStamp;
import org.experimaestro.monitor.view.RunSubmission;

/**
 * A finished run of the copy in the cache.
 *
 * @param experiment the name of the run's experiment
 * @param run the run's name
 * @param descriptionStamp the stamp of the description when it was read
 * @param jobsStamp the stamp of the list of jobs when it was read
 * @param description the members of the description
 * @param submissions the submitted jobs
 */
record IndexedRun(
        String experiment,
        String run,
        FileStamp descriptionStamp,
        FileStamp jobsStamp,
        Map<String, Object> description,
        List<RunSubmission> submissions) {}
