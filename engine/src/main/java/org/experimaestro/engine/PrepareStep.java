package org.experimaestro.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.experimaestro.Preparable;
import org.experimaestro.PrepareContext;
import org.experimaestro.TaskContext;
import org.experimaestro.WorkspaceException;
import org.experimaestro.engine.schedule.Demand;
import org.experimaestro.engine.schedule.Ending;
import org.experimaestro.engine.schedule.Job;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.engine.schedule.Scheduler;
import org.experimaestro.engine.schedule.Work;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.ValueTree;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.shared.ComputedFolder;
import org.experimaestro.workspace.shared.PrepareLock;

/** The prepare step of a configuration, as a node of its run's graph that the jobs depend on. Thread-safe. */
final class PrepareStep implements Work {
    private static final System.Logger LOGGER = System.getLogger(PrepareStep.class.getName());

    private final PrepareSteps steps;
    private final ConfigNode<?> config;
    private final ConfigNode<?> task;
    private final JobFolder job;
    private final List<TaskJob> needs;
    private final Job node;
    private final AtomicBoolean isSubmitted = new AtomicBoolean();
    private volatile long begunNanos;
    private volatile String problem = "";

    /**
     * Creates a step that is not submitted yet.
     *
     * @param steps the steps of the run
     * @param config the configuration
     * @param task the first task that uses it
     * @param job the folder of the job of that task, which need not exist
     * @param needs the jobs, not done yet, whose outputs the configuration contains
     */
    PrepareStep(PrepareSteps steps, ConfigNode<?> config, ConfigNode<?> task, JobFolder job, List<TaskJob> needs) {
        this.steps = steps;
        this.config = config;
        this.task = task;
        this.job = job;
        this.needs = needs;
        List<Job> before = new ArrayList<>();
        needs.forEach(need -> before.add(need.node()));
        this.node = new Job(this, before);
    }

    /** Returns the name of the configuration, {@code type/identifier}. */
    String name() {
        return config.descriptor().typeId() + "/" + config.id();
    }

    ConfigNode<?> config() {
        return config;
    }

    /** Returns the jobs, not done at their submission, whose outputs the configuration contains. */
    List<TaskJob> needs() {
        return needs;
    }

    /** Returns its node in the graph. */
    Job node() {
        return node;
    }

    /** Submits the step before the first job that depends on it, and after the jobs that it needs itself. */
    void submitTo(Scheduler scheduler) {
        if (isSubmitted.compareAndSet(false, true)) {
            scheduler.submit(node, Scheduler.Found.TO_RUN);
        }
    }

    /** Returns the failure for the reports of jobs that were skipped because of it. */
    String asCulprit() {
        return "the preparation of " + name() + " failed" + (problem.isEmpty() ? "" : ": " + problem);
    }

    @Override
    public List<Demand> demands() {
        return List.of(new Demand(steps.limit(), 1));
    }

    @Override
    public Ending run() {
        problem = "";
        begunNanos = steps.clock().nanoTime();
        try {
            runLocked();
            return new Ending.Done();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            problem = "it was interrupted, because the run was stopped";
        } catch (Exception | LinkageError | StackOverflowError | AssertionError thrown) {
            LOGGER.log(System.Logger.Level.WARNING, "The prepare step of " + name() + " has failed", thrown);
            problem = String.valueOf(thrown);
        }
        return new Ending.Failed();
    }

    private void runLocked() throws Exception {
        Thread.currentThread().setContextClassLoader(steps.classes());
        String type = config.descriptor().typeId();
        PrepareLock lock = PrepareLock.await(steps.workspace(), type, config.id(), this::tellWaiting);
        try {
            ((Preparable) ValueTree.ofJob(task, job.path()).value(config)).prepare(new Context());
        } finally {
            giveBack(lock);
        }
    }

    /** A right that cannot be given back ends with this process; what is prepared is prepared. */
    private void giveBack(PrepareLock lock) {
        try {
            lock.close();
        } catch (IOException | WorkspaceException kept) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "Cannot give back the right to prepare " + name() + ": other runs wait until this process ends",
                    kept);
        }
    }

    private void tellWaiting(String sentence) {
        steps.tell(new PrepareNews(name(), Phase.RUNNING, 0, sentence, Duration.ZERO, ""));
    }

    @Override
    public void changed(Phase phase) {
        Duration taken = phase == Phase.DONE || phase == Phase.FAILED
                ? Duration.ofNanos(steps.clock().nanoTime() - begunNanos)
                : Duration.ZERO;
        Throwable mistake = node.problem();
        String reason = phase == Phase.FAILED && problem.isEmpty() && mistake != null ? mistake.toString() : problem;
        steps.tell(new PrepareNews(name(), phase, taken, reason));
    }

    /** The context of this step. */
    private final class Context implements PrepareContext {
        @Override
        public Path cached(String name, TaskContext.FolderFiller filler) throws Exception {
            // The configuration fills the folder in its own name, which need not be that of a job.
            String type = config.descriptor().typeId();
            JobFolder user = steps.workspace().job(type, config.id());
            return new ComputedFolder(type, config.id(), name).fill(user, filler, PrepareStep.this::tellWaiting);
        }

        @Override
        public void progress(double fraction, String description) {
            double shown = Math.max(0, Math.min(1, fraction));
            steps.tell(new PrepareNews(name(), Phase.RUNNING, shown, description, Duration.ZERO, ""));
        }

        @Override
        public System.Logger logger() {
            return System.getLogger(config.descriptor().typeId());
        }
    }
}
