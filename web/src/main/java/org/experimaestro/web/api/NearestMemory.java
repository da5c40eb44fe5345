package org.experimaestro.web.api;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.monitor.detail.JobDetails;
import org.experimaestro.monitor.explain.NearestJob;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/**
 * The nearest done jobs of jobs that a page shows. A search reads the parameters of all done jobs of a type, and so is
 * repeated only after some minutes. Thread-safe.
 */
final class NearestMemory {
    private static final int MOST = 16;
    private static final Duration AGE = Duration.ofMinutes(10);

    private final Workspace workspace;
    private final Map<String, Found> found = new LinkedHashMap<>();

    private record Found(Instant at, Optional<NearestJob.Other> nearest) {}

    NearestMemory(Workspace workspace) {
        this.workspace = workspace;
    }

    /** Returns the nearest done job; empty for a job that is done. */
    synchronized Optional<NearestJob.Other> find(JobView job, Instant now) {
        if (job.status().findDone().isPresent()) {
            return Optional.empty();
        }
        @Nullable Found known = found.get(job.name());
        if (known == null || known.at().plus(AGE).isBefore(now)) {
            known = new Found(now, JobDetails.nearest(workspace, job));
            found.remove(job.name());
            found.put(job.name(), known);
            if (found.size() > MOST) {
                found.remove(found.keySet().iterator().next());
            }
        }
        return known.nearest();
    }
}
