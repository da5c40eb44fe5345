package org.experimaestro.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.engine.guard.Guard;
import org.experimaestro.engine.schedule.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * A run that executes jobs, from its first submission to its end. Whether it ends with its last job, by an exception, or
 * with its process, by Ctrl-C or {@code System.exit}: nothing is started afterwards, its jobs are accounted for once, and
 * the account is recorded. Thread-safe.
 */
final class RunSession implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(RunSession.class.getName());
    private static final Duration STOP = Duration.ofSeconds(10);
    /** How long it takes at most to stop all, and to tell the account. */
    private static final Duration LAST_WORD = STOP.multipliedBy(3);

    private final ExperimentRun experiment;
    private final RunRecord record;
    private final RunListener listener;
    private final ExecutorService blocking;
    private final Scheduler scheduler;
    private final Guard guard = new Guard("The account of the run");
    private final Thread hook = new Thread(this::tell, "experimaestro-run-end");
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable RunResult result;
    private volatile boolean isPlanBroken;
    private volatile boolean isStopped;
    private final Thread driver = Thread.currentThread();
    private boolean told;

    /**
     * Begins a session.
     *
     * @param experiment the submitted jobs
     * @param record the record of the run
     * @param listener is told how the run ended
     * @param blocking the threads of the jobs
     * @param scheduler gives each job its turn
     */
    RunSession(
            ExperimentRun experiment,
            RunRecord record,
            RunListener listener,
            ExecutorService blocking,
            Scheduler scheduler) {
        this.experiment = experiment;
        this.record = record;
        this.listener = listener;
        this.blocking = blocking;
        this.scheduler = scheduler;
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException processEnds) {
            LOGGER.log(System.Logger.Level.DEBUG, "The run begins while its process ends", processEnds);
        }
    }

    /** Runs the plan's code. Where that throws, the account does not say that another run would go on. */
    <S> void call(ExperimentPlan<S> plan, S settings) throws InterruptedException {
        try {
            PlanCalls.run(plan, experiment, settings);
        } catch (RuntimeException | Error thrown) {
            isPlanBroken = !isStopped && !(thrown.getCause() instanceof InterruptedException);
            throwIfStopped();
            throw thrown;
        }
        throwIfStopped(); // a plan may keep the interrupt for itself
    }

    /**
     * Stops the run, as by Ctrl-C: the plan can neither submit nor wait any longer, and no job is started after the return.
     *
     * @return whether there was something to stop: not if all jobs have ended
     */
    synchronized boolean stop() {
        if (result != null) {
            return false;
        }
        isStopped = true;
        experiment.close("the run was stopped");
        scheduler.close();
        experiment.abandon();
        driver.interrupt();
        return true;
    }

    private void throwIfStopped() throws InterruptedException {
        if (isStopped) {
            throw new InterruptedException("Somebody has asked the run to stop");
        }
    }

    /** All jobs have ended, or were submitted to batch systems: the result is recorded. It is told when the session closes. */
    synchronized void complete(RunResult end) throws InterruptedException {
        throwIfStopped();
        result = end;
        record.end(end);
    }

    /** Tells how the run ended, once; a second thread waits until that is done. */
    private void tell() {
        // A thread that is interrupted can neither wait nor write, but what is written now is the truth of the run.
        boolean interrupted = Thread.interrupted();
        experiment.close("the run was stopped");
        if (Thread.currentThread() != hook) {
            // Not when the process ends: the thread that ends it may be in a submission. Nor with the lock, which it
            // wants.
            interrupted |= isInterrupted(() -> experiment.awaitSubmissions(STOP));
        }
        interrupted |= isInterrupted(() -> {
            // Not for ever: the thread that has the lock may wait for the end of the process.
            if (lock.tryLock(LAST_WORD.toSeconds(), TimeUnit.SECONDS)) {
                try {
                    if (!told) {
                        told = true;
                        guard.run(this::tellOnce);
                    }
                } finally {
                    lock.unlock();
                }
            }
        });
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void tellOnce() {
        boolean interrupted = stopThreads();
        try {
            RunResult end = result;
            if (end != null) {
                listener.ended(end);
                return;
            }
            List<TaskJob> jobs = experiment.snapshot();
            RunAccount account = RunAccount.of(jobs, isPlanBroken);
            record.stopped(account);
            listener.stopped(account);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Leaves the jobs' processes alone, and ends what starts them and waits for them: nothing is written afterwards.
     *
     * @return whether this thread was interrupted meanwhile; it is so no longer
     */
    private boolean stopThreads() {
        scheduler.close();
        boolean interrupted = Thread.interrupted();
        blocking.shutdownNow();
        interrupted |= isInterrupted(() -> {
            if (!blocking.awaitTermination(STOP.toSeconds(), TimeUnit.SECONDS)) {
                LOGGER.log(System.Logger.Level.WARNING, "Some threads of the run do not end");
            }
        });
        return interrupted;
    }

    /** A step on the way to the end, which can be cut short. */
    private interface Wait {
        void run() throws InterruptedException;
    }

    /** Does it, and returns whether this thread was interrupted meanwhile; it is so no longer. */
    private static boolean isInterrupted(Wait wait) {
        try {
            wait.run();
            return Thread.interrupted();
        } catch (InterruptedException stopped) {
            return true;
        }
    }

    @Override
    public void close() {
        tell();
        experiment.abandon();
        record.close();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException processEnds) {
            LOGGER.log(System.Logger.Level.DEBUG, "The process ends with the run", processEnds);
        }
    }
}
