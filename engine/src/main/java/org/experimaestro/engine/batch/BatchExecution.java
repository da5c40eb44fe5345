package org.experimaestro.engine.batch;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.experimaestro.LaunchException;
import org.experimaestro.engine.job.Execution;
import org.experimaestro.engine.job.JobCode;
import org.experimaestro.engine.job.JobOrder;
import org.experimaestro.engine.lease.HostLeases;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.Handover;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.Workspace;

/** Runs jobs by giving them to batch systems. Thread-safe. */
public final class BatchExecution implements Execution {
    private final Workspace workspace;
    private final JobCode code;
    private final BatchDesks desks;
    private final HostLeases leases;
    private final ProcessIdentity self = ProcessIdentity.current();

    /**
     * For the jobs of one run.
     *
     * @param workspace their workspace
     * @param code what they run
     * @param desks where batch systems are talked to
     * @param leases what the jobs of this user hold of hosts whose resources are counted here
     */
    public BatchExecution(Workspace workspace, JobCode code, BatchDesks desks, HostLeases leases) {
        this.workspace = workspace;
        this.code = code;
        this.desks = desks;
        this.leases = leases;
    }

    @Override
    public JobStatus execute(Attempt attempt, JobOrder order) throws InterruptedException {
        try (HostLeases.Lease lease = acquire(attempt, order)) {
            Handover handover = hand(attempt, order.with(lease.environment()), List.of());
            return desks.await(order.placement().launcher(), workspace, attempt.job(), handover, order.voice());
        } catch (RefusedException refused) {
            return refuse(attempt, FailureCause.REFUSED, String.valueOf(refused.getMessage()));
        } catch (LaunchException wrong) {
            return refuse(attempt, FailureCause.REFUSED, String.valueOf(wrong.getMessage()));
        } catch (IOException failed) {
            return refuse(attempt, FailureCause.NOT_STARTED, Failures.reason(failed));
        }
    }

    /** Only of hosts where jobs are plain processes: a batch system counts for itself. */
    private HostLeases.Lease acquire(Attempt attempt, JobOrder order)
            throws RefusedException, IOException, InterruptedException {
        try {
            return leases.acquire(attempt.job(), order.placement(), order.voice());
        } catch (InterruptedException stopped) {
            attempt.giveUp(self, "the run was stopped before the job was started");
            throw stopped;
        }
    }

    /**
     * Gives a job to its batch system, and does not wait for its end.
     *
     * @param attempt the attempt that this process was granted
     * @param order what it takes
     * @param after handles of jobs that have to end well before
     * @return where the job is; stored with the attempt
     * @throws RefusedException if the system does not take it
     * @throws IOException if the job's files cannot be written
     * @throws InterruptedException if this thread is interrupted; the attempt is given up then
     */
    public Handover hand(Attempt attempt, JobOrder order, List<String> after)
            throws RefusedException, IOException, InterruptedException {
        attempt.job().write(order.parameters(), code.textFor(attempt.job()));
        try {
            return desks.desk(order.placement().launcher())
                    .hand(new Submission(
                            attempt, order, workspace, code.classPath(), after, desks, new CompletableFuture<>()));
        } catch (InterruptedException stopped) {
            attempt.giveUp(self, "the run was stopped before the job was given to its launcher");
            throw stopped;
        }
    }

    /**
     * Marks an attempt as refused.
     *
     * @param attempt the attempt
     * @param cause why
     * @param message what is known
     * @return the job's state
     */
    public JobStatus refuse(Attempt attempt, FailureCause cause, String message) {
        try {
            attempt.ended(self, cause, message, null);
            JobStatus status = attempt.job().status();
            return status.isActive() ? JobStatus.failed(attempt.number(), null, cause, message) : status;
        } catch (IOException notWritten) {
            return JobStatus.failed(
                    attempt.number(),
                    null,
                    cause,
                    message + " (and the failure cannot be stored: " + Failures.reason(notWritten) + ")");
        }
    }
}
