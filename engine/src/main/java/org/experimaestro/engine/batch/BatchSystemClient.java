package org.experimaestro.engine.batch;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.experimaestro.engine.time.RunClock;
import org.experimaestro.spi.BatchSystem;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.LauncherType;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.UnreachableException;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;

/**
 * The only client of a batch system in this process, for all runs. Jobs are submitted as their launchers require, each
 * in its own way; they are polled together. Thread-safe.
 */
final class BatchSystemClient implements AutoCloseable {
    /**
     * The shortest period of polls. With a shorter one, a launcher type with a mistake would keep a processor busy, and
     * hide the ends of jobs.
     */
    private static final Duration SHORTEST_PERIOD = Duration.ofMillis(10);

    private static final Duration LONGEST_PERIOD = Duration.ofDays(1);

    private final LauncherType type;
    private final BatchSystem system;
    private final Host host;
    private final RunClock clock;
    private final Duration period;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<LauncherDefinition, SubmissionBatcher> collectors = new ConcurrentHashMap<>();
    private final LauncherStarts starts;
    private final AccountedUseCollector uses;
    private final BatchPoller watch;
    private final CancellationBatcher cancellations;

    /**
     * Creates a client for a launcher, and for all launchers that differ from it only in options that do not concern
     * the system.
     */
    BatchSystemClient(LauncherType type, LauncherDefinition launcher, Host host, RunClock clock) {
        this.type = type;
        this.system = type.open(launcher, host.shell());
        this.host = host;
        this.clock = clock;
        this.period = period(system);
        this.cancellations = new CancellationBatcher(system);
        this.starts = new LauncherStarts(clock);
        this.uses = new AccountedUseCollector(system, threads, clock);
        uses.start();
        this.watch = new BatchPoller(system, host, period, threads, clock, starts, uses);
    }

    /** Returns the time between two polls of a system: the one that it asks for, within reasonable bounds. */
    static Duration period(BatchSystem system) {
        return Collections.max(List.of(SHORTEST_PERIOD, Collections.min(List.of(LONGEST_PERIOD, system.pollPeriod()))));
    }

    private SubmissionBatcher collector(LauncherDefinition launcher) {
        return collectors.computeIfAbsent(
                launcher,
                key -> new SubmissionBatcher(type.open(key, host.shell()), host, period, threads, clock, starts));
    }

    boolean hasDependencies(LauncherDefinition launcher) {
        return collector(launcher).hasDependencies();
    }

    /** Submits a job to the batch system. Blocks until the system has confirmed the job. */
    BatchJobReference submit(Submission submission) throws RefusedException, InterruptedException {
        return collector(submission.spec().placement().launcher()).submit(submission);
    }

    /** Waits until a job in the batch system is over, or another attempt has taken over. */
    JobStatus await(TrackedJob job) throws UnreachableException, InterruptedException {
        watch.add(job);
        try {
            return job.end.get();
        } catch (ExecutionException lost) {
            if (lost.getCause() instanceof UnreachableException unreachable) {
                throw unreachable;
            }
            throw new IllegalStateException("A job could not be watched over: " + lost.getCause(), lost.getCause());
        } finally {
            watch.remove(job);
        }
    }

    /** Cancels a job. Jobs that come at about the same time need few calls. */
    void cancel(JobFolder job, BatchJobReference batchJob)
            throws RefusedException, UnreachableException, InterruptedException {
        cancellations.cancel(JobName.of(job, batchJob), batchJob.jobId());
    }

    /** Returns the host where the batch system has its commands. */
    Host host() {
        return host;
    }

    @Override
    public void close() {
        uses.askLast();
        threads.shutdownNow();
        host.close();
    }
}
