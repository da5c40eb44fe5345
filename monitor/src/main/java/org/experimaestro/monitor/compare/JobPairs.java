package org.experimaestro.monitor.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.json.Json;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunSubmission;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.workspace.JobStatus;
import org.jspecify.annotations.Nullable;

/**
 * The pairs of jobs of two runs: jobs of equal types and tags, if each run has one such job. Both may be the same job.
 * Confined to one thread.
 */
final class JobPairs {
    /** The outcomes of jobs that a run did not run to an end. */
    private static final Set<String> NOT_RUN = Set.of("skipped", "left", "notStarted", "leftOut", "notNeeded");

    private final RunView first;
    private final RunView second;
    private final List<Pair> pairs = new ArrayList<>();

    /**
     * A pair.
     *
     * @param label the type and the tags
     * @param one the job of the first run
     * @param other the job of the second run
     */
    private record Pair(String label, JobView one, JobView other) {
        boolean isOneJob() {
            return one.name().equals(other.name());
        }
    }

    JobPairs(JobsView view, RunView first, RunView second) {
        this.first = first;
        this.second = second;
        Map<String, JobView> jobs = new HashMap<>();
        view.jobs().forEach(job -> jobs.put(job.name(), job));
        Map<List<Object>, String> there = unique(second);
        unique(first).forEach((key, name) -> {
            JobView one = jobs.get(name);
            JobView other = jobs.get(there.get(key));
            if (one != null && other != null) {
                pairs.add(new Pair(key.getFirst() + " " + Json.writeLine(key.getLast()), one, other));
            }
        });
    }

    private static Map<List<Object>, String> unique(RunView run) {
        Map<List<Object>, Set<String>> jobs = new LinkedHashMap<>();
        for (RunSubmission submission : run.submissions()) {
            String type = submission.job().substring(0, submission.job().indexOf('/'));
            jobs.computeIfAbsent(List.of(type, new TreeMap<>(submission.tags())), key -> new LinkedHashSet<>())
                    .add(submission.job());
        }
        Map<List<Object>, String> unique = new LinkedHashMap<>();
        jobs.forEach((key, names) -> {
            if (names.size() == 1) {
                unique.put(key, names.iterator().next());
            }
        });
        return unique;
    }

    /** Returns the metrics that differ within pairs. */
    List<ComparedValue> metrics() {
        List<ComparedValue> metrics = new ArrayList<>();
        pairs.forEach(pair -> metrics.addAll(metrics(pair)));
        return List.copyOf(metrics);
    }

    private static List<ComparedValue> metrics(Pair pair) {
        return ComparedMetrics.differing(
                pair.label() + " ", List.of(pair.one().metrics(), pair.other().metrics()));
    }

    /**
     * Groups the pairs whose metrics or states differ by the first cause.
     *
     * @param comparer the comparer of their jobs
     * @param outcomes the outcomes of jobs that each run did not end as done, by name
     * @param problems gets a sentence for each pair that cannot be compared
     * @return the groups: the kinds in their order, and of one kind those of the most pairs first
     */
    List<PairGroup> causes(JobComparer comparer, List<Map<String, String>> outcomes, List<String> problems) {
        Map<FirstCause, List<String>> groups = new LinkedHashMap<>();
        for (Pair pair : pairs) {
            ComparedValue states = states(pair, outcomes);
            if (states.differs() || !metrics(pair).isEmpty()) {
                try {
                    groups.computeIfAbsent(cause(pair, states, comparer), cause -> new ArrayList<>())
                            .add(pair.label());
                } catch (WorkspaceException unreadable) {
                    problems.add(String.valueOf(unreadable.getMessage()));
                }
            }
        }
        return groups.entrySet().stream()
                .map(group -> new PairGroup(group.getKey(), group.getValue()))
                .sorted(Comparator.comparing((PairGroup group) -> group.cause().kind())
                        .thenComparingInt(group -> -group.pairs().size()))
                .toList();
    }

    /** Returns the states of a pair: of one job by the runs' own accounts, of two jobs those of now. */
    private static ComparedValue states(Pair pair, List<Map<String, String>> outcomes) {
        List<@Nullable String> states = pair.isOneJob()
                ? outcomes.stream()
                        .<@Nullable String>map(
                                ended -> ended.getOrDefault(pair.one().name(), "done"))
                        .toList()
                : List.of(JobComparer.state(pair.one()), JobComparer.state(pair.other()));
        return new ComparedValue("state", states, false);
    }

    private FirstCause cause(Pair pair, ComparedValue states, JobComparer comparer) {
        boolean isRun = pair.isOneJob()
                ? states.values().stream().noneMatch(NOT_RUN::contains)
                : hasResult(pair.one()) && hasResult(pair.other());
        if (!isRun) {
            return FirstCause.ofNoResult(states);
        }
        return pair.isOneJob()
                ? comparer.ofOneJob(pair.one(), first, second)
                : comparer.compare(List.of(pair.one(), pair.other())).firstCause();
    }

    private static boolean hasResult(JobView job) {
        return job.status().findDone().isPresent() || job.status() instanceof JobStatus.Failed;
    }
}
