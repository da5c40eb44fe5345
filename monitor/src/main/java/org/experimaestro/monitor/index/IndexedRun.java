package org.experimaestro.monitor.index;

import java.util.List;
import java.util.Map;
import org.experimaestro.core.file.FileStamp;
import org.experimaestro.monitor.view.RunSubmission;
import org.jspecify.annotations.Nullable;

/**
 * A run of the copy in the cache. Of a run that has ended, nothing is read again while the stamps are unchanged; of another
 * one, what follows the known part of its list of jobs.
 *
 * @param experiment the name of the run's experiment
 * @param run the run's name
 * @param descriptionStamp the stamp of the description when it was read; {@code null} unless the run has ended
 * @param jobsStamp the stamp of the list of jobs when it was read; {@code null} unless the run has ended
 * @param jobs the part of the list of jobs that was read
 * @param description the members of the description
 * @param submissions the submitted jobs
 */
record IndexedRun(
        String experiment,
        String run,
        @Nullable FileStamp descriptionStamp,
        @Nullable FileStamp jobsStamp,
        KnownPart jobs,
        Map<String, Object> description,
        List<RunSubmission> submissions) {}
