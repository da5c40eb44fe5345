package org.experimaestro.monitor.index;

import java.util.List;
import java.util.Map;
import org.experimaestro.core.file.FileStamp;
import org.experimaestro.workspace.JobStatus;
import org.jspecify.annotations.Nullable;

/**
 * A job of the copy in the cache, whose state is determined by its files alone.
 *
 * @param name the job's name
 * @param stamp the stamp of the job's internal folder when its files were read
 * @param status the job's state
 * @param mayBeLink whether a link may be in the place of the job's folder
 * @param parametersStamp the stamp of the parameter file when it was read; {@code null} if it was not read
 * @param tags the tags in the parameter file; empty if it was not read
 * @param uses the names of the jobs in the parameter file; empty if it was not read
 */
record IndexedJob(
        String name,
        FileStamp stamp,
        JobStatus status,
        boolean mayBeLink,
        @Nullable FileStamp parametersStamp,
        Map<String, Object> tags,
        List<String> uses) {}
