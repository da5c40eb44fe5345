package org.experimaestro.engine.schedule;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.experimaestro.engine.guard.Guard;
import org.jspecify.annotations.Nullable;

/**
 * Decides which job is next. One thread owns the state of all jobs; everything that blocks is done elsewhere and comes
 * back as an event. An event costs what it changes: a job's end visits its dependents, and no other job.
 *
 * <p>Whatever the runner, the observer, a capacity or the executor throws ends at most the job that it was called for:
 * the thread handles the next event, and each job that was submitted ends.
 *
 * <p>{@link #submit} may be called by any thread.
 *
 * @param <J> what jobs are
 * @param <R> how they end
 */
public final class Scheduler<J, R> implements AutoCloseable {

    /**
     * Does what a job is.
     *
     * @param <J> what jobs are
     * @param <R> how they end
     */
    @FunctionalInterface
    public interface Runner<J, R> {
        /**
         * Runs a job to its end. Blocks; called by a thread of its own. If it throws, the job has failed, with a
         * {@link Job#problem} in place of a result.
         *
         * @param job the job
         * @return how it ended
         */
        R run(Job<J, R> job);
    }

    /**
     * Is told what happens, by the scheduler's thread.
     *
     * @param <J> what jobs are
     * @param <R> how they end
     */
    @FunctionalInterface
    public interface Observer<J, R> {
        /**
         * A job has a new phase. What this throws is logged, and changes nothing.
         *
         * @param job the job
         */
        void changed(Job<J, R> job);
    }

    /**
     * Says whether a job has ended well.
     *
     * @param <R> how jobs end
     */
    @FunctionalInterface
    public interface Verdict<R> {
        /**
         * Whether a job that ended so is done.
         *
         * @param result how it ended
         * @return true if its dependents may run
         */
        boolean isDone(R result);
    }

    /**
     * Limits how many jobs run at once. Used by the scheduler's thread only.
     *
     * @param <J> what jobs are
     */
    public interface Capacity<J> {
        /**
         * Whether a job can be started now.
         *
         * @param job the job
         * @return false if it has to wait until another one under this limit ends
         */
        boolean hasRoom(J job);

        /**
         * A job runs now, whether there was room or not.
         *
         * @param job the job
         */
        void add(J job);

        /**
         * A job runs no longer.
         *
         * @param job the job
         */
        void remove(J job);
    }

    /** How a job is found when it is submitted. */
    public enum Found {
        /** It has to be run. */
        TO_RUN,
        /** It runs already: it takes no part in waiting for dependencies or room. */
        RUNNING,
        /** It has ended. */
        ENDED
    }

    private static final Duration LAST_EVENT = Duration.ofSeconds(10);

    private final Function<J, Capacity<J>> capacities;
    private final Runner<J, R> runner;
    private final Verdict<R> verdict;
    private final Observer<J, R> observer;
    private final Executor blocking;
    private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();
    private final Map<Capacity<J>, Deque<Job<J, R>>> ready = new HashMap<>();
    private final Guard observers = new Guard("The observer of the jobs");
    private final Guard jobs = new Guard("The code that is to run a job");
    private final Thread thread;
    private volatile boolean closed;

    /**
     * Starts a scheduler.
     *
     * @param capacities says which limit a job is under
     * @param runner runs jobs
     * @param verdict judges their ends
     * @param observer is told what happens
     * @param blocking gives each running job a thread
     */
    public Scheduler(
            Function<J, Capacity<J>> capacities,
            Runner<J, R> runner,
            Verdict<R> verdict,
            Observer<J, R> observer,
            Executor blocking) {
        this.capacities = capacities;
        this.runner = runner;
        this.verdict = verdict;
        this.observer = observer;
        this.blocking = blocking;
        this.thread =
                Thread.ofPlatform().daemon().name("experimaestro-scheduler").start(this::loop);
    }

    /**
     * Submits a job, after all that it depends on.
     *
     * @param job a new job
     * @param found how it was found
     * @param result how it ended, if it has
     */
    public void submit(Job<J, R> job, Found found, @Nullable R result) {
        events.add(() -> add(job, found, result));
    }

