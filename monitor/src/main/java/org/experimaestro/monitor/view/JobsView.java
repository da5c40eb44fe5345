package org.experimaestro.monitor.view;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.text.NearName;
import org.experimaestro.base.text.TagValue;
import org.experimaestro.base.text.VisibleText;
import org.experimaestro.monitor.log.Progress;
import org.experimaestro.monitor.log.ProgressReader;
import org.experimaestro.workspace.ExperimentFolder;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.Workspace;

/**
 * All jobs of a workspace, with what its runs say about them, as they were when this was made. Immutable.
 *
 * <p>A file that cannot be read costs what it says, and nothing else: a job is then shown as corrupt, and what is wrong
 * with a run is in {@link #problems}.
 */
public final class JobsView {
    private static final int VALUES_SHOWN = 20;

    /** A value such as {@code 0.9 b=0.4}, where another tag follows a space. */
    private static final Pattern SEVERAL_TAGS = Pattern.compile("\\s\\S+=");

    private final List<JobView> jobs = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final SortedSet<String> experiments = new TreeSet<>();
    private final Map<String, Submission> submissions = new HashMap<>();

    /** What the runs say about a job. */
    private static final class Submission {
        private final SortedSet<String> experiments = new TreeSet<>();
        private Map<String, Object> tags = Map.of();
    }

    private JobsView() {}

    /**
     * Reads a workspace.
     *
     * @param workspace the workspace, which need not exist
     * @return its jobs now
     */
    public static JobsView of(Workspace workspace) {
        JobsView view = new JobsView();
        view.readRuns(workspace);
        Workspace.Jobs listed = workspace.listJobs();
        listed.problems().forEach(unreadable -> view.problems.add(unreadable.getMessage()));
        List<JobFolder> folders = listed.found();
        ShortIdentifiers shortened =
                new ShortIdentifiers(folders.stream().map(JobFolder::id).toList());
        for (JobFolder folder : folders) {
            view.jobs.add(view.read(folder, shortened.of(folder.id())));
        }
        return view;
    }

    private void readRuns(Workspace workspace) {
        List<RunFolder> runs = new ArrayList<>();
        for (ExperimentFolder experiment : orNone(workspace::experiments)) {
            experiments.add(experiment.name());
            runs.addAll(orNone(experiment::runs));
        }
        // A run's name is the time when it began: the last run's tags are those that stay.
        runs.sort(Comparator.comparing(RunFolder::name));
        for (RunFolder run : runs) {
            try {
                run.readJobs(job -> add(run, job));
            } catch (WorkspaceException corrupt) {
                problems.add(corrupt.getMessage());
            }
        }
    }

    private <T> List<T> orNone(Supplier<List<T>> folders) {
        try {
            return folders.get();
        } catch (WorkspaceException unreadable) {
            problems.add(unreadable.getMessage());
            return List.of();
        }
    }

    private void add(RunFolder run, RunFolder.SubmittedJob job) {
        Submission submission = submissions.computeIfAbsent(job.typeId() + "/" + job.id(), name -> new Submission());
        submission.experiments.add(run.experiment());
        submission.tags = job.tags();
    }

    private JobView read(JobFolder folder, String shortId) {
        Submission submission = submissions.get(folder.name());
        JobStatus status = folder.status();
        SortedMap<String, Object> tags = new TreeMap<>();
        List<Progress> progress = List.of();
        String problem = status instanceof JobStatus.Corrupt ? status.message() : "";
        try {
            if (!isBeingWritten(folder, status)) {
                tags.putAll(ConfigurationTree.read(folder).tags());
            }
            if (status instanceof JobStatus.Running running) {
                progress = ProgressReader.read(folder.events(running.attempt()));
            }
        } catch (WorkspaceException unreadable) {
            problem = problem.isEmpty() ? String.valueOf(unreadable.getMessage()) : problem;
        }
        return new JobView(
                folder,
                shortId,
                status,
                submission == null ? tags : new LinkedHashMap<>(submission.tags),
                submission == null ? List.of() : List.copyOf(submission.experiments),
                progress,
                problem);
    }

    /** A job is taken before its parameters are written. */
    private static boolean isBeingWritten(JobFolder folder, JobStatus status) {
        return (status instanceof JobStatus.New || status instanceof JobStatus.Starting)
                && !Files.exists(folder.parametersFile());
    }

    /**
     * All jobs, whether a run names them or not.
     *
     * @return sorted by type id and identifier
     */
    public List<JobView> jobs() {
        return List.copyOf(jobs);
    }

    /**
     * The jobs that are wanted.
     *
     * @param filter which ones
     * @return sorted by type id and identifier
     * @throws WorkspaceException if there is no such experiment, or no job has a tag of that name
     */
    public List<JobView> jobs(JobFilter filter) {
        String experiment = filter.experiment();
        if (experiment != null && !experiments.contains(experiment)) {
            throw WorkspaceException.of("There is no experiment \"" + experiment + "\"")
                    .advice(
                            experiments.isEmpty()
                                    ? "the workspace has no experiments"
                                    : NearName.advice(experiment, experiments)
                                                    .map(question -> question + " The experiments are ")
                                                    .orElse("the experiments are ")
                                            + String.join(", ", experiments))
                    .build();
        }
        checkTags(filter.tags().keySet());
        return jobs.stream().filter(filter::accepts).toList();
    }

    /** A name that no job has as a tag is more likely mistyped than meant. */
    private void checkTags(Set<String> names) {
        SortedSet<String> known = new TreeSet<>();
        jobs.forEach(job -> known.addAll(job.tags().keySet()));
        for (String name : names) {
            if (!jobs.isEmpty() && !known.contains(name)) {
                throw WorkspaceException.of("No job has a tag \"" + name + "\"")
                        .advice(NearName.advice(name, known)
                                .orElse(
                                        known.isEmpty()
                                                ? "no job has tags"
                                                : "the tags are " + String.join(", ", known)))
                        .build();
            }
        }
    }

    /**
     * Which tags that were asked for no job has, and which values it has of them.
     *
     * @param tags values by name, as in a {@link JobFilter}
     * @return a sentence for each value that no job has
     */
    public List<String> tagAdvice(Map<String, String> tags) {
        List<String> advice = new ArrayList<>();
        tags.forEach((name, wanted) -> {
            List<Object> values = jobs.stream()
                    .map(job -> job.tags().get(name))
                    .filter(Objects::nonNull)
                    .distinct()
                    .toList();
            if (!values.isEmpty() && values.stream().noneMatch(value -> JobFilter.isSame(wanted, value))) {
                advice.add("no job has the tag " + VisibleText.of(name + "=" + wanted) + "; "
                        + (SEVERAL_TAGS.matcher(wanted).find()
                                ? "separate tags by commas"
                                : "its values are " + listed(values)));
            }
        });
        return advice;
    }

    private static String listed(List<Object> values) {
        List<String> texts = values.stream()
                .sorted(Comparator.comparingDouble(JobsView::order).thenComparing(TagValue::show))
                .map(value -> VisibleText.of(TagValue.show(value)))
                .distinct()
                .toList();
        int more = texts.size() - VALUES_SHOWN;
        return String.join(", ", texts.subList(0, Math.min(VALUES_SHOWN, texts.size())))
                + (more > 0 ? ", and " + more + " more" : "");
    }

    /** Numbers stand before texts. */
    private static double order(Object value) {
        return value instanceof Number number ? number.doubleValue() : Double.POSITIVE_INFINITY;
    }

    /**
     * What could not be read, beside jobs.
     *
     * @return a sentence for each
     */
    public List<String> problems() {
        return List.copyOf(problems);
    }
}
