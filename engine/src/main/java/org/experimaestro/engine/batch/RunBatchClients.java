package org.experimaestro.engine.batch;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.experimaestro.LaunchException;
import org.experimaestro.engine.job.JobSpec;
import org.experimaestro.engine.time.RunClock;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.LauncherFinder;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.UnreachableException;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.StopRecord;
import org.experimaestro.workspace.Workspace;

/**
 * The clients of the batch systems that a run uses. All runs of this process that use one system share its client, and
 * so its one poll. Thread-safe.
 */
public final class RunBatchClients implements AutoCloseable {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LAST_PAUSE = Duration.ofSeconds(2);

    private static final JobSpec.Listener SILENT = new JobSpec.Listener() {
        @Override
        public void statusChanged(String state) {}

        @Override
        public void warned(String text) {}
    };

    private final LauncherFinder launchers;
    private final Services services;
    private final BatchClientPool shared;
    private final RunClock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<BatchClientPool.Key, BatchSystemClient> taken = new HashMap<>();
    /** The warnings that the run has shown, without their numbers, which are often those of one job. */
    private final Set<String> warnings = ConcurrentHashMap.newKeySet();

    /**
     * Creates an empty set of clients.
     *
     * @param launchers the finder of the launchers that earlier runs have used
     * @param loader the class loader that has the types of launchers and connectors, as services
     */
    public RunBatchClients(LauncherFinder launchers, ClassLoader loader) {
        this(launchers, loader, RunClock.SYSTEM);
    }

    /**
     * Creates an empty set of clients.
     *
     * @param launchers the finder of the launchers that earlier runs have used
     * @param loader the class loader that has the types of launchers and connectors, as services
     * @param clock the clock of polls and pauses
     */
    public RunBatchClients(LauncherFinder launchers, ClassLoader loader, RunClock clock) {
        this(launchers, loader, BatchClientPool.OF_THIS_PROCESS, clock);
    }

    RunBatchClients(LauncherFinder launchers, ClassLoader loader, BatchClientPool shared, RunClock clock) {
        this.launchers = launchers;
        this.services = new Services(loader);
        this.shared = shared;
        this.clock = clock;
    }

    /** Returns whether the run has not shown a warning yet, nor one that differs in its numbers only. */
    boolean isNew(String warning) {
        return warnings.add(warning.replaceAll("\\d+", "0"));
    }

    BatchSystemClient client(LauncherDefinition launcher) {
        lock.lock();
        try {
            BatchClientPool.Key key = BatchClientPool.Key.of(launcher, services, clock);
            BatchSystemClient client = taken.get(key);
            if (client == null) {
                client = shared.take(
                        key, () -> new BatchSystemClient(services.type(launcher), launcher, host(launcher), clock));
                taken.put(key, client);
            }
            return client;
        } finally {
            lock.unlock();
        }
    }

    private Host host(LauncherDefinition launcher) {
        return launcher.connector()
                .map(connector -> Host.of(services.type(connector).open(connector), clock))
                .orElseGet(Host::here);
    }

    /**
     * Returns whether a launcher's jobs can wait for each other without this process.
     *
     * @param launcher the launcher
     * @return true if its batch system has dependencies
     */
    public boolean hasDependencies(LauncherDefinition launcher) {
        return client(launcher).hasDependencies(launcher);
    }

    /**
     * Returns whether the jobs of two launchers are in one batch system, where they can wait for each other.
     *
     * @param one a launcher
     * @param other another one, or the same
     * @return true if both are of one type and talk to one host, with the same options of the system
     */
    public boolean isSameSystem(LauncherDefinition one, LauncherDefinition other) {
        return BatchClientPool.Key.of(one, services, clock).equals(BatchClientPool.Key.of(other, services, clock));
    }

    /**
     * Waits until neither a process nor a batch system has the job.
     *
     * @param workspace the job's workspace
     * @param folder the job
     * @param listener the listener of the job's changes meanwhile
     * @return the job's state then
     * @throws UnreachableException if the batch system cannot be polled until somebody fixes the connection; the job
     *     goes on
     * @throws InterruptedException if this thread is interrupted
     */
    public JobStatus await(Workspace workspace, JobFolder folder, JobSpec.Listener listener)
            throws UnreachableException, InterruptedException {
        Duration pause = FIRST_PAUSE;
        boolean said = false;
        while (true) {
            JobStatus status = folder.status();
            if (!status.isActive()) {
                return status;
            }
            BatchJobReference batchJob = status.findBatchJob().orElse(null);
            Optional<LauncherDefinition> launcher = batchJob == null ? Optional.empty() : findLauncher(batchJob);
            if (batchJob != null && launcher.isPresent()) {
                await(launcher.get(), workspace, folder, batchJob, listener);
                continue;
            }
            if (batchJob != null && !said) {
                said = true;
                listener.warned("Cannot ask for " + folder.name() + ", which the launcher " + batchJob
                        + " has: there is no such launcher of type " + batchJob.type()
                        + " in the launcher file any longer; waiting for its files");
            }
            clock.sleep(pause);
            pause = pause.compareTo(LAST_PAUSE) < 0 ? pause.plus(pause.dividedBy(2)) : LAST_PAUSE;
        }
    }

