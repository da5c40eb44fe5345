package org.experimaestro.engine;

import java.io.IOException;
import org.experimaestro.WorkspaceException;
import org.experimaestro.engine.job.JobCode;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.Workspace;

/** The handler of the run mode generate, which writes the folders of jobs, and runs none. */
final class GenerateHandler implements ModeHandler {
    private final Workspace workspace;
    private final JobCode code;

    GenerateHandler(Workspace workspace, JobCode code) {
        this.workspace = workspace;
        this.code = code;
    }

    @Override
    public void take(TaskJob job) {
        SubmittedTask task = job.task();
        // A job that failed or cannot be read stays as it is, so that its cause can be found.
        if (task.found() instanceof JobStatus.New) {
            try {
                task.folder().write(task.parameters(workspace), code.textFor(task.folder()));
            } catch (IOException failed) {
                throw WorkspaceException.of(
                                "Cannot write the folder of " + task.folder() + ": " + Failures.reason(failed))
                        .cause(failed)
                        .build();
            }
        }
    }

    @Override
    public JobHandler jobs() {
        return JobHandler.NONE;
    }

    @Override
    public RunResult finish(ExperimentRun experiment) {
        return DryRunHandler.resultOf(experiment);
    }
}
