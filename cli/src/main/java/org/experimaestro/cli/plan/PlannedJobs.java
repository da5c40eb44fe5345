package org.experimaestro.cli.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.WorkspaceException;
import org.experimaestro.engine.ExperimentSetup;
import org.experimaestro.engine.RunListener;
import org.experimaestro.engine.SubmittedTask;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.monitor.explain.DoneJobs;
import org.experimaestro.monitor.explain.Explanation;
import org.experimaestro.monitor.explain.NearestJob;
import org.experimaestro.monitor.type.TypeCatalog;
import org.experimaestro.monitor.view.ConfigurationTree;
import org.experimaestro.monitor.view.JobSearch;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/**
 * The jobs that a plan submits in a dry run, with their explanations. Nothing of a new job is stored, so its
 * explanation is made from the text that would be. Called by one thread at a time.
 */
public final class PlannedJobs implements RunListener {
    private final ExperimentSetup setup;
    private final Workspace workspace;
    private final DoneJobs done;
    private final Map<String, SubmittedTask> tasks = new HashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private @Nullable TypeCatalog types;

    /**
     * Creates an empty set of jobs.
     *
     * @param setup the setup of the dry run
     */
    public PlannedJobs(ExperimentSetup setup) {
        this.setup = setup;
        this.workspace = Workspace.view(setup.workspace());
        this.done = new DoneJobs(workspace);
    }

    @Override
    public void submitted(SubmittedTask task) {
        tasks.put(task.folder().name(), task);
    }

    @Override
    public void warning(String text) {
        warnings.add(text);
    }

    @Override
    public void changed(SubmittedTask task, Phase phase) {}

    /**
     * Finds the done job that is nearest to one that is not done. Called once for each job, in the order of the
     * submissions.
     */
    public Optional<NearestJob.Other> findNearestDone(SubmittedTask task) {
        boolean hasNone = task.found() instanceof JobStatus.Done
                || !done.hasJobs(task.folder().typeId());
        return hasNone ? Optional.empty() : done.find(explain(task));
    }

    /**
     * Returns the job that a text names.
     *
     * @param plan the plan in words
     * @param text the first digits of an identifier, or {@code type/digits}
     * @throws WorkspaceException if no job or several jobs match
     */
    public JobFolder find(String plan, String text) {
        return JobSearch.find(
                plan, tasks.values().stream().map(SubmittedTask::folder).toList(), text);
    }

    /** Returns the explanation of a job, with the types of the plan's code; empty for a job of other plans. */
    public Optional<Explanation> findExplanation(JobFolder job) {
        return Optional.ofNullable(tasks.get(job.name())).map(this::explain);
    }

    private Explanation explain(SubmittedTask task) {
        if (types == null) {
            types = TypeCatalog.of(setup.classPath());
        }
        return Explanation.of(ConfigurationTree.parse(task.parameters(workspace)), types);
    }

    public Workspace workspace() {
        return workspace;
    }

    /** Returns the warnings of the run, and the problems with jobs that could not be read. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>(warnings);
        problems.addAll(done.problems());
        return problems;
    }
}
