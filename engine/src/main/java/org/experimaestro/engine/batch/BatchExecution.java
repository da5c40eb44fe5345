package org.experimaestro.engine.batch;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.experimaestro.LaunchException;
import org.experimaestro.engine.job.Execution;
import org.experimaestro.engine.job.JobCode;
import org.experimaestro.engine.job.JobSpec;
import org.experimaestro.engine.lease.HostLeases;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.UnreachableException;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.Workspace;

/** Runs jobs by submitting them to batch systems. Thread-safe. */
public final class BatchExecution implements Execution {
    private final Workspace workspace;
    private final JobCode code;
    private final RunBatchClients clients;
    private final HostLeases leases;
    private final ProcessIdentity self = ProcessIdentity.current();

    /**
     * For the jobs of one run.
     *
     * @param workspace their workspace
     * @param code what they run
     * @param clients where batch systems are talked to
     * @param leases what the jobs of this user hold of hosts whose resources are counted here
     */
    public BatchExecution(Workspace workspace, JobCode code, RunBatchClients clients, HostLeases leases) {
        this.workspace = workspace;
        this.code = code;
        this.clients = clients;
        this.leases = leases;
    }

    @Override
    public JobStatus execute(Attempt attempt, JobSpec spec) throws UnreachableException, InterruptedException {
        try (HostLeases.Lease lease = acquire(attempt, spec)) {
            return switch (submit(attempt, spec.with(lease.environment()), List.of())) {
                case SubmissionResult.Accepted(BatchJobReference batchJob) ->
                    clients.await(spec.placement().launcher(), workspace, attempt.job(), batchJob, spec.listener());
                case SubmissionResult.Rejected(JobStatus status) -> status;
            };
        } catch (RefusedException refused) {
            return refuse(attempt, FailureCause.REFUSED, String.valueOf(refused.getMessage()));
        } catch (IOException failed) {
            return refuse(attempt, FailureCause.NOT_STARTED, Failures.reason(failed));
        }
    }

    /** Only of hosts where jobs are plain processes: a batch system counts for itself. */
    private HostLeases.Lease acquire(Attempt attempt, JobSpec spec)
            throws RefusedException, IOException, InterruptedException {
        try {
            return leases.acquire(attempt.job(), spec.placement(), spec.listener());
        } catch (InterruptedException stopped) {
            throw givenUp(attempt, "the run was stopped before the job was started", stopped);
        }
    }

    /**
     * Submits a job to its batch system, and does not wait for its end.
     *
     * @param attempt the attempt that this process was granted
     * @param spec what it takes
     * @param after job ids of jobs that have to end well before
     * @return where the job is, or how the attempt ended, whatever went wrong
     * @throws InterruptedException if this thread is interrupted; the attempt is given up then
     */
    public SubmissionResult submit(Attempt attempt, JobSpec spec, List<String> after) throws InterruptedException {
        try {
            attempt.job().write(spec.parameters(), code.textFor(attempt.job()));
            return new SubmissionResult.Accepted(clients.client(spec.placement().launcher())
                    .submit(new Submission(
                            attempt, spec, workspace, code.classPath(), after, clients, new CompletableFuture<>())));
        } catch (InterruptedException stopped) {
            throw givenUp(attempt, "the run was stopped before the job was given to its launcher", stopped);
        } catch (RefusedException | LaunchException refused) {
            return new SubmissionResult.Rejected(
                    refuse(attempt, FailureCause.REFUSED, String.valueOf(refused.getMessage())));
        } catch (ClosedByInterruptException stopped) {
            Thread.interrupted(); // else nothing could be written
            throw givenUp(
                    attempt,
                    "the run was stopped before the job was given to its launcher",
                    new InterruptedException(String.valueOf(stopped.getMessage())));
        } catch (IOException unwritten) {
            return new SubmissionResult.Rejected(refuse(attempt, FailureCause.NOT_STARTED, Failures.reason(unwritten)));
        } catch (RuntimeException mistake) {
            // Somebody else may have written the launcher type: the attempt must not stay as if it started.
            System.getLogger(BatchExecution.class.getName())
                    .log(System.Logger.Level.ERROR, "Cannot give " + attempt.job() + " to its launcher", mistake);
            return new SubmissionResult.Rejected(refuse(
                    attempt,
                    FailureCause.NOT_STARTED,
                    "the launcher type " + spec.placement().launcher().type() + " has failed: " + mistake));
        }
    }

    /** Where that cannot be written, the attempt is over as soon as this process is. */
    private InterruptedException givenUp(Attempt attempt, String message, InterruptedException stopped) {
        try {
            attempt.giveUp(self, message);
        } catch (IOException notWritten) {
            stopped.addSuppressed(notWritten);
        }
        return stopped;
    }

    /** Sees to it that an attempt which no batch system has is over. */
    private JobStatus refuse(Attempt attempt, FailureCause cause, String message) {
        try {
            attempt.refused(self, cause, message);
            return attempt.job().status();
        } catch (IOException notWritten) {
            return new JobStatus.Failed(
                    attempt.number(),
                    cause,
                    message + " (and the failure cannot be stored: " + Failures.reason(notWritten) + ")");
        }
    }
}
