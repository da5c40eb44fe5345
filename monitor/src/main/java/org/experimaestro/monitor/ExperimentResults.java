package org.experimaestro.monitor;

import java.util.List;
import java.util.Optional;
import org.experimaestro.Table;
import org.experimaestro.WorkspaceException;
import org.experimaestro.monitor.view.RunView;

/** An experiment of a workspace, with its runs and the jobs of the latest run. Immutable. */
public final class ExperimentResults {
    private final String name;
    private final List<RunResults> runs;

    ExperimentResults(WorkspaceReader workspace, String name, List<RunView> runs) {
        this.name = name;
        this.runs = runs.stream().map(run -> new RunResults(workspace, run)).toList();
    }

    /**
     * Returns the experiment's name.
     *
     * @return the {@code id} in its YAML file
     */
    public String name() {
        return name;
    }

    /**
     * Returns all runs.
     *
     * @return the oldest first
     */
    public List<RunResults> runs() {
        return runs;
    }

    /**
     * Returns a run by its name.
     *
     * @param run its name, such as {@code 20260131-120000}
     * @return empty if the experiment has no such run
     */
    public Optional<RunResults> findRun(String run) {
        return runs.stream().filter(each -> each.name().equals(run)).findFirst();
    }

    /**
     * Returns the latest run.
     *
     * @return the run that began last, which may still go on
     * @throws WorkspaceException if the experiment has no runs
     */
    public RunResults latestRun() {
        if (runs.isEmpty()) {
            throw WorkspaceException.of("The experiment " + name + " has no runs")
                    .advice("run it first")
                    .build();
        }
        return runs.get(runs.size() - 1);
    }

    /**
     * Returns the jobs of the latest run.
     *
     * @return the jobs in the order of submission; see {@link RunResults#jobs}
     * @throws WorkspaceException if the experiment has no runs
     */
    public List<JobResults> jobs() {
        return latestRun().jobs();
    }

    /**
     * Returns the tags and metrics of the latest run's jobs.
     *
     * @return the table; see {@link RunResults#table()}
     * @throws WorkspaceException if the experiment has no runs
     */
    public Table table() {
        return latestRun().table();
    }

    @Override
    public String toString() {
        return name;
    }
}
