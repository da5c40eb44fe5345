package org.experimaestro.engine.schedule;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import org.experimaestro.engine.guard.Guard;
import org.experimaestro.engine.time.RunClock;
import org.jspecify.annotations.Nullable;

/**
 * The scheduler of a run's jobs, which decides which job is next. One thread owns the state of all jobs. Blocking work
 * is done by other threads, and comes back as an event. An event costs what it changes: a job's end visits its
 * dependents, and no other job. Thread-safe.
 *
 * <p>An exception of a job's {@link Work} or of the executor ends at most the job of that call. The thread handles the
 * next event, and each submitted job ends.
 *
 * <p>The thread calls {@link Work#changed} itself, which writes a line of the run's journal and prints one. Such a line
 * takes some microseconds ({@code benchmarks/run} measures it), so a thread of its own would not make a run faster. A
 * disk or a terminal that takes no output, for example after Ctrl-S, delays the next starts until it takes output again.
 */
public final class Scheduler implements AutoCloseable {

    /** The state in which a job is found when it is submitted. */
    public enum Found {
        /** The job has to be run. */
        TO_RUN,
        /** The job runs already: it waits neither for dependencies nor for room. */
        RUNNING,
        /** The job is done. */
        DONE,
        /** The job has failed, and is not run. */
        FAILED
    }

    private final JobThreads threads;
    private final ReadyQueue ready = new ReadyQueue(this::start, this::ask);
    private final JobUrgency urgency = new JobUrgency(ready);
    private final long mostFailures;
    private final JobAlarms alarms;
    private final Admissions admissions;
    private final Guard observers = new Guard("The observer of the jobs");
    private final Guard jobs = new Guard("The code that is to run a job");
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final EventLoop events = new EventLoop(jobs, this::completeEnd, this::abandon);
    private long turns;
    /** The number of jobs that have not ended. */
    private int open;

    private boolean isComplete;
    private boolean isPaused;
    private long failures;
    private volatile @Nullable Job culprit;

    /**
     * Creates a scheduler and starts its thread.
     *
     * @param clock the clock of time limits and delays
     * @param blocking the executor that gives each running job a thread
     */
    public Scheduler(RunClock clock, Executor blocking) {
        this(clock, blocking, Long.MAX_VALUE);
    }

    /**
     * Creates a scheduler that stops to start jobs when some have failed, and starts its thread.
     *
     * @param clock the clock of time limits and delays
     * @param blocking the executor that gives each running job a thread
     * @param mostFailures the number of failed jobs after which no job is started any longer, at least 1. Running jobs
     *     go on to their ends, and the others are {@link Job#isWithheld withheld}
     */
    public Scheduler(RunClock clock, Executor blocking, long mostFailures) {
        this.mostFailures = mostFailures;
        this.alarms = new JobAlarms(clock, events::add);
        this.threads = new JobThreads(blocking, jobs, events::add);
        this.admissions = new Admissions(threads, jobs, ready, this::fail);
        events.start();
    }

    /**
     * Submits a job. The jobs that it depends on must have been submitted before.
     *
     * @param job a new job
     * @param found the state in which it was found
     */
    public void submit(Job job, Found found) {
        events.add(() -> add(job, found));
    }

    /**
     * Returns the future of the end of all jobs. No job may be submitted afterwards.
     *
     * @return a future that is completed at the moment when all jobs have ended; from then on, no failed job is tried
     *     again. It is cancelled if the scheduler is closed before
     */
    public Future<Void> end() {
        events.add(() -> {
            isComplete = true;
            urgency.update();
        });
        return end;
    }

    /**
     * Tries a failed job again. The jobs that were skipped because of this job alone wait for it again. A job that waits
     * for the time of its next try has it now.
     *
     * @param job the job
     * @return the future of the answer, which is completed in any case, also if the scheduler is closed
     */
    public Future<RetryAnswer> retry(Job job) {
        return retry(job, job.work()::requested, true);
    }

    /**
     * Ends the wait of a job for its next attempt: it has its turn at once, with the demands that it has after the call.
     *
     * @param told called before the turn
     * @return as for {@link #retry}; {@link RetryAnswer#NOT_FAILED} unless the job waits for a time, or for room
     */
    public Future<RetryAnswer> endWait(Job job, Runnable told) {
        return retry(job, told, false);
    }

    private Future<RetryAnswer> retry(Job job, Runnable told, boolean alsoEnded) {
        return events.ask(
                () -> {
                    if (end.isDone()) {
                        return RetryAnswer.OVER;
                    }
                    if (culprit != null) {
                        return RetryAnswer.WITHHELD;
                    }
                    if (job.phase() == Phase.WAITING && job.isDelayed()) {
                        alarms.cancel(job);
                        job.setDelayed(false);
                        told.run();
                        wake(job);
                        return RetryAnswer.GRANTED;
                    }
                    if (job.phase() != (alsoEnded ? Phase.FAILED : Phase.READY)) {
                        return RetryAnswer.NOT_FAILED;
                    }
                    told.run();
                    if (alsoEnded) {
                        revive(job);
                    } else {
                        queueAgain(job);
                    }
                    return RetryAnswer.GRANTED;
                },
                answer -> answer.complete(RetryAnswer.OVER));
    }

