package org.experimaestro.web.api;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.experimaestro.monitor.reason.Reason;
import org.experimaestro.monitor.reason.ReasonGroup;
import org.experimaestro.monitor.reason.ReasonPhrases;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;

/**
 * Jobs of one type that wait or have failed for the same reason.
 *
 * @param type the type of the jobs
 * @param kind the kind of the reason
 * @param subject the reason as a sentence without its end
 * @param advice the action that a person can take; empty if there is none but to wait
 * @param count the number of jobs
 * @param jobs the first of them
 * @param shared what failed jobs share and the others do not, as sentences without their ends
 * @param filter the filter that selects the jobs among those of their run
 * @param last the time of the last failure; empty if all jobs have another state now
 */
public record ReasonLine(
        String type,
        Reason.Kind kind,
        String subject,
        String advice,
        int count,
        List<JobLink> jobs,
        List<String> shared,
        String filter,
        Optional<Instant> last) {
    private static final int MOST_JOBS = 5;

    /**
     * Creates the line of a group.
     *
     * @param group the group
     * @param view all jobs
     * @return the line
     */
    public static ReasonLine of(ReasonGroup group, JobsView view) {
        return new ReasonLine(
                group.typeId(),
                group.reason().kind(),
                new ReasonPhrases(ZoneId.systemDefault()).of(group.reason()),
                group.reason().advice(),
                group.jobs().size(),
                group.jobs().stream()
                        .limit(MOST_JOBS)
                        .map(job -> JobLink.of(view, job))
                        .toList(),
                group.shared().stream().map(ReasonPhrases::of).toList(),
                group.filter(view).toString(),
                group.jobs().stream()
                        .filter(JobView::hasFailed)
                        .map(JobView::ended)
                        .flatMap(Optional::stream)
                        .max(Comparator.naturalOrder()));
    }
}
