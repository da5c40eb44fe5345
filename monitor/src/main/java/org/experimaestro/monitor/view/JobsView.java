package org.experimaestro.monitor.view;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.text.NearName;
import org.experimaestro.workspace.JobStatus;
import org.jspecify.annotations.Nullable;

/**
 * All jobs and runs of a workspace at one time. Immutable.
 *
 * <p>An unreadable file hides only its own content. The job of such a file is shown as corrupt, and {@link #problems}
 * has the errors of runs.
 */
public final class JobsView {
    private final List<JobView> jobs;
    private final List<RunView> runs;
    private final SortedSet<String> experiments;
    private final List<String> problems;
    private @Nullable ShortIdentifiers shortened;
    private @Nullable Map<String, JobView> byName;

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
        return Optional.ofNullable(byName().get(name));
    }

    /**
     * Returns the jobs whose results a job was made from, and that are deleted or in the trash. Those that a run has
     * submitted again are new.
     *
     * @param job a job
     * @return their names, in the order of the job's last submission; empty for a job that was never started, whose
     *     dependencies may have no folder yet
     */
    public List<String> deletedDependencies(JobView job) {
        List<RunSubmission> submissions = job.submissions();
        if (submissions.isEmpty() || job.status() instanceof JobStatus.New) {
            return List.of();
        }
        List<String> dependencies = submissions.getLast().dependencies();
        return dependencies.isEmpty()
                ? List.of()
                : dependencies.stream()
                        .filter(dependency -> find(dependency)
                                .map(made -> made.status() instanceof JobStatus.New)
                                .orElse(true))
                        .toList();
    }

    private synchronized Map<String, JobView> byName() {
        Map<String, JobView> known = byName;
        if (known == null) {
            known = jobs.stream().collect(Collectors.toMap(JobView::name, job -> job));
            byName = known;
        }
        return known;
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
     * Returns the jobs of which a selection has a row.
     *
     * @param selection the selection
     * @return the jobs, sorted by type id and identifier
     * @throws WorkspaceException if the selection names something that the workspace does not have
     */
    public List<JobView> jobs(RowSelection selection) {
        return rows(selection).stream().map(JobRow::job).distinct().toList();
    }

    /**
     * Returns the rows that are selected: one for each job and set of tags.
     *
     * @param selection the selection
     * @return the rows, sorted by type id and identifier
     * @throws WorkspaceException if the selection names something that the workspace does not have
     */
    public List<JobRow> rows(RowSelection selection) {
        return selection.rows(this);
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

    /**
     * Returns the problems of reading the workspace, except those of jobs.
     *
     * @return a sentence for each problem
     */
    public List<String> problems() {
        return problems;
    }
}
