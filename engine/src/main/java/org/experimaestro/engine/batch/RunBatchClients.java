package org.experimaestro.engine.batch;

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
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.Workspace;

/**
 * The batch systems that a run talks to, each through a client. All runs of this process that talk to one system share its
 * client, and so its one poll. Thread-safe.
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
     * No client yet.
     *
     * @param launchers finds the launchers that earlier runs have used
     * @param loader where the types of launchers and connectors are, as services
     */
    public RunBatchClients(LauncherFinder launchers, ClassLoader loader) {
        this(launchers, loader, RunClock.SYSTEM);
    }

    /**
     * No client yet.
     *
     * @param launchers finds the launchers that earlier runs have used
     * @param loader where the types of launchers and connectors are, as services
     * @param clock the time
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
                .map(connector -> Host.of(services.type(connector).open(connector)))
                .orElseGet(Host::here);
    }

    /**
     * Whether a launcher's jobs can wait for each other without us.
     *
     * @param launcher the launcher
     * @return true if its batch system has dependencies
     */
    public boolean hasDependencies(LauncherDefinition launcher) {
        return client(launcher).hasDependencies(launcher);
    }

    /**
     * Whether the jobs of two launchers are in one batch system, where they can wait for each other.
     *
     * @param one a launcher
     * @param other another one, or the same
     * @return true if both are of one type and talk to one host, with the same options of the system
     */
    public boolean isSameSystem(LauncherDefinition one, LauncherDefinition other) {
        return BatchClientPool.Key.of(one, services, clock).equals(BatchClientPool.Key.of(other, services, clock));
    }

    /**
     * Waits until a job is in nobody's hands: neither a process's nor a batch system's.
     *
     * @param workspace the job's workspace
     * @param folder the job
     * @param listener is told what happens to it on the way
     * @return its state then
     * @throws UnreachableException if the batch system cannot be asked before a person has done something; the job goes on
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
     * The launcher that has a job.
     *
     * @param batchJob where the job is
     * @return the launcher as it is now, empty if there is none of that name and type any longer
     */
    public Optional<LauncherDefinition> findLauncher(BatchJobReference batchJob) {
        return launchers
                .launcher(batchJob.launcher())
                .filter(found -> found.type().equals(batchJob.type()));
    }

    /** Waits until a job that a launcher's batch system has is over, or is another's. */
    JobStatus await(
            LauncherDefinition launcher,
            Workspace workspace,
            JobFolder folder,
            BatchJobReference batchJob,
            JobSpec.Listener listener)
            throws UnreachableException, InterruptedException {
        return client(launcher).await(new TrackedJob(folder, batchJob, workspace.root(), listener, this));
    }

    /** Of a job that is this user's. */
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
     * @param batchJob where it is there
     * @param limit how long to wait at most
     * @return its state then; active if it is not over within the limit
     * @throws LaunchException if the batch system cannot be told, or the job is another user's
     * @throws InterruptedException if this thread is interrupted
     */
    public JobStatus end(Workspace workspace, JobFolder folder, BatchJobReference batchJob, Duration limit)
            throws InterruptedException {
        JobStatus status = folder.status();
        int attempt = status.lastAttempt()
                .orElseThrow(() -> LaunchException.of(
                                "Cannot end " + folder.name() + ": " + status.message() + "; nothing was sent")
                        .build());
        folder.attempt(attempt).requireOwn();
        cancel(folder, batchJob);
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

    /** Gives the clients back; connections that no other run uses are ended. Jobs go on. */
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
