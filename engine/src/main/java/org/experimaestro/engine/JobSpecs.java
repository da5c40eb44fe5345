package org.experimaestro.engine;

import org.experimaestro.engine.job.JobSpec;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.Placement;
import org.experimaestro.workspace.Workspace;

/** Composes all that it takes to run a submitted task. Thread-safe. */
final class JobSpecs {
    private final Workspace workspace;
    private final RunRecord record;
    private final RunListener listener;

    JobSpecs(Workspace workspace, RunRecord record, RunListener listener) {
        this.workspace = workspace;
        this.record = record;
        this.listener = listener;
    }

    /** Returns what it takes. */
    JobSpec of(TaskJob job) {
        SubmittedTask task = job.task();
        return new JobSpec(task.folder(), task.parameters(workspace), task.needs(), placement(task), listenerOf(job));
    }

    /** Where a task runs: on this machine if that was not asked, since it was done. */
    static Placement placement(SubmittedTask task) {
        return task.placement() == null ? Placement.on(LauncherDefinition.local()) : task.placement();
    }

    private JobSpec.Listener listenerOf(TaskJob job) {
        SubmittedTask task = job.task();
        return new JobSpec.Listener() {
            @Override
            public void claimed(int attempt) {
                job.claimed(attempt);
                record.claimed(task, attempt);
            }

            @Override
            public void statusChanged(String state) {
                listener.statusChanged(task, state);
            }

            @Override
            public void warned(String text) {
                listener.warning(text);
            }
        };
    }
}