    /**
     * Returns the launcher that has a job.
     *
     * @param batchJob the job in its batch system
     * @return the launcher as it is defined now; empty if there is none of that name and type any longer
     */
    public Optional<LauncherDefinition> findLauncher(BatchJobReference batchJob) {
        return launchers
                .launcher(batchJob.launcher())
                .filter(found -> found.type().equals(batchJob.type()));
    }

    /** Waits until a job in a launcher's batch system is over, or another attempt has taken over. */
    JobStatus await(
            LauncherDefinition launcher,
            Workspace workspace,
            JobFolder folder,
            BatchJobReference batchJob,
            JobSpec.Listener listener)
            throws UnreachableException, InterruptedException {
        return client(launcher).await(new TrackedJob(folder, batchJob, workspace.root(), listener, this));
    }

    /** Cancels a job, which must belong to this user. Its process finds why, also if its task handles the signal itself. */
    private void cancel(JobFolder folder, int attempt, BatchJobReference batchJob) throws InterruptedException {
        StopRecord stop = folder.attempt(attempt).stop();
        boolean isSent = false;
        try {
            stop.write(FailureCause.CANCELLED);
            cancel(folder, batchJob);
            isSent = true;
        } catch (IOException failed) {
            throw LaunchException.of("Cannot end the job " + batchJob + ": " + Failures.reason(failed))
                    .cause(failed)
                    .build();
        } finally {
            if (!isSent) {
                stop.withdraw();
            }
        }
    }

    private void cancel(JobFolder folder, BatchJobReference batchJob) throws InterruptedException {
        LauncherDefinition launcher = findLauncher(batchJob)
                .orElseThrow(() -> LaunchException.of("Cannot end the job " + batchJob + ": there is no launcher "
                                + batchJob.launcher() + " of type " + batchJob.type() + " in the launcher file")
                        .advice("end it with the commands of " + batchJob.type() + " itself")
                        .build());
        try {
            client(launcher).cancel(folder, batchJob);
        } catch (RefusedException | UnreachableException failed) {
            throw LaunchException.of("Cannot end the job " + batchJob + ": " + failed.getMessage())
                    .cause(failed)
                    .build();
        }
    }

    /**
     * Ends a job, and waits until it is over.
     *
     * @param workspace the job's workspace
     * @param folder the job, which a batch system has
     * @param batchJob the job in its batch system
     * @param limit the longest time to wait
     * @return the job's state then; active if it is not over within the limit
     * @throws LaunchException if the batch system cannot cancel the job, or the job belongs to another user
     * @throws InterruptedException if this thread is interrupted
     */
    public JobStatus end(Workspace workspace, JobFolder folder, BatchJobReference batchJob, Duration limit)
            throws InterruptedException {
        JobStatus status = folder.status();
        int attempt = status.lastAttempt()
                .orElseThrow(() -> LaunchException.of(
                                "Cannot end " + folder.name() + ": " + status.message() + "; nothing was sent")
                        .build());
        folder.attempt(attempt).requireOwn("end");
        cancel(folder, attempt, batchJob);
        CompletableFuture<JobStatus> end = new CompletableFuture<>();
        Thread waiting = Thread.ofVirtual().start(() -> {
            try {
                end.complete(await(workspace, folder, SILENT));
            } catch (InterruptedException | UnreachableException | RuntimeException | Error unknown) {
                end.complete(folder.status());
            }
        });
        try {
            return end.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            return folder.status();
        } catch (ExecutionException impossible) {
            throw new AssertionError("A job's end is a state", impossible);
        } finally {
            waiting.interrupt();
        }
    }

    /**
     * Returns what looks into the process of a job that a launcher with a connector has.
     *
     * @param workspace the job's workspace
     * @param folder the job
     * @return empty for another job, or if the launcher file has its launcher no longer
     */
    public Optional<HostDump> findDump(Workspace workspace, JobFolder folder) {
        return folder.status()
                .findBatchJob()
                .flatMap(this::findLauncher)
                .filter(launcher -> launcher.connector().isPresent())
                .map(launcher ->
                        new HostDump(folder, workspace.root(), client(launcher).host(), launcher.name()));
    }

    /** Gives the clients back, and ends the connections that no other run uses. Jobs go on. */
    @Override
    public void close() {
        List<BatchClientPool.Key> keys;
        lock.lock();
        try {
            keys = List.copyOf(taken.keySet());
            taken.clear();
        } finally {
            lock.unlock();
        }
        keys.forEach(shared::release);
    }
}
