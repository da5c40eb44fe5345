package org.experimaestro.monitor.reason;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.experimaestro.monitor.filter.Filter;
import org.experimaestro.monitor.filter.JobField;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.JobStatus;

/** The filter that selects the jobs of a group among those of its run. */
final class GroupFilter {
    /** The most jobs that are named one by one, so that an address can hold the filter. */
    private static final int MOST_NAMED = 500;

    private GroupFilter() {}

    static Filter of(ReasonGroup group, JobsView view) {
        List<JobView> jobs = group.jobs();
        Filter type = Filter.ofValues(JobField.TYPE, List.of(group.typeId()));
        if (jobs.getFirst().status() instanceof JobStatus.Failed failed
                && group.reason().kind() == Reason.Kind.FAILED
                && jobs.stream().allMatch(JobView::hasFailed)) {
            return ofFailure(type, failed);
        }
        if (jobs.size() <= MOST_NAMED) {
            return Filter.ofValues(JobField.ID, jobs.stream().map(view::shortId).toList());
        }
        return type.and(Filter.ofValues(JobField.STATE, states(group)));
    }

    /** Jobs that fail later in the same way are selected, too. */
    private static Filter ofFailure(Filter type, JobStatus.Failed failed) {
        Filter all = type.and(Filter.ofValues(JobField.STATE, List.of(word(JobState.FAILED))))
                .and(Filter.ofValues(JobField.CAUSE, List.of(word(failed.cause()))));
        // Numbers differ within a group, so the longest part between them is what its messages share.
        String part = ReasonGroup.NUMBER
                .splitAsStream(Reasons.firstLine(failed.message()))
                .map(String::strip)
                .reduce("", (one, other) -> other.length() > one.length() ? other : one);
        return part.isEmpty() ? all : all.and(Filter.ofPart(JobField.ERROR, part));
    }

    private static List<String> states(ReasonGroup group) {
        if (group.reason().kind() == Reason.Kind.DEPENDENCY_FAILED) {
            return List.of(JobField.SKIPPED);
        }
        Stream<JobState> states =
                group.jobs().stream().map(JobView::state).distinct().sorted();
        return states.map(GroupFilter::word).toList();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
