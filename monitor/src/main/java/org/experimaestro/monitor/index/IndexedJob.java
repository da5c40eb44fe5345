package org.experimaestro.monitor.index;

import java.util.Map;
import org.experimaestro.core.file.FileStamp;
import org.experimaestro.workspace.JobStatus;
import org.jspecify.annotations.Nullable;

/**
 * A job whose state its files alone tell, as the copy in the cache has it.
 *
 * @param name its name
 * @param stamp the stamp of the folder of our files when they were read
 * @param status its state
 * @param parametersStamp the stamp of its parameters when they were read; {@code null} if nobody has asked for them
 * @param tags what they say; empty if they were not read
 */
record IndexedJob(
        String name,
        FileStamp stamp,
        JobStatus status,
        @Nullable FileStamp parametersStamp,
        Map<String, Object> tags) {}
