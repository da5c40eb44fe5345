package org.experimaestro.monitor.view;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.text.NearName;
import org.experimaestro.base.text.TagValue;
import org.experimaestro.base.text.VisibleText;
import org.jspecify.annotations.Nullable;

/**
 * All jobs and runs of a workspace at one time. Immutable.
 *
 * <p>An unreadable file hides only its own content. The job of such a file is shown as corrupt, and {@link #problems}
 * has the errors of runs.
 */
public final class JobsView {
    private static final int VALUES_SHOWN = 20;

    /** A pattern of a value that contains another tag, such as {@code 0.9 b=0.4}. */
    private static final Pattern SEVERAL_TAGS = Pattern.compile("\\s\\S+=");

    private final List<JobView> jobs;
    private final List<RunView> runs;
    private final SortedSet<String> experiments;
    private final List<String> problems;
    private @Nullable ShortIdentifiers shortened;

    /**
     * Creates a view.
     *
     * @param jobs the jobs, sorted by type id and identifier
     * @param runs the runs, in the order of their start
     * @param experiments the names of all experiments
     * @param problems a sentence for each problem of reading, except those of jobs
     */
    public JobsView(List<JobView> jobs, List<RunView> runs, SortedSet<String> experiments, List<String> problems) {
        this.jobs = List.copyOf(jobs);
        this.runs = List.copyOf(runs);
        this.experiments = Collections.unmodifiableSortedSet(new TreeSet<>(experiments));
        this.problems = List.copyOf(problems);
    }

    /**
     * Returns all jobs, also those that no run names.
     *
     * @return the jobs, sorted by type id and identifier
     */
    public List<JobView> jobs() {
        return jobs;
    }

    /**
     * Finds a job.
     *
     * @param name type id and identifier, joined by a slash
     * @return empty if the workspace has no such job
     */
    public Optional<JobView> find(String name) {
        return jobs.stream().filter(job -> job.name().equals(name)).findFirst();
    }

    /**
     * Returns all runs of all experiments.
     *
     * @return the runs, in the order of their start
     */
    public List<RunView> runs() {
        return runs;
    }

    /**
     * Returns the names of the experiments.
     *
     * @return the names, sorted
     */
    public SortedSet<String> experiments() {
        return experiments;
    }

    /**
     * Returns the first digits of a job's identifier, as many as tell it apart from all other jobs.
     *
     * @param job the job
     * @return eight digits, or more
     */
    public String shortId(JobView job) {
        return shortened().of(job.folder().id());
    }

    private synchronized ShortIdentifiers shortened() {
        ShortIdentifiers known = shortened;
        if (known == null) {
            known = new ShortIdentifiers(
                    jobs.stream().map(job -> job.folder().id()).toList());
            shortened = known;
        }
        return known;
    }

    /**
     * Returns the jobs that a filter selects.
     *
     * @param filter the filter
     * @return the jobs, sorted by type id and identifier
     * @throws WorkspaceException if there is no such experiment, or if no job has a tag of a given name
     */
    public List<JobView> jobs(JobFilter filter) {
        check(filter);
        return jobs.stream().filter(filter::accepts).toList();
    }

    /**
     * Returns the rows of the jobs that a filter selects: one for each job and set of tags.
     *
     * @param filter the filter
     * @return the rows, sorted by type id and identifier
     * @throws WorkspaceException if there is no such experiment, or if no job has a tag of a given name
     */
    public List<JobRow> rows(JobFilter filter) {
        check(filter);
        return jobs.stream().flatMap(job -> filter.rows(job).stream()).toList();
    }

    /**
     * Requires that the workspace has an experiment.
     *
     * @param experiment the name of the experiment
     * @throws WorkspaceException if there is none of that name; the message suggests near names
     */
    public void requireExperiment(String experiment) {
        if (!experiments.contains(experiment)) {
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
    }

    /** Throws if a name of the filter is probably mistyped: of the experiment, or of a tag that no job has. */
    private void check(JobFilter filter) {
        String experiment = filter.experiment();
        if (experiment != null) {
            requireExperiment(experiment);
        }
        if (filter.tags().isEmpty()) {
            return;
        }
        SortedSet<String> known = new TreeSet<>();
        tagSets(filter).forEach(tags -> known.addAll(tags.keySet()));
        for (String name : filter.tags().keySet()) {
            if (!jobs.isEmpty() && !known.contains(name)) {
                throw WorkspaceException.of(
                                "No job " + (experiment == null ? "" : "of the experiment " + experiment + " ")
                                        + "has a tag \"" + name + "\"")
                        .advice(NearName.advice(name, known)
                                .orElse(
                                        known.isEmpty()
                                                ? "no job has tags"
                                                : "the tags are " + String.join(", ", known)))
                        .build();
            }
        }
    }

    private Stream<Map<String, Object>> tagSets(JobFilter filter) {
        return jobs.stream().flatMap(job -> filter.tagSets(job).stream());
    }

    /**
     * Returns advice for tags whose values no job has.
     *
     * @param filter the filter with the tags
     * @return a sentence for each such value, with the values that jobs have
     */
    public List<String> tagAdvice(JobFilter filter) {
        List<String> advice = new ArrayList<>();
        filter.tags().forEach((name, wanted) -> {
            List<Object> values = tagSets(filter)
                    .map(tags -> tags.get(name))
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

    /** Returns a number for sorting, which puts numbers before texts. */
    private static double order(Object value) {
        return value instanceof Number number ? number.doubleValue() : Double.POSITIVE_INFINITY;
    }

    /**
     * Returns the problems of reading the workspace, except those of jobs.
     *
     * @return a sentence for each problem
     */
    public List<String> problems() {
        return problems;
    }
}
