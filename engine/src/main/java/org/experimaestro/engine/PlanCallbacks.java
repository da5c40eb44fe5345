package org.experimaestro.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.experimaestro.PlanException;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.engine.schedule.Scheduler;
import org.experimaestro.engine.time.RunClock;
import org.jspecify.annotations.Nullable;

/**
 * The callbacks of a plan, which are called one after another. In a run that waits for its jobs, one thread of its own
 * calls them: it looks at the jobs when one of them changes, and at the files of running jobs from time to time. As long as
 * callbacks may come, the run does not end. In all other runs, the plan's thread calls them when it waits. Thread-safe.
 */
final class PlanCallbacks {
    /** The time between two looks at the files of running jobs. */
    private static final Duration LOOK = Duration.ofMillis(500);

    private static final System.Logger LOGGER = System.getLogger(PlanCallbacks.class.getName());

    /** The state of a job with callbacks. Guarded by {@link #lock}. */
    private static final class Entry {
        private final JobWatch watch;
        /** Callbacks may be due. */
        private boolean isOpen;
        /** The number of changes and of registrations. */
        private long changes;

        private @Nullable PlanHold hold;

        Entry(JobWatch watch) {
            this.watch = watch;
        }
    }

    private final ExperimentSetup setup;
    private final @Nullable Scheduler scheduler;
    private final RunListener listener;
    private final RunClock clock;
    private final ClassLoader classes;
    private final ReentrantLock lock = new ReentrantLock();
    /** Is held by the thread of the plan that makes calls, in a run without a thread of its own. */
    private final ReentrantLock turn = new ReentrantLock();

    private final Condition news = lock.newCondition();
    private final Condition closed = lock.newCondition();
    private final Map<TaskJob, Entry> entries = new LinkedHashMap<>();
    private boolean hasNews;
    private boolean isStopped;
    private @Nullable Thread thread;
    private volatile @Nullable Thread caller;
    private @Nullable PlanException failure;

    /**
     * Creates the callbacks of a run, which has none yet.
     *
     * @param setup the setup of the run
     * @param scheduler the scheduler of a run that waits for the ends of its jobs; {@code null} for all others
     * @param listener gets a warning when a callback fails
     * @param clock the clock of the looks at files
     */
    PlanCallbacks(ExperimentSetup setup, @Nullable Scheduler scheduler, RunListener listener, RunClock clock) {
        this.setup = setup;
        this.scheduler = scheduler;
        this.listener = listener;
        this.clock = clock;
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        this.classes = context != null ? context : PlanCallbacks.class.getClassLoader();
    }

    /** Returns whether the current thread is in a callback. */
    boolean isCalling() {
        return Thread.currentThread() == caller;
    }

