package org.experimaestro.monitor;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.Table;
import org.experimaestro.core.task.ReportRows;
import org.experimaestro.monitor.view.RunView;

/** A run of an experiment, and the jobs that it submitted. Immutable. */
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
     * @return when it began, such as {@code 20260131-120000}
     */
    public String name() {
        return run.folder().name();
    }

    /**
     * Returns how the run ended.
     *
     * @return in the words of its description, such as {@code DONE}; empty while it goes on, and if its process ended without
     *     writing that
     */
    public Optional<String> outcome() {
        return run.outcome();
    }

    /**
     * Returns what the run has written of itself: who, when, on which host, with which arguments.
     *
     * @return JSON values by key, as the page on workspace files has them; unmodifiable, empty if they cannot be read
     */
    public Map<String, Object> description() {
        return Collections.unmodifiableMap(run.description());
    }

    /**
     * Returns the jobs with the tags that this run gave them. Their states are those of now: another run may have gone on with
     * a job.
     *
     * @return in the order of submission; a task that was submitted twice with other tags is there twice
     */
    public List<JobResults> jobs() {
        return run.submissions().stream().map(workspace::submitted).toList();
    }

    /**
     * Returns tags × metrics: a row for each job that has metrics, and for each job that is not done and may have some, with
     * its state. It is the table that the plan's report has.
     *
     * @return the table, in the order of submission
     */
    public Table table() {
        return Table.of(ReportRows.of(jobs()));
    }

    /**
     * Returns tags × metrics of the jobs of one task.
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
        return run.folder().experiment() + "/" + name();
    }
}
