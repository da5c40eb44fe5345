package org.experimaestro.engine;

import java.io.IOException;
import java.util.function.Consumer;
import org.experimaestro.WorkspaceException;
import org.experimaestro.engine.job.JobCode;
import org.experimaestro.engine.lease.HostLeases;
import org.experimaestro.workspace.Failures;

/** Sees to what a job needs when it is submitted, not when it starts: it may wait for long, and the project be built meanwhile. */
final class JobPreparation implements Consumer<SubmittedTask> {
    private final JobCode code;
    private final HostLeases leases;

    JobPreparation(JobCode code, HostLeases leases) {
        this.code = code;
        this.leases = leases;
    }

    /**
     * Copies the code, when the first job needs it, and looks whether the job's share of its host can be counted.
     *
     * @throws WorkspaceException if one of them fails
     */
    @Override
    public void accept(SubmittedTask task) {
        leases.require(JobSpecs.placement(task));
        try {
            code.classPath();
        } catch (IOException failed) {
            throw WorkspaceException.of(
                            "Cannot copy the plan's class path into the workspace: " + Failures.reason(failed))
                    .cause(failed)
                    .build();
        }
    }
}
