package org.experimaestro.web.stream;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.index.WorkspaceWatch;
import org.experimaestro.web.api.Monitored;
import org.experimaestro.web.http.HttpProblem;
import org.jspecify.annotations.Nullable;

/**
 * A workspace that is read while somebody looks at it. Its files are watched while a stream is open. Otherwise they are
 * read when a question comes, so that a server without clients costs nothing. Thread-safe.
 */
public final class LiveWorkspace implements AutoCloseable {
    /** An answer without a stream is at most so old. */
    private static final Duration FRESH = Duration.ofMillis(250);

    /**
     * The pauses before the index is stored: not while a person waits for the first answers, which read the parameters of
     * all jobs, and again for those that came later.
     */
    private static final List<Duration> STORING = List.of(Duration.ofSeconds(5), Duration.ofMinutes(1));

    private final CompletableFuture<Monitored> opened = new CompletableFuture<>();
    private final InstantSource clock;
    private Instant lastRead = Instant.MIN;
    private int streams;
    private @Nullable WorkspaceWatch watch;
    private long version;
    private boolean isClosed;

    private LiveWorkspace(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Begins to open a workspace, in a thread of its own.
     *
     * @param opening opens the workspace with an index of its current files
     * @param clock the clock of answers
     * @return the workspace, to be closed
     */
    public static LiveWorkspace open(Supplier<Monitored> opening, InstantSource clock) {
        LiveWorkspace live = new LiveWorkspace(clock);
        Thread.ofPlatform().daemon().name("workspace-opening").start(() -> live.read(opening));
        return live;
    }

    private void read(Supplier<Monitored> opening) {
        try {
            Instant begun = clock.instant();
            Monitored monitored = opening.get();
            WorkspaceIndex index = monitored.index();
            index.listen(changes -> changed(index.version()));
            monitored.listenToActions(this::wake);
            synchronized (this) {
                lastRead = begun;
                version = index.version();
            }
            opened.complete(monitored);
            for (Duration pause : STORING) {
                Thread.sleep(pause);
                if (!isClosed() && index.isWorthStoring() && hasMemoryToStore()) {
                    index.store();
                }
            }
        } catch (RuntimeException | OutOfMemoryError failed) {
            opened.completeExceptionally(failed);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns whether half of the memory is free: to store the index takes as much as to hold it. */
    private static boolean hasMemoryToStore() {
        Runtime runtime = Runtime.getRuntime();
        long used = runtime.totalMemory() - runtime.freeMemory();
        return used < runtime.maxMemory() / 2;
    }

    /** Returns the workspace as it is now, read again if nothing watches it. */
    public Monitored current() {
        Monitored monitored = opened();
        if (isStale()) {
            Instant begun = clock.instant();
            monitored.index().refresh();
            readAt(begun);
        }
        return monitored;
    }

    private Monitored opened() {
        try {
            return opened.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof OutOfMemoryError) {
                throw HttpProblem.ofFullMemory();
            }
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    private synchronized boolean isStale() {
        Instant now = clock.instant();
        return watch == null && (lastRead.plus(FRESH).isBefore(now) || lastRead.isAfter(now));
    }

    private synchronized void readAt(Instant time) {
        boolean isClockSetBack = lastRead.isAfter(clock.instant());
        lastRead = time.isAfter(lastRead) || isClockSetBack ? time : lastRead;
    }

    /**
     * Begins a stream: the files are watched until the last stream has ended.
     *
     * @return the registration of the stream, to be closed at its end
     */
    Watching watching() {
        // What has happened since the last client left is in the first answers.
        WorkspaceIndex index = current().index();
        synchronized (this) {
            streams++;
            if (watch == null) {
                watch = WorkspaceWatch.start(index);
                watch.wake();
            }
        }
        return this::endStream;
    }

    private void endStream() {
        WorkspaceWatch ended = null;
        synchronized (this) {
            streams--;
            if (streams == 0) {
                lastRead = lastRead();
                ended = watch;
                watch = null;
            }
        }
        if (ended != null) {
            ended.close();
        }
    }

    /** Returns the last time at which the files were read. */
    synchronized Instant lastRead() {
        WorkspaceWatch current = watch;
        return current == null
                ? lastRead
                : current.lastRead().filter(lastRead::isBefore).orElse(lastRead);
    }

    private synchronized void changed(long to) {
        version = to;
        notifyAll();
    }

    private synchronized void wake() {
        notifyAll();
    }

    /** Returns the version of the index that the last refresh has made. */
    synchronized long version() {
        return version;
    }

    /** Waits until the version or the number of actions is another one, the time is over, or the workspace is closed. */
    synchronized void awaitChange(long from, long acted, Duration most) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        long left = end - System.nanoTime();
        while (version == from && actions() == acted && !isClosed && left > 0) {
            wait(left / 1_000_000, (int) (left % 1_000_000));
            left = end - System.nanoTime();
        }
    }

    /** Returns the number of actions that this server has performed. */
    long actions() {
        return opened.isDone() && !opened.isCompletedExceptionally() ? opened().actions() : 0;
    }

    synchronized boolean isClosed() {
        return isClosed;
    }

    @Override
    public void close() {
        WorkspaceWatch ended;
        synchronized (this) {
            isClosed = true;
            ended = watch;
            notifyAll();
        }
        if (ended != null) {
            ended.close();
        }
    }

    /** A registration of a stream. */
    @FunctionalInterface
    interface Watching extends AutoCloseable {
        @Override
        void close();
    }
}
