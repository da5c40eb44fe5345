package org.experimaestro.monitor.index;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A watch of a workspace: a thread that refreshes an index again and again, until the watch is closed. The index's
 * listeners get the changes in this thread. Thread-safe.
 *
 * <p>A change of a run, of an active job or of a batch system's job is seen within 250 ms on a local disk. What people
 * change by hand may take longer, see {@link WorkspaceIndex}, and so may the first run of an experiment for a long time,
 * see {@link WorkspaceIndex#poll}.
 */
public final class WorkspaceWatch implements AutoCloseable {
    /** The time between two refreshes. Files are polled, because network file systems notify of nothing. */
    static final Duration PERIOD = Duration.ofMillis(100);

    /** The time between two refreshes is at least this number of times that of a refresh, which spares slow file systems. */
    private static final int SHARE = 4;

    /** The number of refreshes in turn without a change, from which the time between two is twice as long. */
    private static final int CALM = 50;

    private static final Duration MOST = Duration.ofSeconds(5);
    private static final System.Logger LOGGER = System.getLogger(WorkspaceWatch.class.getName());

    private final WorkspaceIndex index;
    private final Duration period;
    private final Semaphore woken = new Semaphore(0);
    private final Thread thread;
    private volatile @Nullable Instant lastRead;
    private volatile boolean isClosed;
    /** The refreshes since the last change; confined to the thread. */
    private int unchanged;

    private WorkspaceWatch(WorkspaceIndex index, Duration period) {
        this.index = index;
        this.period = period;
        this.thread = Thread.ofPlatform().daemon().name("workspace-watch").unstarted(this::watch);
    }

    /**
     * Starts a watch.
     *
     * @param index the index to refresh
     * @return the watch, to be closed
     */
    public static WorkspaceWatch start(WorkspaceIndex index) {
        return start(index, PERIOD);
    }

    /** Starts a watch with another time between two refreshes. */
    static WorkspaceWatch start(WorkspaceIndex index, Duration period) {
        WorkspaceWatch watch = new WorkspaceWatch(index, period);
        watch.thread.start();
        return watch;
    }

    /**
     * Returns the time at which the last refresh began that has ended without an error.
     *
     * @return the time; empty before the first one
     */
    public Optional<Instant> lastRead() {
        return Optional.ofNullable(lastRead);
    }

    /** Has the index refreshed at once, for example after an action of this process. */
    public void wake() {
        woken.release();
    }

    private void watch() {
        long pause = period.toNanos();
        while (!isClosed) {
            try {
                if (woken.tryAcquire(pause, TimeUnit.NANOSECONDS)) {
                    woken.drainPermits();
                }
                if (!isClosed) {
                    pause = pause(refresh());
                }
            } catch (InterruptedException ended) {
                return;
            }
        }
    }

    /** Refreshes the index, and returns the duration in nanoseconds. The watch goes on after an error, also of a listener. */
    private long refresh() {
        long start = System.nanoTime();
        Instant begun = Instant.now();
        try {
            unchanged = index.poll().list().isEmpty() ? unchanged + 1 : 0;
            lastRead = begun;
        } catch (RuntimeException failed) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "A refresh of the workspace's index failed; the next one follows",
                    failed);
        }
        return System.nanoTime() - start;
    }

    private long pause(long cost) {
        return Math.max(shortestPause(unchanged, period).toNanos(), Math.min(cost * SHARE, MOST.toNanos()));
    }

    /** Returns the time between two refreshes: a workspace in which nothing happens is looked at half as often. */
    static Duration shortestPause(int unchanged, Duration period) {
        return unchanged < CALM ? period : period.multipliedBy(2);
    }

    /** Ends the watch. No listener is called afterwards, unless a listener itself closes the watch. */
    @Override
    public void close() {
        isClosed = true;
        wake();
        if (Thread.currentThread().equals(thread)) {
            return;
        }
        boolean isInterrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException later) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
