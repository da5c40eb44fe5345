package org.experimaestro.monitor.view;

import java.util.HashSet;
import java.util.Set;

/** The new jobs of a run that it will not start, because a job that they need has failed. */
public final class SkippedJobs {
    private SkippedJobs() {}

    /**
     * Finds the skipped jobs of a run: those that {@link FailedDependencies} finds.
     *
     * @param view all jobs
     * @param run the run
     * @return their names
     */
    public static Set<String> of(JobsView view, RunView run) {
        FailedDependencies failed = new FailedDependencies(view);
        Set<String> skipped = new HashSet<>();
        for (RunSubmission submission : run.submissions()) {
            view.find(submission.job())
                    .filter(failed::isSkipped)
                    .map(JobView::name)
                    .ifPresent(skipped::add);
        }
        return skipped;
    }
}
