package org.experimaestro;

import java.nio.file.Path;
import java.util.List;

/**
 * One run of a plan: what the plan submits tasks to. Thread-safe.
 *
 * <p>It takes tasks until {@link ExperimentPlan#run} has returned. A submission that is under way then is waited for.
 */
public interface Experiment {

    /**
     * Submits a task, to run on this machine.
     *
     * @param task a task with all its parameters
     * @param <R> what the task makes
     * @return the task's outputs, to be used as parameters of other tasks; the job starts when its dependencies are
     *     done, and not at all when it is done already
     * @throws ConfigException if the task, its outputs or its dependencies are wrong
     */
    default <R> Config<R> submit(Config<? extends Task<R>> task) {
        return submit(task, Launcher.local());
    }

    /**
     * Submits a task.
     *
     * @param task a task with all its parameters
     * @param launcher where it is to run
     * @param <R> what the task makes
     * @return the task's outputs
     * @throws ConfigException if the task, its outputs or its dependencies are wrong
     * @throws PlanException if the plan's method {@code run} has returned
     * @throws LaunchException if no launcher meets the request
     */
    <R> Config<R> submit(Config<? extends Task<R>> task, Launcher launcher);

    /**
     * Waits until all jobs submitted so far have ended. A plan need not call it at its end.
     *
     * @return how they ended; at once {@link Outcome#NOT_RUN} in the modes that run nothing, and {@link Outcome#SUBMITTED} in a
     *     detached run
     * @throws PlanException if the run ends before these jobs do
     * @throws InterruptedException if the waiting thread is interrupted
     */
    Outcome await() throws InterruptedException;

    /**
     * Waits until the jobs that a configuration depends on have ended; and its own job, if it is a task that was submitted.
     *
     * @param output what {@code submit} returned, or anything built from it
     * @return how they ended; at once {@link Outcome#NOT_RUN} in the modes that run nothing, and {@link Outcome#SUBMITTED} in a
     *     detached run
     * @throws PlanException if the run ends before these jobs do
     * @throws InterruptedException if the waiting thread is interrupted
     */
    Outcome await(Config<?> output) throws InterruptedException;

    /**
     * Waits until the job that made a configuration has ended, and returns how it ended, with its metrics.
     *
     * @param output what {@code submit} returned
     * @return the job; in a run that runs nothing, or is detached, at once: {@link Outcome#NOT_RUN} or {@link Outcome#SUBMITTED}
     *     if the job is not done already
     * @throws ConfigException if no job of this run made the configuration, or several did
     * @throws PlanException if the run ends before the job does
     * @throws InterruptedException if the waiting thread is interrupted
     */
    JobReport report(Config<?> output) throws InterruptedException;

    /**
     * The experiment's name: {@code id} of the YAML file, or the file's name.
     *
     * @return the name
     */
    String name();

    /**
     * What this run does.
     *
     * @return the mode
     */
    RunMode runMode();

    /**
     * The workspace, which holds all jobs' folders.
     *
     * @return an absolute path
     */
    Path workspace();

    /**
     * A folder of this experiment for whatever the plan writes itself: figures, tables. The same in every run; it
     * exists only in the normal mode.
     *
     * @return an absolute path
     */
    Path resultsFolder();

    /**
     * The arguments that follow the YAML file on the command line.
     *
     * @return possibly empty
     */
    List<String> arguments();
}
