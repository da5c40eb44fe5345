package org.experimaestro.engine;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.engine.guard.Guard;
import org.experimaestro.engine.guard.Uninterrupted;
import org.experimaestro.engine.schedule.Scheduler;
import org.experimaestro.engine.time.RunClock;
import org.jspecify.annotations.Nullable;

/**
 * A run that executes jobs, from its first submission to its end. The run may end with its last job, by an exception,
 * or with its process, by Ctrl-C or {@code System.exit}. In each case, no job is started afterwards, and the account of
 * the jobs is made and recorded once. Thread-safe.
 */
final class RunSession implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(RunSession.class.getName());
    private static final Duration STOP = Duration.ofSeconds(10);
    /**
     * The longest time that stopping the threads, ending jobs and reporting the account may take. It is a sum, because
     * {@link Duration#multipliedBy} would load {@code BigDecimal} at the start of each run.
     */
    private static final Duration LAST_WORD = STOP.plus(STOP).plus(STOP).plus(STOP);

    private final ExperimentRun experiment;
    private final RunRecord record;
    private final RunListener listener;
    private final ExecutorService blocking;
    private final Scheduler scheduler;
    private final RunClock clock;
    private final Guard guard = new Guard("The account of the run");
    private final Thread hook = new Thread(this::tell, "experimaestro-process-end");
    /** The thread that tells the end. Nobody knows it who could interrupt it, which would prevent it from writing. */
    private final Thread teller =
            Thread.ofPlatform().daemon().name("experimaestro-run-end").unstarted(() -> guard.run(this::tellOnce));

    private final AtomicBoolean isTold = new AtomicBoolean();
    private volatile @Nullable RunResult result;
    private volatile boolean isBroken;
    private volatile boolean isStopped;
    private final Thread driver = Thread.currentThread();
    /** The run ends, so that there is nothing left to stop. */
    private boolean isClosing;

    /**
     * Begins a session.
     *
     * @param experiment the submitted jobs
     * @param record the record of the run
     * @param listener the listener that gets the end of the run
     * @param blocking the threads of the jobs
     * @param scheduler the scheduler of the jobs
     * @param clock limits the wait for submissions in progress
     */
    RunSession(
            ExperimentRun experiment,
            RunRecord record,
            RunListener listener,
            ExecutorService blocking,
            Scheduler scheduler,
            RunClock clock) {
        this.experiment = experiment;
        this.record = record;
        this.listener = listener;
        this.blocking = blocking;
        this.scheduler = scheduler;
        this.clock = clock;
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException processEnds) {
            LOGGER.log(System.Logger.Level.DEBUG, "The run begins while its process ends", processEnds);
        }
    }

    /**
     * Runs the plan's code and its jobs, and records the result. If one of them throws, the account notes that another
     * run may get no further.
     */
    <S> RunResult run(ExperimentPlan<S> plan, S settings, Runnable afterPlan, ModeHandler handler)
            throws InterruptedException {
        try {
            PlanCalls.run(plan, experiment, settings);
            throwIfStopped(); // a plan may keep the interrupt for itself
            afterPlan.run();
            RunResult end = handler.finish(experiment);
            experiment.throwIfCallbackFailed();
            complete(end);
            return end;
        } catch (RuntimeException | Error thrown) {
            isBroken = !isStopped && !(thrown.getCause() instanceof InterruptedException);
            throwIfStopped();
            throw thrown;
        }
    }

    /**
     * Stops the run, as Ctrl-C does: the plan can neither submit nor wait any longer, and no job is started after the
     * return.
     *
     * @return whether there was something to stop; false if all jobs have ended, or the run is about to end
     */
    synchronized boolean stop() {
        if (result != null || isClosing) {
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
    private synchronized void complete(RunResult end) throws InterruptedException {
        throwIfStopped();
        result = end;
        record.end(end);
    }

    /** Reports the end of the run, once. A second thread waits until that is done. */
    private void tell() {
        boolean interrupted = Thread.interrupted();
        experiment.close("the run was stopped");
        if (Thread.currentThread() != hook) {
            // Not when the process ends, because the thread that ends it may be in a submission.
            try {
                experiment.awaitSubmissions(STOP, clock);
            } catch (InterruptedException hurry) {
                interrupted = true;
            }
        }
        if (isTold.compareAndSet(false, true)) {
            teller.start();
        }
        // The wait is limited, because the listener may wait for the end of the process.
        Uninterrupted.await(LAST_WORD, teller::join);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void tellOnce() {
        stopThreads();
        RunResult end = result;
        if (end != null) {
            record.end(end); // the thread that brought the result may not have come to that
            listener.ended(end);
            return;
        }
        listener.stopping(account());
        RunAccount account = account(); // the jobs may have ended since
        record.stopped(account);
        listener.stopped(account);
    }

    private RunAccount account() {
        return RunAccount.of(experiment.snapshot(), isBroken);
    }

    /**
     * Ends the threads that start jobs and wait for them, so that they write nothing afterwards. The jobs' processes go
     * on.
     */
    private void stopThreads() {
        scheduler.close();
        blocking.shutdownNow();
        if (!Uninterrupted.await(STOP, limit -> blocking.awaitTermination(limit.toNanos(), TimeUnit.NANOSECONDS))) {
            LOGGER.log(System.Logger.Level.WARNING, "Some threads of the run do not end");
        }
    }

    private synchronized void beginClose() {
        isClosing = true;
    }

    @Override
    public void close() {
        beginClose();
        tell();
        experiment.abandon();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException processEnds) {
            LOGGER.log(System.Logger.Level.DEBUG, "The process ends with the run", processEnds);
        }
    }
}
