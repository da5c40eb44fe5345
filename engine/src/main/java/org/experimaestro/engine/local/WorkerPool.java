package org.experimaestro.engine.local;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
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
 * The warm workers of one run. A job takes a worker that waits, or starts one; so there are at most as many workers of a
 * kind as jobs of it run at once. A worker of another kind ends before one is started if its jobs have given back memory
 * that it may still hold, or if more workers would live than twice the jobs that ran at once. A worker that has waited for
 * 30 seconds ends, and all end with the run. Thread-safe.
 */
public final class WorkerPool implements AutoCloseable {
    private static final Duration LONGEST_IDLE = Duration.ofSeconds(30);
    /** The number of workers that may go before they have begun the task of one job. */
    private static final int MOST_TRIES = 3;
    /** The time for which the end of a worker is awaited; one that takes longer ends later. */
    private static final Duration LAST_EXIT = Duration.ofSeconds(2);
    /** The workers that may live for each job of those that ran at once: two kinds of jobs then keep theirs. */
    private static final int WORKERS_PER_JOB = 2;

    private static final int NAME_DIGITS = 13;
    private static final System.Logger LOGGER = System.getLogger(WorkerPool.class.getName());

    private final Path workspace;
    private final RunClock clock;
    private final String name = UUID.randomUUID().toString().substring(0, NAME_DIGITS);
    private final AtomicInteger count = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    /** The workers that wait, by what they are like; of each kind, the one that has worked last is the first. */
    private final Map<WorkerKey, Deque<PooledWorker>> waiting = new HashMap<>();

    /** The jobs that have a worker now, or wait for the start of one. */
    private int running;
    /** The most jobs that ran at once. */
    private int mostRunning;

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
     * @param ends is told the end of the task by its worker, before the state is returned
     * @return the job's state afterwards
     * @throws InterruptedException if this thread is interrupted; the job goes on if it has begun
     */
    JobStatus execute(Attempt attempt, JobSpec spec, LocalCommand commands, Consumer<WorkerMessage.Over> ends)
            throws InterruptedException {
        begin();
        try {
            attempt.write(spec.parameters(), commands.code().textFor(attempt.job()));
            NewFile.open(attempt.standardOutput()).close();
            NewFile.open(attempt.standardError()).close();
            return execute(attempt, WorkerKey.of(spec.placement()), worker -> start(worker, spec, commands), ends);
        } catch (ClosedByInterruptException stopped) {
            Thread.interrupted(); // else nothing could be written
            throw LocalEnd.givenUp(attempt, new InterruptedException("Interrupted before a worker had the task"));
        } catch (IOException failed) {
            return LocalEnd.failed(attempt, FailureCause.NOT_STARTED, Failures.reason(failed), null);
        } finally {
            end();
        }
    }

    private void begin() {
        lock.lock();
        try {
            running++;
            mostRunning = Math.max(mostRunning, running);
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            running--;
        } finally {
            lock.unlock();
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

    private JobStatus execute(Attempt attempt, WorkerKey key, Start start, Consumer<WorkerMessage.Over> ends)
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
                ends.accept(over);
                if (over.renew().isPresent()) {
                    end(List.of(worker)); // before the job gives back what it holds of the machine
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
        end(takeSurplus());
        return start.named(name + "-" + count.incrementAndGet());
    }

    /**
     * Takes the workers that must end before one is started: no worker of its kind waits. Their jobs are over, so that others
     * may have got the memory that these held.
     */
    private List<PooledWorker> takeSurplus() {
        List<PooledWorker> surplus = new ArrayList<>();
        lock.lock();
        try {
            int left = 0;
            for (Map.Entry<WorkerKey, Deque<PooledWorker>> kind : waiting.entrySet()) {
                if (kind.getKey().memory() > 0) {
                    surplus.addAll(kind.getValue());
                    kind.getValue().clear();
                }
                left += kind.getValue().size();
            }
            for (; left > 0 && left + running > WORKERS_PER_JOB * mostRunning; left--) {
                surplus.add(takeLongest());
            }
            return surplus;
        } finally {
            lock.unlock();
        }
    }

    /** Takes the worker that has waited for the longest time. There is one. */
    private PooledWorker takeLongest() {
        return waiting.values().stream()
                .filter(workers -> !workers.isEmpty())
                .min(Comparator.comparingLong(workers -> workers.getLast().idleSince()))
                .orElseThrow()
                .removeLast();
    }

    /** Ends workers without a task, and waits a moment until their processes are gone. */
    private void end(List<PooledWorker> workers) {
        workers.forEach(PooledWorker::disconnect);
        long end = clock.nanoTime() + LAST_EXIT.toNanos();
        for (PooledWorker worker : workers) {
            worker.awaitExit(Duration.ofNanos(Math.max(0, end - clock.nanoTime())));
        }
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
        end(ending);
        try {
            WorkerFiles.deleteLeft(workspace, clock.instant());
        } catch (IOException left) {
            LOGGER.log(System.Logger.Level.DEBUG, "The files of workers that were killed cannot be deleted", left);
        }
    }
}
