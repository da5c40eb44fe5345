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
 * A run that executes jobs, from its first submission to its end. The run may end with its last job, by an exception,
 * or with its process, by Ctrl-C or {@code System.exit}. In each case, no job is started afterwards, and the account of
 * the jobs is made and recorded once. Thread-safe.
 */
final class RunSession implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(RunSession.class.getName());
    private static final Duration STOP = Duration.ofSeconds(10);
    /** The longest time that stopping the threads and reporting the account may take. */
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
     * @param listener the listener that gets the end of the run
     * @param blocking the threads of the jobs
     * @param scheduler the scheduler of the jobs
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

    /** Runs the plan's code. If it throws, the account notes that another run may get no further. */
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
     * Stops the run, as Ctrl-C does: the plan can neither submit nor wait any longer, and no job is started after the
     * return.
     *
     * @return whether there was something to stop; false if all jobs have ended
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

    /**
     * Records the result, when all jobs have ended or were submitted to batch systems. The listener gets it when the
     * session closes.
     */
    synchronized void complete(RunResult end) throws InterruptedException {
        throwIfStopped();
        result = end;
        record.end(end);
    }

    /** Reports the end of the run, once. A second thread waits until that is done. */
    private void tell() {
        // An interrupted thread can neither wait nor write, but the end of the run must be written now.
        boolean interrupted = Thread.interrupted();
        experiment.close("the run was stopped");
        if (Thread.currentThread() != hook) {
            // Not when the process ends, because the thread that ends it may be in a submission. The wait is without
            // the lock, which that thread may need.
            interrupted |= isInterrupted(() -> experiment.awaitSubmissions(STOP));
        }
        interrupted |= isInterrupted(() -> {
            // The wait is limited, because the thread that has the lock may wait for the end of the process.
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
     * Ends the threads that start jobs and wait for them, so that they write nothing afterwards. The jobs' processes go
     * on.
     *
     * @return whether this thread was interrupted meanwhile; its interrupt is cleared
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

    /** A step towards the end of the run, which an interrupt can cut short. */
    private interface Wait {
        void run() throws InterruptedException;
    }

    /** Runs a step, and returns whether this thread was interrupted meanwhile; its interrupt is cleared. */
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
