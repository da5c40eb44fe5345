package org.experimaestro.monitor.compare;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.experimaestro.core.json.Json;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.workspace.RunCode;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.Workspace;

/**
 * A comparison of two runs: only what differs. Immutable.
 *
 * @param first the first run
 * @param second the second run
 * @param description the members of the descriptions that differ, those of nested settings by their paths
 * @param onlyFirst the names of the jobs that only the first run submitted, in their order
 * @param onlySecond the names of the jobs that only the second run submitted, in their order
 * @param tags the jobs of both runs whose tags differ
 * @param outcomes the jobs of both runs that ended in other ways, by the runs' own accounts
 * @param metrics the metrics of jobs with equal types and tags whose identifiers differ
 * @param causes the pairs of jobs with equal types and tags whose metrics or states differ, by the first cause
 * @param problems a sentence for each file that could not be read, and was left out
 */
public record RunComparison(
        RunView first,
        RunView second,
        List<ComparedValue> description,
        List<String> onlyFirst,
        List<String> onlySecond,
        List<ComparedValue> tags,
        List<ComparedValue> outcomes,
        List<ComparedValue> metrics,
        List<PairGroup> causes,
        List<String> problems) {

    /**
     * The members that describe when and as which process a run was made, and so always differ; and digests of what others
     * have in a form that says what differs.
     */
    private static final Set<String> OWN = Set.of(
            "run",
            "started",
            "ended",
            RunFolder.PAUSED,
            "process",
            "fileSha256",
            RunCode.SETTINGS,
            "executed",
            "executedByAnotherRun",
            "doneBefore");

    /** The members that list jobs by their outcome. */
    private static final List<String> OUTCOMES =
            List.of("failed", "skipped", "left", "notStarted", "leftOut", "notNeeded");

    /**
     * Compares runs.
     *
     * @param workspace the workspace of the runs
     * @param view its jobs and runs
     * @param first a run
     * @param second another run, of the same experiment or another one
     * @param now the current time
     * @return the comparison
     */
    public static RunComparison of(Workspace workspace, JobsView view, RunView first, RunView second, Instant now) {
        Map<String, String> here = jobs(first);
        Map<String, String> there = jobs(second);
        JobPairs pairs = new JobPairs(view, first, second);
        JobComparer comparer = new JobComparer(workspace, view.runs(), now);
        List<String> problems = new ArrayList<>();
        List<PairGroup> causes = pairs.causes(comparer, List.of(outcomes(first), outcomes(second)), problems);
        problems.addAll(comparer.problems());
        return new RunComparison(
                first,
                second,
                differing(leaves(first), leaves(second), true),
                missing(here.keySet(), there.keySet()),
                missing(there.keySet(), here.keySet()),
                differing(here, there, false),
                differing(outcomes(first), outcomes(second), true),
                pairs.metrics(),
                causes,
                List.copyOf(problems));
    }

    /** Returns whether the runs differ in nothing that is compared. */
    public boolean isEmpty() {
        return Stream.of(description, onlyFirst, onlySecond, tags, outcomes, metrics, causes)
                .allMatch(List::isEmpty);
    }

    /** Returns the tags of each job, as one line. */
    private static Map<String, String> jobs(RunView run) {
        Map<String, List<Object>> tags = new LinkedHashMap<>();
        run.submissions()
                .forEach(submission -> tags.computeIfAbsent(submission.job(), job -> new ArrayList<>())
                        .add(submission.tags()));
        Map<String, String> texts = new LinkedHashMap<>();
        tags.forEach((job, sets) -> texts.put(job, Json.writeLine(sets.size() == 1 ? sets.getFirst() : sets)));
        return texts;
    }

    private static List<String> missing(Set<String> jobs, Set<String> others) {
        return jobs.stream().filter(job -> !others.contains(job)).toList();
    }

    /** Returns the members of a run's description that tell how it was made, those of nested maps by their paths. */
    static Map<String, String> leaves(RunView run) {
        Map<String, String> leaves = new LinkedHashMap<>();
        flatten("", run.description(), leaves);
        return leaves;
    }

    /** Adds the leaves of nested maps by their paths. The settings are few levels deep, because people write them. */
    private static void flatten(String path, Map<?, ?> members, Map<String, String> leaves) {
        members.forEach((key, value) -> {
            String name = path.isEmpty() ? String.valueOf(key) : path + "." + key;
            if (value instanceof Map<?, ?> map && !OWN.contains(name)) {
                flatten(name, map, leaves);
            } else if (!OWN.contains(name) && !OUTCOMES.contains(name)) {
                leaves.put(name, Json.writeLine(value));
            }
        });
    }

    /** Returns the outcome of each job that has another one than done. */
    private static Map<String, String> outcomes(RunView run) {
        Map<String, String> outcomes = new LinkedHashMap<>();
        for (String outcome : OUTCOMES) {
            if (run.description().get(outcome) instanceof List<?> jobs) {
                jobs.forEach(job -> outcomes.put(String.valueOf(job), outcome));
            }
        }
        return outcomes;
    }

    /** Compares values by name. */
    private static List<ComparedValue> differing(
            Map<String, String> here, Map<String, String> there, boolean alsoMissing) {
        Set<String> names = new LinkedHashSet<>(here.keySet());
        if (alsoMissing) {
            names.addAll(there.keySet());
        } else {
            names.retainAll(there.keySet());
        }
        List<ComparedValue> values = new ArrayList<>();
        for (String name : names) {
            if (!Objects.equals(here.get(name), there.get(name))) {
                values.add(new ComparedValue(name, Arrays.asList(here.get(name), there.get(name)), true));
            }
        }
        return List.copyOf(values);
    }
}
