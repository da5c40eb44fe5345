package org.experimaestro.web.api;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.experimaestro.monitor.filter.Filter;
import org.experimaestro.monitor.filter.JobField;
import org.experimaestro.monitor.reason.Reason;
import org.experimaestro.monitor.reason.ReasonGroup;
import org.experimaestro.monitor.reason.ReasonPhrases;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;

/**
 * Jobs of one type that wait or have failed for the same reason. Jobs that wait for different dependencies are one line.
 *
 * @param type the type of the jobs
 * @param kind the kind of the reason
 * @param subject the reason as a sentence without its end
 * @param advice the action that a person can take; empty if there is none but to wait
 * @param count the number of jobs
 * @param jobs the first of them
 * @param obstacles the first of the jobs that they wait for, such as a dependency, or the holders of a limit
 * @param obstacleTotal the number of those
 * @param obstacleFilter the filter that selects those; empty if there are none, or very many
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
        List<JobLink> obstacles,
        int obstacleTotal,
        Optional<String> obstacleFilter,
        List<String> shared,
        String filter,
        Optional<Instant> last) {
    private static final int MOST_JOBS = 5;

    /** The most jobs that a filter names one by one, so that an address can hold it. */
    private static final int MOST_NAMED = 500;

    /**
     * Creates lines.
     *
     * @param groups the groups of jobs, in the order of the lines
     * @param view all jobs
     * @return a line for each group; one for all that depend on others in the same way
     */
    public static List<ReasonLine> of(Collection<ReasonGroup> groups, JobsView view) {
        Map<List<Object>, List<ReasonGroup>> lines = new LinkedHashMap<>();
        for (ReasonGroup group : groups) {
            Reason reason = group.reason();
            Object rest = switch (reason.kind()) {
                case DEPENDENCY, DEPENDENCY_FAILED, DEPENDENCY_DELETED ->
                    reason.jobs().isEmpty() ? group : ""; // a former run may only tell the words
                default -> group; // a line of its own
            };
            lines.computeIfAbsent(List.of(group.typeId(), reason.kind(), rest), first -> new ArrayList<>())
                    .add(group);
        }
        List<ReasonLine> all = new ArrayList<>();
        lines.values().forEach(line -> all.add(of(line.size() == 1 ? line.getFirst() : together(line), view)));
        all.sort(Comparator.comparingInt(ReasonLine::count).reversed());
        return all;
    }

    /** Returns one group of those whose jobs depend on others in the same way. */
    private static ReasonGroup together(List<ReasonGroup> groups) {
        Reason.Kind kind = groups.getFirst().reason().kind();
        List<String> obstacles = groups.stream()
                .flatMap(group -> group.reason().jobs().stream())
                .distinct()
                .toList();
        boolean isOne = obstacles.size() == 1;
        String jobs = obstacles.size() + (isOne ? " job" : " jobs");
        String subject = switch (kind) {
            case DEPENDENCY_FAILED -> "they depend on " + jobs + (isOne ? " that has failed" : " that have failed");
            case DEPENDENCY_DELETED -> "results of " + jobs + " that they need were deleted";
            default -> "they depend on " + jobs + (isOne ? " that is not done" : " that are not done");
        };
        List<String> advice =
                groups.stream().map(group -> group.reason().advice()).distinct().toList();
        return new ReasonGroup(
                Reason.of(kind, subject, obstacles, advice.size() == 1 ? advice.getFirst() : ""),
                groups.getFirst().typeId(),
                groups.stream().flatMap(group -> group.jobs().stream()).toList(),
                List.of());
    }

    private static ReasonLine of(ReasonGroup group, JobsView view) {
        Reason reason = group.reason();
        List<String> named = Stream.concat(
                        reason.jobs().stream(),
                        Stream.of(group.jobs().getFirst().name()))
                .toList();
        return new ReasonLine(
                group.typeId(),
                reason.kind(),
                new ReasonPhrases(ZoneId.systemDefault()).beside(reason, view),
                ReasonPhrases.shortened(reason.advice(), named, view),
                group.jobs().size(),
                group.jobs().stream()
                        .limit(MOST_JOBS)
                        .map(job -> JobLink.of(view, job))
                        .toList(),
                reason.jobs().stream()
                        .limit(MOST_JOBS)
                        .map(name -> JobLink.of(view, name))
                        .toList(),
                reason.jobs().size(),
                obstacleFilter(reason.jobs(), view),
                group.shared().stream().map(ReasonPhrases::of).toList(),
                group.filter(view).toString(),
                group.jobs().stream()
                        .filter(JobView::hasFailed)
                        .map(JobView::ended)
                        .flatMap(Optional::stream)
                        .max(Comparator.naturalOrder()));
    }

    private static Optional<String> obstacleFilter(List<String> names, JobsView view) {
        return names.isEmpty() || names.size() > MOST_NAMED
                ? Optional.empty()
                : Optional.of(Filter.ofValues(
                                JobField.ID,
                                names.stream()
                                        .map(name -> JobLink.of(view, name).shortId())
                                        .toList())
                        .toString());
    }
}
