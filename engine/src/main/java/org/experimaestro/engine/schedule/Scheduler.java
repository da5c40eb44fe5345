package org.experimaestro.engine.schedule;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import org.experimaestro.engine.guard.Guard;
import org.experimaestro.engine.time.RunClock;
import org.jspecify.annotations.Nullable;

/**
 * The scheduler of a run's jobs, which decides which job is next. One thread owns the state of all jobs. Blocking work
 * is done by other threads, and comes back as an event. An event costs what it changes: a job's end visits its
 * dependents, and no other job.
 *
 * <p>An exception of a job's {@link Work} or of the executor ends at most the job of that call. The thread handles the
 * next event, and each submitted job ends.
 *
 * <p>The thread calls {@link Work#changed} itself, which writes a line of the run's journal and prints one. Such a line
 * takes some microseconds ({@code benchmarks/run} measures it), so a thread of its own would not make a run faster. A
 * disk or a terminal that takes no output, for example after Ctrl-S, delays the next starts until it takes output again.
 *
 * <p>Thread-safe.
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

    /** The answer to a request to try a job again. */
    public enum Retry {
        /** The job waits for its turn. */
        GRANTED,
        /** The job has not failed. */
        NOT_FAILED,
        /**
         * All jobs have ended and there will be no others, or the scheduler is closed: the run does not wait any
         * longer.
         */
        OVER
    }

    private final Executor blocking;
    private final ReadyQueue ready = new ReadyQueue(this::start, this::ask);
    private final JobAlarms alarms;
    private final Guard observers = new Guard("The observer of the jobs");
    private final Guard jobs = new Guard("The code that is to run a job");
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final EventLoop events = new EventLoop(jobs, this::completeEnd, this::abandon);
    private long turns;
    /** The number of jobs that have not ended. */
    private int open;

    private boolean isComplete;

    /**
     * Creates a scheduler and starts its thread.
     *
     * @param clock the clock of time limits and delays
     * @param blocking the executor that gives each running job a thread
     */
    public Scheduler(RunClock clock, Executor blocking) {
        this.alarms = new JobAlarms(clock, events::add);
        this.blocking = blocking;
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
        events.add(() -> isComplete = true);
        return end;
    }

    /**
     * Tries a failed job again. The jobs that were skipped because of this job alone wait for it again. A job that waits
     * for the time of its next try has it now.
     *
     * @param job the job
     * @return the future of the answer, which is completed in any case, also if the scheduler is closed
     */
    public Future<Retry> retry(Job job) {
        return events.ask(
                () -> {
                    if (end.isDone()) {
                        return Retry.OVER;
                    }
                    if (job.phase() == Phase.WAITING && job.isDelayed()) {
                        alarms.cancel(job);
                        job.setDelayed(false);
                        job.work().requested();
                        wake(job);
                        return Retry.GRANTED;
                    }
                    if (job.phase() != Phase.FAILED) {
                        return Retry.NOT_FAILED;
                    }
                    job.work().requested();
                    revive(job);
                    return Retry.GRANTED;
                },
                answer -> answer.complete(Retry.OVER));
    }

    /**
     * Makes a job wait for another one that it did not depend on when it was submitted. A job that runs now waits for
     * it only when it goes back to waiting.
     *
     * @param job a submitted job
     * @param dependency another submitted job
     * @return a future that is completed when the dependency is added. It fails with an
     *     {@link IllegalArgumentException} if the other job waits for this one. It fails with an
     *     {@link IllegalStateException} if this job has ended, or the scheduler is closed
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
            job.setProblem(problem);
            end(job, Phase.Event.FAILED);
        }
        return problem == null;
    }

    // ---- before a job runs ----

    private void add(Job job, Found found) {
        open++;
        if (found != Found.DONE) {
            job.dependencies().forEach(job::count);
        }
        step(job, () -> {
            switch (found) {
                case DONE -> end(job, Phase.Event.SUCCEEDED);
                case FAILED -> end(job, Phase.Event.FAILED);
                case RUNNING -> attach(job);
                case TO_RUN -> {
                    if (!job.isDoomed() && job.isBlocked()) {
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
        if (isWaitingFor(dependency, job)) {
            throw new IllegalArgumentException("Jobs cannot wait for each other");
        }
        job.addDependency(dependency);
        job.count(dependency);
        if (job.phase() == Phase.READY && job.isBlocked()) {
            ready.remove(job);
            ready.giveBack(job);
            dismiss(job);
            ready.settle();
            move(job, Phase.Event.BLOCKED);
        }
        wake(job);
    }

    /** Returns whether a job is another one, or waits for it, directly or through other jobs. */
    private static boolean isWaitingFor(Job job, Job other) {
        Deque<Job> pending = new ArrayDeque<>();
        Set<Job> seen = new HashSet<>();
        pending.add(job);
        while (!pending.isEmpty()) {
            Job next = pending.remove();
            if (next == other) {
                return true;
            }
            if (next.phase() != Phase.DONE && seen.add(next)) {
                pending.addAll(next.dependencies());
            }
        }
        return false;
    }

    /** Skips a waiting job, or makes it ready, if it has no reason to wait any longer. */
    private void wake(Job job) {
        if (job.phase() != Phase.WAITING) {
            return;
        }
        if (job.isDoomed()) {
            end(job, Phase.Event.DEPENDENCY_FAILED);
        } else if (!job.isBlocked()) {
            step(job, () -> {
                move(job, Phase.Event.UNBLOCKED);
                job.prepare(turns++);
                ready.add(job);
            });
        }
    }

    /** Takes the demands of a job that runs already, even if there is no room, and waits for its end. */
    private void attach(Job job) {
        job.prepare(turns++);
        ready.take(job);
        start(job);
        ready.settle();
    }

    // ---- its admission ----

    /** Asks for the admission of a job, unless a thread that asked for it at an earlier turn still waits. */
    private void ask(Job job) {
        if (job.isAsking()) {
            return;
        }
        job.setAsking(true);
        boolean asked = step(job, () -> blocking.execute(() -> awaitAdmission(job)));
        if (!asked) {
            job.setAsking(false);
            ready.giveBack(job);
        }
    }

    private void awaitAdmission(Job job) {
        Work.@Nullable Admission given = null;
        @Nullable Throwable problem = null;
        try {
            given = job.work().admit();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            problem = stopped;
        } catch (Throwable thrown) {
            problem = thrown;
            jobs.log(thrown);
        } finally {
            Work.@Nullable Admission admission = given;
            @Nullable Throwable mistake = problem;
            events.add(() -> admitted(job, admission, mistake));
        }
    }

    private void admitted(Job job, Work.@Nullable Admission admission, @Nullable Throwable problem) {
        job.setAsking(false);
        job.setAdmission(admission);
        // A job that got another dependency meanwhile, or has come back to a line since, asks again at its turn.
        boolean isItsTurn = job.phase() == Phase.READY && !job.taken().isEmpty();
        if (isItsTurn && admission != null) {
            step(job, () -> ready.add(job));
        } else if (isItsTurn) {
            ready.giveBack(job);
            step(job, () -> {
                job.setProblem(problem);
                end(job, Phase.Event.FAILED);
            });
            ready.settle();
        } else {
            dismiss(job);
        }
    }

    private void dismiss(Job job) {
        Work.@Nullable Admission admission = job.admission();
        if (admission != null) {
            job.setAdmission(null);
            jobs.run(() -> blocking.execute(() -> jobs.run(admission::dismiss)));
        }
    }

    // ---- while it runs ----

    private void start(Job job) {
        boolean started = step(job, () -> {
            move(job, Phase.Event.STARTED);
            job.work().timeLimit().ifPresent(limit -> alarms.set(job, limit, () -> expire(job)));
            blocking.execute(() -> run(job));
        });
        if (!started) {
            alarms.cancel(job);
            dismiss(job);
            ready.giveBack(job);
        }
    }

    /**
     * Runs a job on a thread of its own. An end is always reported, because a job without an end would block the run.
     */
    private void run(Job job) {
        @Nullable Ending ending = null;
        @Nullable Throwable problem = null;
        try {
            Work.@Nullable Admission admission = job.admission();
            ending = admission == null ? job.work().run() : admission.run();
        } catch (Throwable thrown) {
            problem = thrown;
            jobs.log(thrown);
        } finally {
            @Nullable Ending how = ending;
            @Nullable Throwable mistake = problem;
            events.add(() -> conclude(job, how, mistake));
        }
    }

    private void expire(Job job) {
        blocking.execute(() -> jobs.run(() -> job.work().expire()));
    }

    private void conclude(Job job, @Nullable Ending ending, @Nullable Throwable problem) {
        alarms.cancel(job);
        job.setAdmission(null);
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
        ready.settle();
    }

    private void postpone(Job job, Duration delay) {
        move(job, Phase.Event.POSTPONED);
        if (delay.isPositive() && !job.isDoomed()) {
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
                job.dependents().forEach(this::wake);
                job.dependents().clear();
            } else {
                for (Job dependent : job.dependents()) {
                    dependent.dependencyLost();
                    ended.add(dependent);
                }
            }
            open--;
            job.completeEnd();
        }
    }

    private void revive(Job first) {
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
