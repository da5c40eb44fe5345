package org.experimaestro.core.task;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.experimaestro.JobReport;
import org.experimaestro.Outcome;

/** Which jobs get a row in a table of results. */
public final class ReportRows {
    private ReportRows() {}

    /**
     * Selects the jobs that have metrics, and those that are not done and may have some. Jobs that are not done get no row if
     * their type is known to have no metrics, since they would only be in the way.
     *
     * @param jobs all jobs
     * @return the jobs with a row, in the same order
     */
    public static List<JobReport> of(List<? extends JobReport> jobs) {
        Set<String> withMetrics = new HashSet<>();
        Set<String> withoutMetrics = new HashSet<>();
        for (JobReport job : jobs) {
            if (job.outcome() == Outcome.DONE) {
                (job.metrics().isEmpty() ? withoutMetrics : withMetrics).add(job.type());
            }
        }
        withoutMetrics.removeAll(withMetrics);
        List<JobReport> rows = new ArrayList<>();
        for (JobReport job : jobs) {
            boolean hasRow =
                    job.outcome() == Outcome.DONE ? !job.metrics().isEmpty() : !withoutMetrics.contains(job.type());
            if (hasRow) {
                rows.add(job);
            }
        }
        return rows;
    }
}
