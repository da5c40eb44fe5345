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
import java.util.function.Function;
import org.experimaestro.PlanException;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.engine.schedule.Scheduler;
import org.experimaestro.engine.time.RunClock;
import org.jspecify.annotations.Nullable;

/**
 * The jobs with callbacks. A job is open while callbacks may be due for it, and as long as one is open, a run that waits for
 * its jobs does not end. Thread-safe.
 */
final class WatchedJobs {
    private final @Nullable Scheduler scheduler;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Condition closed = lock.newCondition();
    private final Map<TaskJob, Watched> jobs = new LinkedHashMap<>();
    private boolean hasNews;
    private boolean isStopped;

    /** A job with callbacks. */
    static final class Watched {
        private final JobWatch watch;
        private boolean isOpen;
        /** The number of changes and of registrations. */
        private long changes;

        private @Nullable PlanHold hold;

        Watched(JobWatch watch) {
            this.watch = watch;
        }

        JobWatch watch() {
            return watch;
        }
    }

    /**
     * Creates the jobs, none of which is watched yet.
     *
     * @param scheduler the scheduler of a run that waits for the ends of its jobs; {@code null} for all others
     */
    WatchedJobs(@Nullable Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /**
     * Registers callbacks for a job.
     *
     * @param job the job
     * @param watch makes its watch, unless it has one
     * @param registration adds the callbacks to the watch
     */
    void register(TaskJob job, Function<TaskJob, JobWatch> watch, Consumer<JobWatch> registration) {
        lock.lock();
        try {
            Watched known = jobs.get(job);
            Watched watched = known != null ? known : new Watched(watch.apply(job));
            registration.accept(watched.watch);
            if (known == null) {
                jobs.put(job, watched);
                job.watchPhases(phase -> changed(watched, phase));
                job.watchTaken(() -> taken(watched));
            }
            // A job that is left out has no end, unless a later job needs it.
            if (scheduler == null || job.isTaken()) {
                open(watched);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Opens a job before the scheduler has it, so that the run does not end before the callbacks. */
    private void taken(Watched watched) {
        lock.lock();
        try {
            open(watched);
        } finally {
            lock.unlock();
        }
    }

    /** Takes a new phase of a job, in the scheduler's thread. */
    private void changed(Watched watched, Phase phase) {
        lock.lock();
        try {
            watched.watch.changed(phase);
            if (watched.isOpen || !phase.isFinal()) {
                open(watched);
            }
        } finally {
            lock.unlock();
        }
    }

    private void open(Watched watched) {
        watched.changes++;
        if (!watched.isOpen) {
            watched.isOpen = true;
            if (scheduler != null) {
                watched.hold = PlanHold.of(scheduler);
            }
        }
        tellNews();
    }

    private void tellNews() {
        hasNews = true;
        news.signalAll();
    }

    /** Returns whether no job has callbacks. */
    boolean isEmpty() {
        lock.lock();
        try {
            return jobs.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns the jobs for which callbacks may be due, in the order of their registration.
     *
     * @throws InterruptedException if the run has ended
     */
    List<Watched> open() throws InterruptedException {
        lock.lock();
        try {
            throwIfStopped();
            return jobs.values().stream().filter(watched -> watched.isOpen).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Returns the number of changes of a job so far, for {@link #closeUnlessChanged}. */
    long changes(Watched watched) {
        lock.lock();
        try {
            return watched.changes;
        } finally {
            lock.unlock();
        }
    }

    /** Closes a job for which all calls were made, unless it has changed since. */
    void closeUnlessChanged(Watched watched, long seen) {
        lock.lock();
        try {
            if (watched.changes == seen) {
                watched.isOpen = false;
                if (watched.hold != null) {
                    watched.hold.release();
                    watched.hold = null;
                }
                closed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until a job changes, or it is time for a look at the files of running jobs.
     *
     * @param clock the clock of the looks
     * @param look the time until the look
     * @throws InterruptedException if the run has ended, or the thread is interrupted
     */
    void awaitNews(RunClock clock, Duration look) throws InterruptedException {
        RunClock.Alarm alarm = clock.alarm(look, this::look);
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
            tellNews();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until jobs are closed.
     *
     * @throws PlanException if the run was stopped
     */
    void awaitClosed(Collection<TaskJob> awaited) throws InterruptedException {
        lock.lock();
        try {
            for (TaskJob job : awaited) {
                Watched watched = jobs.get(job);
                while (watched != null && watched.isOpen) {
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

    /** Returns all jobs with callbacks, in the order of their registration. */
    List<TaskJob> all() {
        lock.lock();
        try {
            return new ArrayList<>(jobs.keySet());
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether callbacks may still be due for a job, in a run that goes on. */
    boolean hasOpen() {
        lock.lock();
        try {
            return !isStopped && jobs.values().stream().anyMatch(watched -> watched.isOpen);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the names of the jobs that no job needs, and whose announcements have callbacks. */
    List<String> notNeeded() {
        List<String> names = new ArrayList<>();
        lock.lock();
        try {
            jobs.forEach((job, watched) -> {
                if (job.isNotNeeded() && watched.watch.isForAnnouncements()) {
                    names.add(job.task().folder().name());
                }
            });
            return names;
        } finally {
            lock.unlock();
        }
    }

    boolean isStopped() {
        lock.lock();
        try {
            return isStopped;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Throws if the run has ended.
     *
     * @throws InterruptedException if it has
     */
    void throwIfStopped() throws InterruptedException {
        if (isStopped()) {
            throw new InterruptedException("The run has ended");
        }
    }

    /** Forgets an interruption of the current thread, unless {@link #stop} is its cause. */
    void forgetInterruption() {
        lock.lock();
        try {
            if (!isStopped) {
                Thread.interrupted();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends all waits.
     *
     * @param caller the thread that makes the calls, which is interrupted; {@code null} if there is none
     */
    void stop(@Nullable Thread caller) {
        lock.lock();
        try {
            isStopped = true;
            news.signalAll();
            closed.signalAll();
            if (caller != null && caller != Thread.currentThread()) {
                caller.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }
}
