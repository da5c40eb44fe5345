package org.experimaestro.monitor;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import org.experimaestro.WorkspaceException;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.storage.JobUses;
import org.experimaestro.monitor.view.JobSearch;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunSubmission;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.Trash;
import org.experimaestro.workspace.TrashEntry;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.WorkspaceLayout;
import org.jspecify.annotations.Nullable;

/**
 * A reader of experiments' results in a workspace. It needs no classes of their tasks, and writes nothing.
 *
 * <pre>{@code
 * Table table = WorkspaceReader.open(Path.of("work")).experiment("grid").table();
 * }</pre>
 *
 * <p>States, tags and metrics are read when the workspace is opened. Logs, parameters and the history of metrics are
 * read at each call. Immutable and thread-safe.
 */
public final class WorkspaceReader {
    private final Workspace workspace;
    private final JobsView view;
    private final Map<String, JobView> jobs = new HashMap<>();
    private @Nullable JobUses uses;

    private WorkspaceReader(Workspace workspace, JobsView view) {
        this.workspace = workspace;
        this.view = view;
        view.jobs().forEach(job -> jobs.put(job.name(), job));
    }

    /**
     * Opens a workspace.
     *
     * @param folder the workspace's folder
     * @return a reader of the workspace's current content
     * @throws WorkspaceException if the workspace does not exist, or if a newer version of Experimaestro wrote it
     */
    public static WorkspaceReader open(Path folder) {
        Workspace workspace = Workspace.view(folder);
        if (!workspace.exists()) {
            throw WorkspaceException.of("There is no workspace in " + workspace)
                    .advice("give the folder that a run named with --workdir, or workdir: in its YAML file")
                    .build();
        }
        return of(workspace, WorkspaceIndex.open(workspace).view());
    }

    /**
     * Returns a reader of a view that was read before, for callers that need both.
     *
     * @param workspace the workspace
     * @param view a view of its jobs and runs
     * @return a reader of the view's content
     */
    public static WorkspaceReader of(Workspace workspace, JobsView view) {
        return new WorkspaceReader(workspace, view);
    }

    /**
     * Returns the workspace's folder.
     *
     * @return an absolute path
     */
    public Path folder() {
        return workspace.root();
    }

    /**
     * Returns all experiments.
     *
     * @return sorted by name
     */
    public List<ExperimentResults> experiments() {
        return view.experiments().stream()
                .map(name -> new ExperimentResults(this, name, runs(name)))
                .toList();
    }

    /**
     * Returns an experiment.
     *
     * @param name the name, which is the {@code id} in the YAML file
     * @return the experiment
     * @throws WorkspaceException if there is no experiment of that name; the message suggests near names
     */
    public ExperimentResults experiment(String name) {
        view.requireExperiment(name);
        return new ExperimentResults(this, name, runs(name));
    }

    private List<RunView> runs(String experiment) {
        return view.runs().stream()
                .filter(run -> run.folder().experiment().equals(experiment))
                .toList();
    }

    /**
     * Returns all jobs, also those that no run names.
     *
     * @return the jobs, sorted by type id and identifier
     */
    public List<JobResults> jobs() {
        return view.jobs().stream().map(job -> new JobResults(this, job, null)).toList();
    }

    /**
     * Returns a job.
     *
     * @param digits the first digits of its identifier, or {@code type/digits}
     * @return the job, with the tags of the last run that submitted it
     * @throws WorkspaceException if no job or several jobs have these digits; the message suggests jobs
     */
    public JobResults job(String digits) {
        return named(JobSearch.find(workspace, view, digits).name());
    }

    /**
     * Returns the problems of reading the workspace. Unreadable jobs are not among them, because they have a state of
     * their own.
     *
     * @return a sentence for each problem
     */
    public List<String> problems() {
        return view.problems();
    }

    /** Returns a job by its full name. A missing job was never started, or was deleted. */
    JobResults named(String name) {
        return new JobResults(this, view(name), null);
    }

    JobResults submitted(RunSubmission submission) {
        return new JobResults(this, view(submission.job()), submission);
    }

    private JobView view(String name) {
        JobView known = jobs.get(name);
        if (known != null) {
            return known;
        }
        JobFolder folder = JobFolder.at(WorkspaceLayout.jobs(workspace.root()).resolve(name));
        return JobView.missing(folder);
    }

    /** Finds the entry of the trash that has a job. */
    Optional<TrashEntry> findInTrash(String job) {
        return new Trash(workspace).find(job);
    }

    /** Returns the names of the jobs that use the result of this job. */
    synchronized SortedSet<String> dependents(String job) {
        JobUses known = uses;
        if (known == null) {
            known = JobUses.of(view);
            uses = known;
        }
        return known.usersOf(job);
    }
}
