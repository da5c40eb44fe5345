package org.experimaestro.monitor.compare;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.text.DecimalText;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.monitor.explain.Difference;
import org.experimaestro.monitor.explain.Explanation;
import org.experimaestro.monitor.explain.NearestJob;
import org.experimaestro.monitor.view.ConfigurationTree;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.JobCodeComparison;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.StoredClassPath;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.code.CodeChange;
import org.experimaestro.workspace.code.CodeEntry;
import org.jspecify.annotations.Nullable;

/**
 * A comparison of two or more jobs: only what differs. The first job is the base. Immutable.
 *
 * @param jobs the compared jobs
 * @param parameters the parameters that differ, at any depth, also of the tasks that made the inputs of the jobs
 * @param code the code of each job that differs from that of the first job; {@link CodeChange#NONE} for the first
 * @param environment hosts and launchers, if they differ
 * @param metrics the last values of metrics that differ
 * @param results states and durations, if they differ
 * @param problems a sentence for each file that could not be read, and was left out
 */
public record ResultComparison(
        List<JobView> jobs,
        List<ComparedValue> parameters,
        List<CodeChange> code,
        List<ComparedValue> environment,
        List<ComparedValue> metrics,
        List<ComparedValue> results,
        List<String> problems) {

    /**
     * Compares jobs.
     *
     * @param workspace the workspace of the jobs
     * @param jobs two jobs or more, of any types
     * @param now the end of the durations of running jobs
     * @return the comparison
     * @throws WorkspaceException if the parameters of one of the jobs cannot be read
     */
    public static ResultComparison of(Workspace workspace, List<JobView> jobs, Instant now) {
        List<String> problems = new ArrayList<>();
        return new ResultComparison(
                List.copyOf(jobs),
                parameters(workspace, jobs, problems),
                code(jobs, problems),
                environment(jobs, problems),
                metrics(jobs),
                differing(List.of(
                        values("state", jobs, job -> job.state().name().toLowerCase(Locale.ROOT)),
                        values(
                                "seconds",
                                jobs,
                                job -> job.duration(now)
                                        .map(time -> DecimalText.ofMetric(time.toMillis() / 1000.0))
                                        .orElse(null)))),
                List.copyOf(problems));
    }

    /**
     * Finds the first cause: of the parameters that count, the first one of those that belong to the earliest jobs. For
     * example, {@code model(tutorial.learn).epochs} comes before {@code metric}, because the output of the task
     * {@code tutorial.learn} is an input of the compared jobs.
     *
     * @return empty if no parameter that counts differs
     */
    public Optional<ComparedValue> findFirstCause() {
        @Nullable ComparedValue first = null;
        for (ComparedValue value : parameters) {
            if (value.counts() && (first == null || producers(value.name()) > producers(first.name()))) {
                first = value;
            }
        }
        return Optional.ofNullable(first);
    }

    /** Returns the number of tasks on a path: each has its type in parentheses. */
    private static long producers(String path) {
        return path.chars().filter(character -> character == '(').count();
    }

    private static List<ComparedValue> parameters(Workspace workspace, List<JobView> jobs, List<String> problems) {
        JobView base = jobs.getFirst();
        NearestJob comparer = new NearestJob(workspace, base.folder(), Explanation.of(base.folder()));
        List<Map<String, Difference>> all = new ArrayList<>();
        Set<String> paths = new LinkedHashSet<>();
        for (JobView other : jobs.subList(1, jobs.size())) {
            Map<String, Difference> differences = new LinkedHashMap<>();
            comparer.compare(other.folder())
                    .differences()
                    .forEach(difference -> differences.put(difference.path(), difference));
            paths.addAll(differences.keySet());
            all.add(differences);
        }
        problems.addAll(comparer.problems());
        List<ComparedValue> parameters = new ArrayList<>();
        for (String path : paths) {
            List<Difference> found = all.stream()
                    .flatMap(differences -> Optional.ofNullable(differences.get(path)).stream())
                    .toList();
            List<@Nullable String> values = new ArrayList<>();
            values.add(found.getFirst().here());
            all.forEach(differences ->
                    values.add(there(path, differences, found.getFirst().here())));
            parameters.add(new ComparedValue(path, values, found.stream().anyMatch(Difference::counts)));
        }
        return List.copyOf(parameters);
    }

    /** Returns the value of another job: that of the base, unless it differs, or an outer value does. */
    private static @Nullable String there(String path, Map<String, Difference> differences, String here) {
        Difference difference = differences.get(path);
        if (difference != null) {
            return difference.there();
        }
        return differences.keySet().stream().anyMatch(outer -> isOuter(outer, path)) ? null : here;
    }

    private static boolean isOuter(String outer, String path) {
        return path.startsWith(outer) && ".[(".indexOf(path.charAt(outer.length())) >= 0;
    }

    private static List<CodeChange> code(List<JobView> jobs, List<String> problems) {
        JobView base = jobs.getFirst();
        JobCodeComparison comparison = new JobCodeComparison();
        List<CodeChange> changes = new ArrayList<>();
        changes.add(CodeChange.NONE);
        for (JobView other : jobs.subList(1, jobs.size())) {
            try {
                List<CodeEntry> code = StoredClassPath.of(other.folder()).stream()
                        .map(CodeEntry::ofCopy)
                        .toList();
                TreeSet<String> classes = new TreeSet<>();
                ConfigurationTree.read(base.folder())
                        .configurations()
                        .forEach(configuration -> classes.add(configuration.className()));
                changes.add(code.isEmpty() ? CodeChange.NONE : comparison.compare(base.folder(), code, classes));
            } catch (WorkspaceException unreadable) {
                problems.add(String.valueOf(unreadable.getMessage()));
                changes.add(CodeChange.NONE);
            }
        }
        return List.copyOf(changes);
    }

    private static List<ComparedValue> environment(List<JobView> jobs, List<String> problems) {
        return differing(List.of(
                values(
                        "host",
                        jobs,
                        job -> read(
                                job,
                                problems,
                                attempt -> attempt.record().findProcess().map(ProcessIdentity::host))),
                values(
                        "launcher",
                        jobs,
                        job -> read(job, problems, attempt -> attempt.batchJob().map(BatchJobReference::launcher)))));
    }

    /** A reader of a property of an attempt. */
    @FunctionalInterface
    private interface Property {
        Optional<String> read(Attempt attempt) throws IOException;
    }

    private static @Nullable String read(JobView job, List<String> problems, Property property) {
        int number = job.status().lastAttempt().orElse(0);
        if (number == 0) {
            return null;
        }
        try {
            return property.read(job.folder().attempt(number)).orElse(null);
        } catch (IOException | JsonException | IllegalArgumentException unreadable) {
            problems.add("Cannot read attempt " + number + " of " + job.name() + ": " + unreadable.getMessage());
            return null;
        }
    }

    private static List<ComparedValue> metrics(List<JobView> jobs) {
        List<Map<String, Double>> all = jobs.stream()
                .map(job -> job.metrics().isEmpty() ? job.metricsSoFar() : job.metrics())
                .toList();
        Set<String> names = new LinkedHashSet<>();
        all.forEach(metrics -> names.addAll(metrics.keySet()));
        List<ComparedValue> values = new ArrayList<>();
        for (String name : names) {
            List<@Nullable String> texts = new ArrayList<>();
            for (Map<String, Double> metrics : all) {
                Double value = metrics.get(name);
                texts.add(value == null ? null : DecimalText.ofMetric(value));
            }
            values.add(new ComparedValue(name, texts, false));
        }
        return differing(values);
    }

    private static ComparedValue values(String name, List<JobView> jobs, Function<JobView, @Nullable String> property) {
        List<@Nullable String> values = new ArrayList<>();
        jobs.forEach(job -> values.add(property.apply(job)));
        return new ComparedValue(name, values, false);
    }

    private static List<ComparedValue> differing(List<ComparedValue> values) {
        return values.stream().filter(ComparedValue::differs).toList();
    }
}
