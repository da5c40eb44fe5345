package org.experimaestro.engine.local;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.experimaestro.base.file.NewFile;
import org.experimaestro.engine.job.JobSpec;
import org.experimaestro.engine.time.RunClock;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.WorkerCommand;
import org.experimaestro.workspace.WorkerFiles;
import org.experimaestro.workspace.WorkerMessage;
import org.jspecify.annotations.Nullable;

/**
 * The warm workers of one run. A job takes a worker that waits, or starts one; so there are at most as many workers as
 * jobs of the same kind run at once. A worker that has waited for 30 seconds ends, and all end with the run. Thread-safe.
 */
public final class WorkerPool implements AutoCloseable {
    private static final Duration LONGEST_IDLE = Duration.ofSeconds(30);
    /** The number of workers that may go before they have begun the task of one job. */
    private static final int MOST_TRIES = 3;
    /** The time that waiting workers have to end with the run; those that take longer end later. */
    private static final Duration LAST_EXIT = Duration.ofSeconds(2);

    private static final int NAME_DIGITS = 13;
    private static final System.Logger LOGGER = System.getLogger(WorkerPool.class.getName());

    private final Path workspace;
    private final RunClock clock;
    private final String name = UUID.randomUUID().toString().substring(0, NAME_DIGITS);
    private final AtomicInteger count = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    /** The workers that wait, by what they are like; of each kind, the one that has worked last is the first. */
    private final Map<WorkerKey, Deque<PooledWorker>> waiting = new HashMap<>();

    private boolean hasAlarm;
    private boolean isClosed;

    /**
     * Creates a pool without workers.
     *
     * @param workspace the workspace, an absolute path
     * @param clock the clock by which waiting workers end
     */
    public WorkerPool(Path workspace, RunClock clock) {
        this.workspace = workspace;
        this.clock = clock;
    }

    /**
     * Runs a job to its end in a worker. Blocks.
     *
     * @param attempt the attempt
     * @param spec all that it takes to run the job
     * @param commands makes the processes of workers
     * @param natives is told the type of a task that has loaded a native library of its own
     * @return the job's state afterwards
     * @throws InterruptedException if this thread is interrupted; the job goes on if it has begun
     */
    JobStatus execute(Attempt attempt, JobSpec spec, LocalCommand commands, Consumer<String> natives)
            throws InterruptedException {
        try {
            attempt.write(spec.parameters(), commands.code().textFor(attempt.job()));
            NewFile.open(attempt.standardOutput()).close();
            NewFile.open(attempt.standardError()).close();
            return execute(attempt, WorkerKey.of(spec.placement()), worker -> start(worker, spec, commands), natives);
        } catch (ClosedByInterruptException stopped) {
            Thread.interrupted(); // else nothing could be written
            throw LocalEnd.givenUp(attempt, new InterruptedException("Interrupted before a worker had the task"));
        } catch (IOException failed) {
            return LocalEnd.failed(attempt, FailureCause.NOT_STARTED, Failures.reason(failed), null);
        }
    }

    /** The start of a worker of a name. */
    private interface Start {
        PooledWorker named(String worker) throws IOException, InterruptedException;
    }

    private PooledWorker start(String worker, JobSpec spec, LocalCommand commands)
            throws IOException, InterruptedException {
        WorkerFiles files = WorkerFiles.of(workspace, worker);
        files.makeFolder();
        return PooledWorker.start(
                files,
                commands.code().freshClassPath(),
                socket -> commands.ofWorker(
                        spec.placement(), workspace, files.log(), WorkerCommand.of(socket, worker, workspace)),
                clock);
    }

