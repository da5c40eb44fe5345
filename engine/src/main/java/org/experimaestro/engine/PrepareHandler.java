package org.experimaestro.engine;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.experimaestro.Outcome;
import org.experimaestro.engine.guard.Uninterrupted;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.engine.schedule.Scheduler;
import org.experimaestro.engine.time.RunClock;

/**
 * The handler of the run mode prepare, which runs the prepare steps that the jobs need, and no job. Its steps are interrupted
 * if the process is asked to end.
 */
final class PrepareHandler implements ModeHandler, AutoCloseable {
    private static final Duration STOP = Duration.ofSeconds(10);

    private final RunListener listener;
    private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
    private final Scheduler scheduler;
    private final Set<PrepareStep> steps = new LinkedHashSet<>();
    private final Thread hook = new Thread(this::stop, "experimaestro-prepare-end");

    PrepareHandler(RunListener listener, RunClock clock) {
        this.listener = listener;
        this.scheduler = new Scheduler(clock, blocking);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public void take(TaskJob job) {
        for (PrepareStep step : job.steps()) {
            if (!steps.add(step)) {
                continue;
            }
            if (step.needs().isEmpty()) {
                step.submitTo(scheduler);
            } else {
                listener.prepares(new PrepareNews(
                        step.name(),
                        Phase.SKIPPED,
                        Duration.ZERO,
                        "it contains an output of "
                                + step.needs().getFirst().task().folder().name() + ", which is not done"));
            }
        }
    }

    @Override
    public JobHandler jobs() {
        return JobHandler.NONE;
    }

    @Override
    public RunResult finish(ExperimentRun experiment) throws InterruptedException {
        try {
            scheduler.end().get();
        } catch (CancellationException stopped) {
            throw new InterruptedException("The run was stopped");
        } catch (ExecutionException impossible) {
            throw new AssertionError("The end of the steps is always told", impossible);
        }
        RunResult result = DryRunHandler.resultOf(experiment);
        boolean hasFailed = steps.stream().anyMatch(step -> step.node().phase() == Phase.FAILED);
        return hasFailed ? new RunResult(Outcome.FAILED, result.account(), result.results()) : result;
    }

    private void stop() {
        scheduler.close();
        blocking.shutdownNow();
        Uninterrupted.await(STOP, limit -> blocking.awaitTermination(limit.toNanos(), TimeUnit.NANOSECONDS));
    }

    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException processEnds) {
            return; // the hook does the same
        }
    }
}
