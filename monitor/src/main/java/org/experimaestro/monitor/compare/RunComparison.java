package org.experimaestro.monitor.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.experimaestro.base.text.DecimalText;
import org.experimaestro.core.json.Json;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunSubmission;
import org.experimaestro.monitor.view.RunView;
import org.jspecify.annotations.Nullable;

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
 */
public record RunComparison(
        RunView first,
        RunView second,
        List<ComparedValue> description,
        List<String> onlyFirst,
        List<String> onlySecond,
        List<ComparedValue> tags,
        List<ComparedValue> outcomes,
        List<ComparedValue> metrics) {

    /** The members that describe when and as which process a run was made, and so always differ. */
    private static final Set<String> OWN = Set.of(
            "run", "started", "ended", "process", "fileSha256", "executed", "executedByAnotherRun", "doneBefore");

    /** The members that list jobs by their outcome. */
    private static final List<String> OUTCOMES = List.of("failed", "skipped", "left", "notStarted");

    /**
     * Compares runs.
     *
     * @param view the workspace of the runs, which has the metrics
     * @param first a run
     * @param second another run, of the same experiment or another one
     * @return the comparison
     */
    public static RunComparison of(JobsView view, RunView first, RunView second) {
        Map<String, String> here = jobs(first);
        Map<String, String> there = jobs(second);
        return new RunComparison(
                first,
                second,
                description(first, second),
                missing(here.keySet(), there.keySet()),
                missing(there.keySet(), here.keySet()),
                differing(here, there, false),
                differing(outcomes(first), outcomes(second), true),
                metrics(view, first, second));
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

    private static List<ComparedValue> description(RunView first, RunView second) {
        Map<String, String> here = new LinkedHashMap<>();
        Map<String, String> there = new LinkedHashMap<>();
        flatten("", first.description(), here);
        flatten("", second.description(), there);
        return differing(here, there, true);
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

    /** Pairs the jobs of equal types and tags, if there is one such job in each run, and compares their metrics. */
    private static List<ComparedValue> metrics(JobsView view, RunView first, RunView second) {
        Map<String, JobView> jobs = new HashMap<>();
        view.jobs().forEach(job -> jobs.put(job.name(), job));
        Map<List<Object>, String> here = unique(first);
        Map<List<Object>, String> there = unique(second);
        List<ComparedValue> metrics = new ArrayList<>();
        here.forEach((key, name) -> {
            JobView one = jobs.get(name);
            JobView other = jobs.get(there.getOrDefault(key, name));
            if (one != null && other != null && one != other) {
                compare(key, one, other, metrics);
            }
        });
        return List.copyOf(metrics);
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

    private static void compare(List<Object> key, JobView one, JobView other, List<ComparedValue> metrics) {
        Set<String> names = new LinkedHashSet<>(one.metrics().keySet());
        names.addAll(other.metrics().keySet());
        for (String name : names) {
            @Nullable String here = text(one.metrics().get(name));
            @Nullable String there = text(other.metrics().get(name));
            if (!Objects.equals(here, there)) {
                String label = key.getFirst() + " " + Json.writeLine(key.getLast()) + " " + name;
                metrics.add(new ComparedValue(label, Arrays.asList(here, there), false));
            }
        }
    }

    private static @Nullable String text(@Nullable Double value) {
        return value == null ? null : DecimalText.ofMetric(value);
    }
}
