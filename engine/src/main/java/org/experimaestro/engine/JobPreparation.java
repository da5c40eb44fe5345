package org.experimaestro.engine;

import java.io.IOException;
import java.util.function.Consumer;
import org.experimaestro.WorkspaceException;
import org.experimaestro.engine.job.JobCode;
import org.experimaestro.engine.lease.HostLeases;
import org.experimaestro.workspace.Failures;

/**
 * The preparation of a job at its submission. At its start it would be too late: the job may wait for a long time, and
 * the project may be rebuilt meanwhile.
 */
final class JobPreparation implements Consumer<SubmittedTask> {
    private final JobCode code;
    private final HostLeases leases;

    JobPreparation(JobCode code, HostLeases leases) {
        this.code = code;
        this.leases = leases;
    }

    /**
     * Copies the code for the first job, and checks that the job's share of its host can be counted.
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