    /**
     * Makes a job wait for another one, from its next turn on.
     *
     * @param job a submitted job
     * @param dependency another submitted job
     * @return a future that is completed when the dependency is added. It fails with an {@link IllegalArgumentException}
     *     if the other job waits for this one, and with an {@link IllegalStateException} after the end of the job or scheduler
     */
    public Future<Void> depend(Job job, Job dependency) {
        return events.ask(
                () -> {
                    addDependency(job, dependency);
                    return null;
                },
                answer -> answer.completeExceptionally(new IllegalStateException("The scheduler is closed")));
    }

    /**
     * Changes a limit. Running jobs go on, even if they are too many now.
     *
     * @param limit the limit
     * @param size the new size, at least 1
     * @return a future that is true if the change can have an effect, and false if all jobs have ended or the scheduler
     *     is closed
     */
    public Future<Boolean> resize(Limit limit, long size) {
        return events.ask(
                () -> {
                    boolean isOver = end.isDone();
                    if (!isOver) {
                        ready.resize(limit, size);
                    }
                    return !isOver;
                },
                answer -> answer.complete(false));
    }

    /**
     * Returns the use of a limit, after it was changed.
     *
     * @param limit the limit
     * @param size the new size; 0 or more
     * @return a future of the use; {@link LimitUse#NONE} if the scheduler is closed
     */
    public Future<LimitUse> share(Limit limit, long size) {
        return events.ask(
                () -> {
                    if (size != limit.size()) {
                        ready.resize(limit, size);
                    }
                    return new LimitUse(limit.used(), ready.waiting(limit));
                },
                answer -> answer.complete(LimitUse.NONE));
    }

    /** Lets other jobs have the room of one that has to wait for its admission. {@link Work#admit} calls it. */
    public void waitsForAdmission(Job job) {
        events.add(() -> admissions.letGo(job));
    }

    /** Runs an action on the scheduler's thread, if a job {@linkplain Job#wantsAdmission wants} its admission then. */
    public void whileItAsks(Job job, Runnable action) {
        events.add(() -> {
            if (job.wantsAdmission()) {
                observers.run(action);
            }
        });
    }

    /**
     * Starts no more jobs, or starts them again. Running jobs go on.
     *
     * @param paused whether no job is to be started
     * @return a future that is true if the change can have an effect, and false if all jobs have ended or the scheduler
     *     is closed
     */
    public Future<Boolean> pause(boolean paused) {
        return events.ask(
                () -> {
                    boolean isOver = end.isDone();
                    if (!isOver && paused != isPaused) {
                        isPaused = paused;
                        if (paused) {
                            ready.hold();
                            admissions.withdrawAll();
                        } else if (culprit == null) {
                            ready.release();
                        }
                    }
                    return !isOver;
                },
                answer -> answer.complete(false));
    }

    /** Returns the failed job because of which no more jobs are started; empty as long as fewer have failed than may. */
    public Optional<Job> culprit() {
        return Optional.ofNullable(culprit);
    }

    /**
     * Stops the scheduling. Running jobs go on. No job is started after the return, unless an observer takes longer
     * than ten seconds. Questions that are not answered yet are refused, and the future of the end is cancelled.
     */
    @Override
    public void close() {
        events.close();
    }

    private void completeEnd() {
        if (isComplete && open == 0) {
            end.complete(null);
        }
    }

    private void abandon() {
        alarms.cancelAll();
        end.cancel(false);
    }

    /**
     * Takes the next step of a job, and returns whether it succeeded. A job whose step throws an exception has failed.
     */
    private boolean step(Job job, Runnable action) {
        @Nullable Throwable problem = jobs.run(action).orElse(null);
        if (problem != null && !job.phase().isFinal()) {
            fail(job, problem);
        }
        return problem == null;
    }

    private void fail(Job job, Throwable problem) {
        job.setProblem(problem);
        end(job, Phase.Event.FAILED);
    }

    // ---- before a job runs ----

    private void add(Job job, Found found) {
        open++;
        if (found != Found.DONE) {
            job.dependencies().forEach(job::count);
        }
        step(job, () -> {
            urgency.add(job);
            switch (found) {
                case DONE -> end(job, Phase.Event.SUCCEEDED);
                case FAILED -> end(job, Phase.Event.FAILED);
                case RUNNING -> attach(job);
                case TO_RUN -> {
                    if (!job.isDoomed() && job.isBlocked() && culprit == null) {
                        tell(job);
                    }
                    wake(job);
                }
            }
        });
    }

    private void addDependency(Job job, Job dependency) {
        if (job.phase().isFinal()) {
            throw new IllegalStateException("A job that is " + job.phase() + " waits for nothing");
        }
        if (dependency.isWaitingFor(job)) {
            throw new IllegalArgumentException("Jobs cannot wait for each other");
        }
        job.addDependency(dependency);
        job.count(dependency);
        urgency.inherit(job);
        if (job.phase() == Phase.READY && job.isBlocked()) {
            ready.remove(job);
            admissions.withdraw(job);
            ready.settle();
            move(job, Phase.Event.BLOCKED);
        }
        wake(job);
    }

