package org.experimaestro.monitor.reason;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.experimaestro.monitor.filter.Filter;
import org.experimaestro.monitor.reason.SharedTrait.Trait;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.workspace.JobState;

/**
 * Jobs of one type that wait or have failed for the same reason. Immutable.
 *
 * @param reason the reason of the first of the jobs; of several damaged ones, without the folder of the first
 * @param typeId the type of the jobs
 * @param jobs the jobs
 * @param shared for failed jobs, what they share and the done jobs of the type in the same runs do not; may be empty
 */
public record ReasonGroup(Reason reason, String typeId, List<JobView> jobs, List<SharedTrait> shared) {
    /** A number in a message, in which the failures of one group may differ. */
    static final Pattern NUMBER = Pattern.compile("[0-9]+([.][0-9]+)?([eE]-?[0-9]+)?");

    /** Copies the lists. */
    public ReasonGroup {
        jobs = List.copyOf(jobs);
        shared = List.copyOf(shared);
    }

    /**
     * Groups jobs by their reasons.
     *
     * @param reasons finds the reason of a job; empty if there is none
     * @param view the workspace, whose done jobs are compared with the failed ones
     * @param jobs the jobs; those that are done or run are left out
     * @return the groups, the largest ones first
     */
    public static List<ReasonGroup> of(
            Function<JobView, Optional<Reason>> reasons, JobsView view, Collection<JobView> jobs) {
        Map<List<Object>, Reason> firsts = new HashMap<>();
        Map<List<Object>, List<JobView>> groups = new LinkedHashMap<>();
        for (JobView job : jobs) {
            reasons.apply(job).ifPresent(reason -> {
                List<Object> key = List.of(job.folder().typeId(), reason.kind(), subject(job, reason));
                firsts.putIfAbsent(key, reason);
                groups.computeIfAbsent(key, first -> new ArrayList<>()).add(job);
            });
        }
        List<ReasonGroup> found = new ArrayList<>();
        groups.forEach((key, members) -> {
            Reason reason = Objects.requireNonNull(firsts.get(key));
            String typeId = members.getFirst().folder().typeId();
            List<SharedTrait> shared = reason.kind() == Reason.Kind.FAILED && members.size() > 1
                    ? SharedTraits.find(traits(members), traits(comparable(view, members)))
                    : List.of();
            found.add(new ReasonGroup(ofAll(reason, members), typeId, members, shared));
        });
        found.sort(Comparator.comparingInt((ReasonGroup group) -> group.jobs().size())
                .reversed());
        return found;
    }

    /**
     * Returns the filter that selects the jobs of the group among those of its run.
     *
     * @param view all jobs
     * @return a filter by what the jobs share, or by their identifiers; of a group of very many jobs that wait, one of
     *     their type and states, which may select a few others
     */
    public Filter filter(JobsView view) {
        return GroupFilter.of(this, view);
    }

    /** Returns the reason of all jobs of a group. Damaged ones have the same damage, each in its own folder. */
    private static Reason ofAll(Reason first, List<JobView> members) {
        return first.kind() == Reason.Kind.UNREADABLE && members.size() > 1
                ? Reason.of(
                        first.kind(),
                        inFolder(members.getFirst(), first),
                        first.jobs(),
                        "repair or delete this file in the folder of each")
                : first;
    }

    private static String inFolder(JobView job, Reason reason) {
        return reason.subject().replace(job.folder().path() + "/", "");
    }

    /**
     * Returns what the jobs of a group have in common: jobs at a batch system differ in their batch jobs, damaged ones in
     * their folders, and the messages of one failure in numbers, such as that of a seed.
     */
    private static String subject(JobView job, Reason reason) {
        return switch (reason.kind()) {
            case LAUNCHER -> reason.subject().substring(reason.subject().indexOf(':') + 1);
            case FAILED -> NUMBER.matcher(reason.subject()).replaceAll("0");
            case UNREADABLE -> NUMBER.matcher(inFolder(job, reason)).replaceAll("0");
            default -> reason.subject();
        };
    }

    private static List<Set<Trait>> traits(Collection<JobView> jobs) {
        return jobs.stream().map(JobTraits::of).toList();
    }

    /**
     * Returns the done jobs that could have failed in the same way: those of the type that the last runs of the failed
     * jobs have submitted, and whose files can be read. Other runs may have had other code, and other values of what
     * matters.
     */
    private static List<JobView> comparable(JobsView view, List<JobView> failed) {
        String typeId = failed.getFirst().folder().typeId();
        Set<String> runs = new HashSet<>();
        Set<JobView> then = new HashSet<>(failed); // some may be done since
        for (JobView job : failed) {
            if (!job.submissions().isEmpty()) {
                runs.add(job.submissions().getLast().qualifiedRun());
            }
        }
        return view.jobs().stream()
                .filter(job -> job.state() == JobState.DONE && !then.contains(job))
                .filter(job -> job.folder().typeId().equals(typeId))
                .filter(job -> runs.isEmpty()
                        || job.submissions().stream().anyMatch(submission -> runs.contains(submission.qualifiedRun())))
                .toList();
    }
}