    /** Returns whether the plan has registered any callback. */
    boolean hasAny() {
        lock.lock();
        try {
            return !entries.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Registers callbacks for a job.
     *
     * @param job the job
     * @param registration adds them to the job's watch
     */
    void register(TaskJob job, Consumer<JobWatch> registration) {
        lock.lock();
        try {
            Entry known = entries.get(job);
            Entry entry =
                    known != null ? known : new Entry(new JobWatch(job, scheduler != null, setup.mode(), classes));
            registration.accept(entry.watch);
            if (known == null) {
                entries.put(job, entry);
                job.watchPhases(phase -> changed(entry, phase));
                job.watchTaken(() -> taken(entry));
            }
            // A job that is left out has no end, unless a later job needs it.
            if (scheduler == null || job.isTaken()) {
                open(entry);
            }
            if (scheduler != null && thread == null) {
                thread = Thread.ofPlatform()
                        .daemon()
                        .name("experimaestro-callbacks")
                        .unstarted(this::callUntilStopped);
                thread.setContextClassLoader(classes);
                thread.start();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Is called before the job is submitted to the scheduler, so that the run does not end before the callbacks. */
    private void taken(Entry entry) {
        lock.lock();
        try {
            open(entry);
        } finally {
            lock.unlock();
        }
    }

    /** Is called by the scheduler's thread. */
    private void changed(Entry entry, Phase phase) {
        lock.lock();
        try {
            entry.watch.changed(phase);
            if (entry.isOpen || !phase.isFinal()) {
                open(entry);
            }
        } finally {
            lock.unlock();
        }
    }

    private void open(Entry entry) {
        entry.changes++;
        if (!entry.isOpen) {
            entry.isOpen = true;
            if (scheduler != null) {
                entry.hold = PlanHold.of(scheduler);
            }
        }
        hasNews = true;
        news.signalAll();
    }

    // ---- the thread of the callbacks ----

    /** Nothing but the end of the run ends the thread: without it, the run would wait for its callbacks for ever. */
    private void callUntilStopped() {
        while (!hasStopped()) {
            try {
                callDue();
                awaitNews();
            } catch (InterruptedException stopped) {
                LOGGER.log(System.Logger.Level.DEBUG, "The callbacks of the plan are interrupted", stopped);
            } catch (Throwable mistake) { // errors too
                LOGGER.log(System.Logger.Level.ERROR, "The callbacks of the plan have failed", mistake);
                record(PlanException.of("The callbacks of the plan have failed: " + mistake)
                        .cause(mistake)
                        .build());
            }
        }
    }

    private boolean hasStopped() {
        lock.lock();
        try {
            return isStopped;
        } finally {
            lock.unlock();
        }
    }

    private void awaitNews() throws InterruptedException {
        RunClock.Alarm alarm = clock.alarm(LOOK, this::look);
        lock.lock();
        try {
            while (!hasNews) {
                throwIfStopped();
                news.await();
            }
            hasNews = false;
        } finally {
            lock.unlock();
            alarm.cancel();
        }
    }

    private void look() {
        lock.lock();
        try {
            hasNews = true;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void throwIfStopped() throws InterruptedException {
        if (isStopped) {
            throw new InterruptedException("The run has ended");
        }
    }

    /** Makes all calls that are due, also those of which others are the cause. */
    private void callDue() throws InterruptedException {
        boolean called = true;
        while (called) {
            called = false;
            for (Entry entry : openEntries()) {
                called |= callDue(entry);
            }
        }
    }

    private List<Entry> openEntries() throws InterruptedException {
        lock.lock();
        try {
            throwIfStopped();
            List<Entry> open = new ArrayList<>();
            for (Entry entry : entries.values()) {
                if (entry.isOpen) {
                    open.add(entry);
                }
            }
            return open;
        } finally {
            lock.unlock();
        }
    }

    /** Makes the calls that are due for a job, and returns whether there were any. */
    private boolean callDue(Entry entry) throws InterruptedException {
        long seen = changesOf(entry);
        int restarts = entry.watch.restarts();
        boolean hasEnded = entry.watch.hasEnded();
        boolean called = false;
        while (call(entry.watch, restarts, hasEnded)) {
            called = true;
        }
        if (hasEnded || scheduler == null) {
            closeUnlessChanged(entry, seen);
        }
        return called;
    }

    private long changesOf(Entry entry) {
        lock.lock();
        try {
            return entry.changes;
        } finally {
            lock.unlock();
        }
    }

    private void closeUnlessChanged(Entry entry, long seen) {
        lock.lock();
        try {
            if (entry.changes == seen) {
                entry.isOpen = false;
                if (entry.hold != null) {
                    entry.hold.release();
                    entry.hold = null;
                }
                closed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Makes the next call that is due for a job, and returns whether there was one. */
    private boolean call(JobWatch watch, int restarts, boolean hasEnded) throws InterruptedException {
        boolean isCall = false;
        caller = Thread.currentThread();
        try {
            JobWatch.Call call = watch.next(restarts, hasEnded);
            if (call != null) {
                isCall = true;
                call.run();
            }
        } catch (Throwable thrown) { // errors too: the jobs and the other callbacks go on
            stopIfAsked(thrown);
            failed(watch, thrown);
        } finally {
            caller = null;
            forgetInterruption();
        }
        return isCall;
    }

    /** A callback may leave an interruption behind, which is none of this thread: only {@link #stop} interrupts that. */
    private void forgetInterruption() {
        lock.lock();
        try {
            if (scheduler != null && !isStopped) {
                Thread.interrupted();
            }
        } finally {
            lock.unlock();
        }
    }

    private void stopIfAsked(Throwable thrown) throws InterruptedException {
        lock.lock();
        try {
            if (isStopped) {
                LOGGER.log(System.Logger.Level.DEBUG, "A callback ended because the run was stopped", thrown);
                throwIfStopped();
            }
        } finally {
            lock.unlock();
        }
    }

    private void failed(JobWatch watch, Throwable thrown) {
        PlanException problem =
                PlanCalls.callbackFailed(watch.job().task().folder().name(), thrown);
        record(problem);
        LOGGER.log(System.Logger.Level.ERROR, problem.getMessage(), thrown);
        listener.warning(problem.getMessage() + "; the run fails at its end, its jobs go on");
    }

    private void record(PlanException problem) {
        lock.lock();
        try {
            if (failure == null) {
                failure = problem;
            } else {
                failure.addSuppressed(problem);
            }
        } finally {
            lock.unlock();
        }
    }

    // ---- the threads of the plan ----

    /**
     * Waits until all callbacks for jobs have returned that are due when the jobs have ended. In a run that does not wait for
     * its jobs, calls those that are due now.
     *
     * @param jobs the jobs
     * @throws PlanException if the run was stopped
     * @throws InterruptedException if the thread is interrupted
     */
    void await(Collection<TaskJob> jobs) throws InterruptedException {
        if (scheduler == null) {
            turn.lockInterruptibly();
            try {
                callDue();
            } finally {
                turn.unlock();
            }
            return;
        }
        lock.lock();
        try {
            for (TaskJob job : jobs) {
                Entry entry = entries.get(job);
                while (entry != null && entry.isOpen) {
                    if (isStopped) {
                        throw PlanException.of("Cannot wait for the callbacks of the plan: the run has ended")
                                .build();
                    }
                    closed.await();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until all callbacks have returned, also those that others have registered. */
    void awaitAll() throws InterruptedException {
        List<TaskJob> watched;
        do {
            lock.lock();
            try {
                watched = new ArrayList<>(entries.keySet());
            } finally {
                lock.unlock();
            }
            await(watched);
        } while (hasOpen());
    }

    private boolean hasOpen() {
        lock.lock();
        try {
            return !isStopped && entries.values().stream().anyMatch(entry -> entry.isOpen);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Throws the first exception of a callback, with the others.
     *
     * @throws PlanException if a callback has failed
     */
    void throwIfFailed() {
        lock.lock();
        try {
            if (failure != null) {
                throw failure;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Warns of callbacks that have no call, because their jobs are on demand and no job that is to run needs them. */
    void warnOfJobsNotNeeded() {
        List<String> jobs = new ArrayList<>();
        lock.lock();
        try {
            for (Map.Entry<TaskJob, Entry> each : entries.entrySet()) {
                if (each.getKey().isNotNeeded() && each.getValue().watch.isForAnnouncements()) {
                    jobs.add(each.getKey().task().folder().name());
                }
            }
        } finally {
            lock.unlock();
        }
        for (String job : jobs) {
            listener.warning("Nothing is called for what " + job + " announces: it is a job on demand, and "
                    + TaskJob.NO_DEMAND + "; a callback makes no demand, so submit the task by submit if it is to run");
        }
    }

    /** Calls no more callbacks. Does not wait for the one that goes on. */
    void stop() {
        lock.lock();
        try {
            isStopped = true;
            news.signalAll();
            closed.signalAll();
            if (thread != null && thread != Thread.currentThread()) {
                thread.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }
}