    /**
     * Stops deciding. Jobs that run go on; none is started after the return, unless the observer does not return within
     * ten seconds.
     */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(LAST_EVENT.toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void loop() {
        try {
            while (!closed) {
                jobs.run(events.take());
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Does the next thing with a job. A job with which it cannot be done has failed. */
    private void step(Job<J, R> job, Runnable action) {
        jobs.run(action).ifPresent(problem -> fail(job, problem));
    }

    private void add(Job<J, R> job, Found found, @Nullable R result) {
        step(job, () -> {
            switch (found) {
                case ENDED -> end(job, result, null);
                case RUNNING -> start(job, capacities.apply(job.content()));
                case TO_RUN -> enlist(job);
            }
        });
    }

    private void enlist(Job<J, R> job) {
        int unfinished = 0;
        boolean doomed = false;
        for (Job<J, R> dependency : job.dependencies()) {
            switch (dependency.phase()) {
                case DONE -> {}
                case FAILED, SKIPPED -> doomed = true;
                case WAITING, READY, RUNNING -> {
                    unfinished++;
                    dependency.dependents().add(job);
                }
            }
        }
        job.setUnfinished(unfinished);
        if (doomed) {
            skip(job);
        } else if (unfinished == 0) {
            makeReady(job);
        } else {
            tell(job);
        }
    }

    private void makeReady(Job<J, R> job) {
        step(job, () -> {
            move(job, Phase.Event.DEPENDENCIES_DONE, null);
            Capacity<J> capacity = capacities.apply(job.content());
            ready.computeIfAbsent(capacity, key -> new ArrayDeque<>()).add(job);
            startReady(capacity);
        });
    }

    /** In the order in which they became ready: a job that needs much is not overtaken for ever by those that need less. */
    private void startReady(Capacity<J> capacity) {
        Deque<Job<J, R>> queue = ready.get(capacity);
        while (queue != null && !queue.isEmpty()) {
            Job<J, R> next = queue.element();
            step(next, () -> startIfRoom(next, queue, capacity));
            if (!queue.isEmpty() && queue.element() == next) {
                if (next.phase() == Phase.READY) {
                    return; // no room
                }
                queue.remove();
            }
        }
    }

    private void startIfRoom(Job<J, R> job, Deque<Job<J, R>> queue, Capacity<J> capacity) {
        if (capacity.hasRoom(job.content())) {
            queue.remove();
            start(job, capacity);
        }
    }

    private void start(Job<J, R> job, Capacity<J> capacity) {
        capacity.add(job.content());
        move(job, Phase.Event.STARTED, null);
        try {
            blocking.execute(() -> run(job, capacity));
        } catch (RuntimeException | Error rejected) {
            capacity.remove(job.content());
            throw rejected;
        }
    }

    /** On a thread of its own, which always says that it has ended: a job without an end would block the run. */
    private void run(Job<J, R> job, Capacity<J> capacity) {
        @Nullable R result = null;
        @Nullable Throwable problem = null;
        try {
            result = runner.run(job);
        } catch (Throwable thrown) {
            problem = thrown;
            jobs.log(thrown);
        } finally {
            @Nullable R how = result;
            @Nullable Throwable mistake = problem;
            events.add(() -> {
                jobs.run(() -> capacity.remove(job.content()));
                step(job, () -> end(job, how, mistake));
                startReady(capacity);
            });
        }
    }

    private void end(Job<J, R> job, @Nullable R result, @Nullable Throwable problem) {
        boolean done = result != null && verdict.isDone(result);
        job.setProblem(problem);
        move(job, done ? Phase.Event.SUCCEEDED : Phase.Event.FAILED, result);
        release(job);
    }

    /** Ends a job that nothing else can end any more. */
    private void fail(Job<J, R> job, Throwable problem) {
        if (!job.phase().isFinal()) {
            job.setProblem(problem);
            move(job, Phase.Event.FAILED, null);
        }
        release(job);
    }

    private void skip(Job<J, R> job) {
        // A loop instead of recursion: a chain of dependents may be long.
        Deque<Job<J, R>> doomed = new ArrayDeque<>();
        doomed.add(job);
        while (!doomed.isEmpty()) {
            Job<J, R> next = doomed.remove();
            if (next.phase() == Phase.WAITING) {
                move(next, Phase.Event.DEPENDENCY_FAILED, null);
                doomed.addAll(next.dependents());
                next.dependents().clear();
                next.completeEnd();
            }
        }
    }

    private void release(Job<J, R> job) {
        for (Job<J, R> dependent : job.dependents()) {
            if (job.phase() != Phase.DONE) {
                skip(dependent);
            } else if (dependent.countDown() == 0 && dependent.phase() == Phase.WAITING) {
                makeReady(dependent);
            }
        }
        job.dependents().clear();
        job.completeEnd();
    }

    private void move(Job<J, R> job, Phase.Event event, @Nullable R result) {
        job.move(event, result);
        tell(job);
    }

    private void tell(Job<J, R> job) {
        observers.run(() -> observer.changed(job));
    }
}