    /** Skips a waiting job, or makes it ready, if it has no reason to wait any longer. */
    private void wake(Job job) {
        if (job.phase() != Phase.WAITING) {
            return;
        }
        if (job.isDoomed()) {
            end(job, Phase.Event.DEPENDENCY_FAILED);
        } else if (culprit != null) {
            withhold(job);
        } else if (!job.isBlocked()) {
            step(job, () -> {
                move(job, Phase.Event.UNBLOCKED);
                job.prepare(turns++);
                ready.add(job);
            });
        }
    }

    private void queueAgain(Job job) {
        ready.remove(job);
        admissions.withdraw(job);
        job.prepare(turns++);
        ready.add(job);
    }

    /** Takes the demands of a job that runs already, even if there is no room, and waits for its end. */
    private void attach(Job job) {
        job.prepare(turns++);
        ready.take(job);
        start(job);
        ready.settle();
    }

    // ---- while it runs ----

    private void ask(Job job) {
        admissions.ask(job);
    }

    private void start(Job job) {
        boolean started = step(job, () -> {
            move(job, Phase.Event.STARTED);
            job.work().timeLimit().ifPresent(limit -> alarms.set(job, limit, () -> threads.call(job.work()::expire)));
            threads.call(job, Job::run, this::conclude);
        });
        if (!started) {
            alarms.cancel(job);
            admissions.withdraw(job);
        }
    }

    private void conclude(Job job, @Nullable Ending ending, @Nullable Throwable problem) {
        alarms.cancel(job);
        job.setAdmission(null);
        ready.together(() -> {
            ready.giveBack(job);
            step(job, () -> {
                job.setProblem(problem);
                switch (ending) {
                    case null -> end(job, Phase.Event.FAILED);
                    case Ending.Failed() -> end(job, Phase.Event.FAILED);
                    case Ending.Done() -> end(job, Phase.Event.SUCCEEDED);
                    case Ending.Again(Duration delay) -> postpone(job, delay);
                }
            });
            urgency.updateSometimes();
        });
    }

    private void postpone(Job job, Duration delay) {
        move(job, Phase.Event.POSTPONED);
        if (delay.isPositive() && !job.isDoomed() && culprit == null) {
            job.setDelayed(true);
            alarms.set(job, delay, () -> {
                job.setDelayed(false);
                wake(job);
            });
        }
        wake(job);
    }

    // ---- after its end ----

    /**
     * Ends a job, and skips or wakes the jobs that wait for it. A loop replaces recursion, because chains of jobs may
     * be long.
     */
    private void end(Job first, Phase.Event how) {
        Deque<Job> ended = new ArrayDeque<>();
        ended.add(first);
        while (!ended.isEmpty()) {
            Job job = ended.remove();
            if (job != first && job.phase() != Phase.WAITING) {
                continue;
            }
            move(job, job == first ? how : Phase.Event.DEPENDENCY_FAILED);
            if (job.phase() == Phase.DONE) {
                job.dependents().forEach(Job::dependencyDone);
                job.dependents().stream().sorted(Job.URGENCY).toList().forEach(this::wake);
                job.dependents().clear();
            } else if (!job.isWithheld()) {
                for (Job dependent : job.dependents()) {
                    dependent.dependencyLost();
                    ended.add(dependent);
                }
            }
            open--;
            urgency.ended();
            job.completeEnd();
        }
        if (first.phase() == Phase.FAILED && ++failures >= mostFailures && culprit == null) {
            culprit = first;
            ready.hold();
            withholdAll();
        }
    }

    /** Ends all jobs that have not been started. */
    private void withholdAll() {
        for (Job job : urgency.jobs()) {
            if (job.phase() == Phase.READY || job.phase() == Phase.WAITING) {
                withhold(job);
            }
        }
    }

    private void withhold(Job job) {
        ready.remove(job);
        admissions.withdraw(job);
        alarms.cancel(job);
        job.setDelayed(false);
        job.withhold();
        end(job, Phase.Event.WITHHELD);
    }

    private void revive(Job first) {
        failures--;
        Deque<Job> revived = new ArrayDeque<>();
        revived.add(first);
        while (!revived.isEmpty()) {
            Job job = revived.remove();
            open++;
            job.renewEnd();
            job.setProblem(null);
            move(job, Phase.Event.RETRIED);
            for (Job dependent : job.dependents()) {
                dependent.dependencyRevived();
                if (dependent.phase() == Phase.SKIPPED && !dependent.isDoomed()) {
                    revived.add(dependent);
                }
            }
        }
        wake(first);
    }

    private void move(Job job, Phase.Event event) {
        job.move(event);
        tell(job);
    }

    private void tell(Job job) {
        observers.run(() -> job.work().changed(job.phase()));
    }
}