    private JobStatus execute(Attempt attempt, WorkerKey key, Start start, Consumer<String> natives)
            throws IOException, InterruptedException {
        for (int tries = 1; ; tries++) {
            PooledWorker worker;
            try {
                worker = take(key, start);
            } catch (ClosedByInterruptException stopped) {
                throw stopped;
            } catch (IOException failed) {
                if (tries < MOST_TRIES) {
                    continue;
                }
                throw failed;
            } catch (InterruptedException stopped) {
                throw LocalEnd.givenUp(attempt, stopped);
            }
            WorkerMessage.Over over = worker.send(attempt) ? receive(worker) : null;
            if (over != null) {
                if (over.loadsNative()) {
                    natives.accept(attempt.job().typeId());
                }
                if (over.renew().isPresent()) {
                    worker.disconnect();
                } else {
                    giveBack(key, worker);
                }
                return LocalEnd.ofTask(attempt, worker.log());
            }
            int exitCode = worker.awaitExit();
            if (attempt.hasBegun() || tries == MOST_TRIES) {
                return LocalEnd.ofProcess(attempt, exitCode, worker.log());
            }
        }
    }

    private static WorkerMessage.@Nullable Over receive(PooledWorker worker) throws InterruptedException {
        try {
            return worker.receive();
        } catch (ClosedByInterruptException stopped) {
            Thread.interrupted(); // the exception that is thrown says so
            throw new InterruptedException("Interrupted while a worker executed a task");
        }
    }

    private PooledWorker take(WorkerKey key, Start start) throws IOException, InterruptedException {
        PooledWorker ready = findWaiting(key);
        if (ready != null) {
            return ready;
        }
        return start.named(name + "-" + count.incrementAndGet());
    }

    private @Nullable PooledWorker findWaiting(WorkerKey key) {
        lock.lock();
        try {
            Deque<PooledWorker> workers = waiting.getOrDefault(key, new ArrayDeque<>());
            PooledWorker worker = workers.pollFirst();
            while (worker != null && !worker.isAlive()) {
                worker.disconnect(); // somebody has ended it while it waited
                worker = workers.pollFirst();
            }
            return worker;
        } finally {
            lock.unlock();
        }
    }

    private void giveBack(WorkerKey key, PooledWorker worker) {
        lock.lock();
        try {
            if (isClosed) {
                worker.disconnect();
                return;
            }
            worker.beginsToWait(clock.nanoTime());
            waiting.computeIfAbsent(key, of -> new ArrayDeque<>()).addFirst(worker);
            if (!hasAlarm) {
                hasAlarm = true;
                clock.alarm(LONGEST_IDLE, this::endIdle);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends the workers that have waited for too long, and looks again when the next one may have. */
    private void endIdle() {
        lock.lock();
        try {
            long now = clock.nanoTime();
            long longest = -1;
            for (Iterator<Deque<PooledWorker>> kinds = waiting.values().iterator(); kinds.hasNext(); ) {
                Deque<PooledWorker> workers = kinds.next();
                PooledWorker oldest = workers.peekLast();
                while (oldest != null && now - oldest.idleSince() >= LONGEST_IDLE.toNanos()) {
                    workers.removeLast();
                    oldest.disconnect();
                    oldest = workers.peekLast();
                }
                if (oldest == null) {
                    kinds.remove();
                } else {
                    longest = Math.max(longest, now - oldest.idleSince());
                }
            }
            hasAlarm = longest >= 0 && !isClosed;
            if (hasAlarm) {
                clock.alarm(LONGEST_IDLE.minusNanos(longest), this::endIdle);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends the workers that wait. One that still has a task ends after it, because its thread has left the connection. */
    @Override
    public void close() {
        List<PooledWorker> ending = new ArrayList<>();
        lock.lock();
        try {
            isClosed = true;
            waiting.values().forEach(ending::addAll);
            waiting.clear();
        } finally {
            lock.unlock();
        }
        ending.forEach(PooledWorker::disconnect);
        long end = clock.nanoTime() + LAST_EXIT.toNanos();
        for (PooledWorker worker : ending) {
            worker.awaitExit(Duration.ofNanos(Math.max(0, end - clock.nanoTime())));
        }
        try {
            WorkerFiles.deleteLeft(workspace, clock.instant());
        } catch (IOException left) {
            LOGGER.log(System.Logger.Level.DEBUG, "The files of workers that were killed cannot be deleted", left);
        }
    }
}
