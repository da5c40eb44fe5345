package org.experimaestro.monitor.view;

import java.util.List;
import java.util.Map;
import org.experimaestro.workspace.JobFolder;

/** Jobs as tests see them. */
final class Views {
    private Views() {}

    /** A job that a run has submitted with these tags. */
    static JobView tagged(JobFolder job, Map<String, Object> tags) {
        RunSubmission submission = new RunSubmission("grid", "20261128-120000", job.name(), tags, List.of());
        return new JobView(job, job.status(), List.of(submission), List.of(), "", StoredParameters.of(job, true));
    }
}
