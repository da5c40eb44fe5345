package org.experimaestro.monitor.index;

import java.util.List;
import java.util.Map;
import org.experimaestro.core.file.FileStamp;
import org.experimaestro.monitor.view.RunSubmission;

/**
 * A run that has ended, as the copy in the cache has it.
 *
 * @param experiment the name of its experiment
 * @param run its name
 * @param descriptionStamp the stamp of its description when it was read
 * @param jobsStamp the stamp of its list of jobs when it was read
 * @param description the description
 * @param submissions the jobs
 */
record IndexedRun(
        String experiment,
        String run,
        FileStamp descriptionStamp,
        FileStamp jobsStamp,
        Map<String, Object> description,
        List<RunSubmission> submissions) {}
