package org.experimaestro.monitor.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Function;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.text.DecimalText;
import org.experimaestro.monitor.explain.Difference;
import org.experimaestro.monitor.explain.Explanation;
import org.experimaestro.monitor.explain.NearestJob;
import org.experimaestro.monitor.type.TypeCatalog;
import org.experimaestro.monitor.view.ConfigurationTree;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.monitor.view.StaleCode;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.JobCodeComparison;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.StoredClassPath;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.code.CodeChange;
import org.experimaestro.workspace.code.CodeEntry;
import org.jspecify.annotations.Nullable;

/**
 * A comparer of jobs of one workspace. Class paths and runs, which many jobs share, are read once. Confined to one
 * thread.
 */
final class JobComparer {
    private final Workspace workspace;
    private final Instant now;
    private final JobCodeComparison codes = new JobCodeComparison();
    private final Map<List<Path>, TypeCatalog> types = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final JobEnvironments environments;

    /**
     * Creates a comparer.
     *
     * @param workspace the workspace of the jobs
     * @param runs the runs of the workspace
     * @param now the end of the durations of running jobs
     */
    JobComparer(Workspace workspace, List<RunView> runs, Instant now) {
        this.workspace = workspace;
        this.now = now;
        this.environments = new JobEnvironments(runs, problems);
    }

    /** Returns a sentence for each file that could not be read so far, and was left out. */
    List<String> problems() {
        return problems.stream().distinct().toList();
    }

    /**
     * Compares jobs.
     *
     * @param jobs two jobs or more, of any types
     * @throws WorkspaceException if the parameters of one of the jobs cannot be read
     */
    ResultComparison compare(List<JobView> jobs) {
        return new ResultComparison(
                List.copyOf(jobs),
                parameters(jobs),
                code(jobs),
                environments.compare(jobs.stream().map(JobComparer::last).toList()),
                ComparedMetrics.differing(
                        "",
                        jobs.stream()
                                .map(job -> job.metrics().isEmpty() ? job.metricsSoFar() : job.metrics())
                                .toList()),
                differing(List.of(
                        values("state", jobs, JobComparer::state),
                        values(
                                "seconds",
                                jobs,
                                job -> job.duration(now)
                                        .map(time -> DecimalText.ofMetric(time.toMillis() / 1000.0))
                                        .orElse(null)))),
                problems());
    }

    static String state(JobView job) {
        return job.state().name().toLowerCase(Locale.ROOT);
    }

    private static Optional<Attempt> last(JobView job) {
        int number = job.status().lastAttempt().orElse(0);
        return number == 0 ? Optional.empty() : Optional.of(job.folder().attempt(number));
    }

    /** Explains a job with the types of its own code. */
    private Explanation explain(JobFolder job) {
        return Explanation.of(job, types.computeIfAbsent(StoredClassPath.of(job), TypeCatalog::of));
    }

    private List<ComparedValue> parameters(List<JobView> jobs) {
        JobView base = jobs.getFirst();
        NearestJob comparer = new NearestJob(workspace, base.folder(), explain(base.folder()));
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

    private List<CodeChange> code(List<JobView> jobs) {
        JobView base = jobs.getFirst();
        List<CodeChange> changes = new ArrayList<>();
        changes.add(CodeChange.NONE);
        for (JobView other : jobs.subList(1, jobs.size())) {
            try {
                changes.add(code(base.folder(), other.folder()));
            } catch (WorkspaceException unreadable) {
                problems.add(String.valueOf(unreadable.getMessage()));
                changes.add(CodeChange.NONE);
            }
        }
        return List.copyOf(changes);
    }

    private CodeChange code(JobFolder base, JobFolder other) {
        List<CodeEntry> code =
                StoredClassPath.of(other).stream().map(CodeEntry::ofCopy).toList();
        SortedSet<String> classes = ConfigurationTree.read(base).classNames();
        classes.addAll(ConfigurationTree.read(other).classNames());
        return codes.compare(base, code, classes);
    }

    /**
     * Finds the first cause of different outcomes of one job in two runs. Its parameters are equal, so the code that the
     * runs have recorded is compared, then the environments of the runs' last attempts at the job.
     *
     * @param job the job
     * @param first a run
     * @param second another run
     */
    FirstCause ofOneJob(JobView job, RunView first, RunView second) {
        try {
            CodeChange code = codes.compare(
                    StaleCode.of(workspace, first),
                    StaleCode.of(workspace, second),
                    ConfigurationTree.read(job.folder()).classNames());
            List<Optional<Attempt>> attempts = List.of(attempt(job, first), attempt(job, second));
            return FirstCause.of(List.of(), code, environments.compare(attempts));
        } catch (IOException | WorkspaceException unreadable) {
            problems.add("Cannot compare the outcomes of " + job.name() + ": " + unreadable.getMessage());
            return FirstCause.of(List.of(), CodeChange.NONE, List.of());
        }
    }

    /** Returns the last attempt of a run at a job. */
    private Optional<Attempt> attempt(JobView job, RunView run) throws IOException {
        return job.folder().attemptFiles().toRun().stream()
                .sorted(Comparator.reverseOrder())
                .map(job.folder()::attempt)
                .filter(attempt -> environments
                        .run(attempt)
                        .filter(run.folder().qualifiedName()::equals)
                        .isPresent())
                .findFirst();
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
