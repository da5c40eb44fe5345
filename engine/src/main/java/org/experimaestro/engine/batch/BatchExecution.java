package org.experimaestro.engine.batch;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
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
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.Workspace;

/** The execution of jobs by batch systems. Thread-safe. */
public final class BatchExecution implements Execution {
    private static final Duration WITHDRAWAL = Duration.ofSeconds(30);

    private final Workspace workspace;
    private final JobCode code;
    private final RunBatchClients clients;
    private final HostLeases leases;
    private final ProcessIdentity self = ProcessIdentity.current();

    /**
     * Creates an execution for the jobs of one run.
     *
     * @param workspace the workspace of the jobs
     * @param code the code of the jobs
     * @param clients the clients of batch systems
     * @param leases the shares that the jobs of this user hold of hosts whose resources are counted here
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

    /** Acquires a share of a host where jobs are plain processes; a batch system counts for itself. */
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
     * @param spec all that it takes to run the job
     * @param after job ids of the jobs that have to end well before
     * @return the batch job, or the state in which the attempt ended
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
            // A launcher type from elsewhere may have a mistake: the attempt must not stay as if it were starting.
            System.getLogger(BatchExecution.class.getName())
                    .log(System.Logger.Level.ERROR, "Cannot give " + attempt.job() + " to its launcher", mistake);
            return new SubmissionResult.Rejected(refuse(
                    attempt,
                    FailureCause.NOT_STARTED,
                    "the launcher type " + spec.placement().launcher().type() + " has failed: " + mistake));
        }
    }

    /**
     * Takes a job back that waits in its batch system. Blocks until its attempt has ended, for half a minute at most.
     *
     * @param folder the job
     * @param batchJob the job in its batch system
     * @return the job's state then; active if its attempt has not ended
     * @throws LaunchException if the batch system cannot cancel the job, or the job belongs to another user
     * @throws InterruptedException if this thread is interrupted
     */
    public JobStatus withdraw(JobFolder folder, BatchJobReference batchJob) throws InterruptedException {
        return clients.end(workspace, folder, batchJob, WITHDRAWAL);
    }

    /** Gives an attempt up. If that cannot be written, the attempt is over as soon as this process ends. */
    private InterruptedException givenUp(Attempt attempt, String message, InterruptedException stopped) {
        try {
            attempt.giveUp(self, message);
        } catch (IOException notWritten) {
            stopped.addSuppressed(notWritten);
        }
        return stopped;
    }

    /** Ends an attempt that no batch system has. */
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
