package org.experimaestro.engine;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.experimaestro.PlanException;
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

    private final ExperimentSetup setup;
    private final boolean hasThread;
    private final WatchedJobs jobs;
    private final RunListener listener;
    private final RunClock clock;
    private final ClassLoader classes;
    /** Is held by the thread of the plan that makes calls, in a run without a thread of its own. */
    private final ReentrantLock turn = new ReentrantLock();

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
        this.hasThread = scheduler != null;
        this.jobs = new WatchedJobs(scheduler);
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
        return !jobs.isEmpty();
    }

    /**
     * Registers callbacks for a job.
     *
     * @param job the job
     * @param registration adds them to the job's watch
     */
    void register(TaskJob job, Consumer<JobWatch> registration) {
        jobs.register(job, each -> new JobWatch(each, hasThread, setup.mode(), classes), registration);
        if (hasThread) {
            startThread();
        }
    }

    private synchronized void startThread() {
        if (thread == null) {
            thread =
                    Thread.ofPlatform().daemon().name("experimaestro-callbacks").unstarted(this::callUntilStopped);
            thread.setContextClassLoader(classes);
            thread.start();
        }
    }

    // ---- the thread of the callbacks ----

    /** Nothing but the end of the run ends the thread: without it, the run would wait for its callbacks for ever. */
    private void callUntilStopped() {
        while (!jobs.isStopped()) {
            try {
                callDue();
                jobs.awaitNews(clock, LOOK);
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

    /** Makes all calls that are due, also those of which others are the cause. */
    private void callDue() throws InterruptedException {
        boolean called = true;
        while (called) {
            called = false;
            for (WatchedJobs.Watched job : jobs.open()) {
                called |= callDue(job);
            }
        }
    }

    /** Makes the calls that are due for a job, and returns whether there were any. */
    private boolean callDue(WatchedJobs.Watched job) throws InterruptedException {
        long seen = jobs.changes(job);
        int restarts = job.watch().restarts();
        boolean hasEnded = job.watch().hasEnded();
        boolean called = false;
        while (call(job.watch(), restarts, hasEnded)) {
            called = true;
        }
        if (hasEnded || !hasThread) {
            jobs.closeUnlessChanged(job, seen);
        }
        return called;
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
            if (jobs.isStopped()) {
                LOGGER.log(System.Logger.Level.DEBUG, "A callback ended because the run was stopped", thrown);
                jobs.throwIfStopped();
            }
            failed(watch, thrown);
        } finally {
            caller = null;
            if (hasThread) {
                jobs.forgetInterruption(); // a callback may leave one behind, which is none of this thread
            }
        }
        return isCall;
    }

    private void failed(JobWatch watch, Throwable thrown) {
        PlanException problem =
                PlanCalls.callbackFailed(watch.job().task().folder().name(), thrown);
        record(problem);
        LOGGER.log(System.Logger.Level.ERROR, problem.getMessage(), thrown);
        listener.warning(problem.getMessage() + "; the run fails at its end, its jobs go on");
    }

    private synchronized void record(PlanException problem) {
        if (failure == null) {
            failure = problem;
        } else {
            failure.addSuppressed(problem);
        }
    }

    // ---- the threads of the plan ----

    /**
     * Waits until all callbacks for jobs have returned that are due when the jobs have ended. In a run that does not wait for
     * its jobs, calls those that are due now.
     *
     * @param awaited the jobs
     * @throws PlanException if the run was stopped
     * @throws InterruptedException if the thread is interrupted
     */
    void await(Collection<TaskJob> awaited) throws InterruptedException {
        if (hasThread) {
            jobs.awaitClosed(awaited);
            return;
        }
        turn.lockInterruptibly();
        try {
            callDue();
        } finally {
            turn.unlock();
        }
    }

    /** Waits until all callbacks have returned, also those that others have registered. */
    void awaitAll() throws InterruptedException {
        do {
            await(jobs.all());
        } while (jobs.hasOpen());
    }

    /**
     * Throws the first exception of a callback, with the others.
     *
     * @throws PlanException if a callback has failed
     */
    synchronized void throwIfFailed() {
        if (failure != null) {
            throw failure;
        }
    }

    /** Warns of callbacks that have no call, because their jobs are on demand and no job that is to run needs them. */
    void warnOfJobsNotNeeded() {
        for (String job : jobs.notNeeded()) {
            listener.warning("Nothing is called for what " + job + " announces: it is a job on demand, and "
                    + TaskJob.NO_DEMAND + "; a callback makes no demand, so submit the task by submit if it is to run");
        }
    }

    /** Calls no more callbacks. Does not wait for the one that goes on. */
    synchronized void stop() {
        jobs.stop(thread);
    }
}
