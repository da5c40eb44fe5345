package org.experimaestro.monitor;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.Table;
import org.experimaestro.core.task.ReportRows;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.workspace.JobCount;
import org.experimaestro.workspace.RunState;

/** A run of an experiment, with the jobs that it submitted. Immutable. */
public final class RunResults {
    private final WorkspaceReader workspace;
    private final RunView run;

    RunResults(WorkspaceReader workspace, RunView run) {
        this.workspace = workspace;
        this.run = run;
    }

    /**
     * Returns the run's name.
     *
     * @return the time when the run began, such as {@code 20260131-120000}
     */
    public String name() {
        return run.folder().name();
    }

    /**
     * Returns the run's outcome.
     *
     * @return the word in the run's description, such as {@code DONE}; empty while the run goes on, and if its
     *     process ended without writing it
     */
    public Optional<String> outcome() {
        return run.outcome();
    }

    /**
     * Returns the counts of the run's jobs at its end. Each submitted job is in exactly one count.
     *
     * @return the numbers of jobs that are {@code executed}, {@code executed by another run}, {@code done before}, {@code
     *     failed}, {@code skipped}, {@code left} and {@code not started}, in this order; unmodifiable; empty if the run has
     *     not recorded its end, or if a version wrote it whose counts overlapped
     */
    public Map<String, Integer> counts() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        JobCount.read(run.description()).forEach((count, jobs) -> counts.put(count.word(), jobs));
        return Collections.unmodifiableMap(counts);
    }

    /**
     * Returns whether the run's process ended without writing an outcome: it was killed, or its machine stopped.
     *
     * @return false also for a run without an outcome whose process cannot be seen from this host
     */
    public boolean hasDied() {
        return run.state() == RunState.DIED;
    }

    /**
     * Returns the run's description of itself, such as its user, start time, host and arguments.
     *
     * @return JSON values by key, which the page on workspace files lists; unmodifiable, empty if they cannot be
     *     read
     */
    public Map<String, Object> description() {
        return Collections.unmodifiableMap(run.description());
    }

    /**
     * Returns the jobs with the tags that this run gave them. Their states are the current ones, because a later run
     * may have continued a job.
     *
     * @return the jobs in the order of submission; a task that was submitted twice with different tags occurs twice
     */
    public List<JobResults> jobs() {
        return run.submissions().stream().map(workspace::submitted).toList();
    }

    /**
     * Returns the table of tags and metrics that the plan's report has. It has a row for each job with metrics. It also
     * has a row, with the state, for each job that is not done and may have metrics later.
     *
     * @return the table, in the order of submission
     */
    public Table table() {
        return Table.of(ReportRows.of(jobs()));
    }

    /**
     * Returns the table of tags and metrics of one task's jobs.
     *
     * @param type the task's type id, such as {@code tutorial.learn}
     * @return the table, in the order of submission
     */
    public Table table(String type) {
        return Table.of(ReportRows.of(
                jobs().stream().filter(job -> job.type().equals(type)).toList()));
    }

    @Override
    public String toString() {
        return run.folder().qualifiedName();
    }
}
