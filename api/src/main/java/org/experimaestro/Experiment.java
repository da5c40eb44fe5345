package org.experimaestro;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A run of a plan, to which the plan submits tasks. Thread-safe.
 *
 * <p>{@snippet :
 * public void run(Experiment xp, Settings settings) throws Exception {
 *     Config<LearnedModel> learned = xp.submit(learn().epochs(settings.epochs()).build());
 *     xp.submit(evaluate().model(learned).build());
 * }
 * }
 *
 * <p>Tasks can be submitted until {@link ExperimentPlan#run} has returned, and afterwards by {@linkplain #onAnnounced
 * callbacks} alone. A submission that is in progress at that moment is completed.
 */
public interface Experiment {

    /**
     * Submits a task, to run on this machine. Returns at once: the job starts when its dependencies are done. A job
     * that is done already does not run again.
     *
     * @param task a task with all its parameters
     * @param <R> the type of the task's outputs
     * @return the task's outputs, to be used as parameters of other tasks
     * @throws ConfigException if the task, its outputs or its dependencies are wrong
     * @throws PlanException if the plan's method {@code run} has returned
     */
    default <R> Config<R> submit(Config<? extends Task<R>> task) {
        return submit(task, Launcher.local());
    }

    /**
     * Submits a task. Returns at once, as {@link #submit(Config)} does.
     *
     * @param task a task with all its parameters
     * @param launcher the request for a place to run, for example {@code Launcher.find("cuda(mem=16G)")}
     * @param <R> the type of the task's outputs
     * @return the task's outputs
     * @throws ConfigException if the task, its outputs or its dependencies are wrong
     * @throws PlanException if the plan's method {@code run} has returned
     * @throws LaunchException if no launcher meets the request
     */
    <R> Config<R> submit(Config<? extends Task<R>> task, Launcher launcher);

    /**
     * Submits a task on demand, to run on this machine: see {@link #submitOnDemand(Config, Launcher)}.
     *
     * @param task a task with all its parameters
     * @param <R> the type of the task's outputs
     * @return the task's outputs, to be used as parameters of other tasks
     * @throws ConfigException if the task, its outputs or its dependencies are wrong
     * @throws PlanException if the plan's method {@code run} has returned
     */
    default <R> Config<R> submitOnDemand(Config<? extends Task<R>> task) {
        return submitOnDemand(task, Launcher.local());
    }

    /**
     * Submits a task that runs only if a job that uses its outputs is to run, or an action was declared that does. For example, a task that unpacks a corpus
     * for jobs that are all done does not run again after its result was deleted.
     *
     * <p>Whether the task was submitted on demand does not count in its identifier. If a plan submits a task both ways, it
     * runs in any case. A task on demand that no job needs has no end: {@link #await(Config)} and {@link #report} return
     * {@link Outcome#NOT_RUN} for it at once, and the run counts it as not needed.
     *
     * @param task a task with all its parameters
     * @param launcher the request for a place to run
     * @param <R> the type of the task's outputs
     * @return the task's outputs, to be used as parameters of other tasks
     * @throws ConfigException if the task, its outputs or its dependencies are wrong
     * @throws PlanException if the plan's method {@code run} has returned
     * @throws LaunchException if no launcher meets the request
     */
    <R> Config<R> submitOnDemand(Config<? extends Task<R>> task, Launcher launcher);

    /**
     * Submits a transient task, to run on this machine: see {@link #submitTransient(Config, Launcher)}.
     *
     * @param task a task with all its parameters
     * @param <R> the type of the task's outputs
     * @return the task's outputs, to be used as parameters of other tasks
     * @throws ConfigException if the task, its outputs or its dependencies are wrong
     * @throws PlanException if the plan's method {@code run} has returned
     */
    default <R> Config<R> submitTransient(Config<? extends Task<R>> task) {
        return submitTransient(task, Launcher.local());
    }

    /**
     * Submits a task on demand, as {@link #submitOnDemand(Config, Launcher)} does, whose outputs may be removed when no job
     * needs them any more. For example, a task that unpacks a corpus leaves no unpacked corpus behind.
     *
     * <p>After the plan's method {@code run} has returned, the run removes the files of the task when all jobs that use them
     * are done, and no other run needs them. Parameters, metrics and logs stay, and the job is shown as done, with its
     * outputs removed. The jobs that have used the outputs stay valid. If a later job needs the outputs, the task runs again,
     * as another attempt of the same job.
     *
     * <p>The outputs stay if the plan submits the task in another way, too, declares an action that uses them, or saves a
     * configuration that contains them; if a job that uses them fails, or is left out by an option; if the job, or one that
     * is made from it, is pinned; and in a detached run. The way of the submission does not count in the identifier.
     *
     * @param task a task with all its parameters
     * @param launcher the request for a place to run
     * @param <R> the type of the task's outputs
     * @return the task's outputs, to be used as parameters of other tasks
     * @throws ConfigException if the task, its outputs or its dependencies are wrong
     * @throws PlanException if the plan's method {@code run} has returned
     * @throws LaunchException if no launcher meets the request
     */
    <R> Config<R> submitTransient(Config<? extends Task<R>> task, Launcher launcher);

    /**
     * Declares how many of a token there are for all jobs of the workspace, of all users and on all hosts. If another
     * plan has declared another number, the last one counts, and a warning tells so.
     *
     * @param name the token's name, such as {@code licence}
     * @param size the number, from 1
     * @return the token, which submissions {@link Launcher#holding hold}
     * @throws LaunchException if the name or the number is wrong
     * @throws WorkspaceException if the number cannot be stored
     */
    Token token(String name, int size);

    /**
     * Declares how many of a token there are for all jobs that this user runs on this machine, in all workspaces. A job
     * of another machine cannot hold it.
     *
     * @param name the token's name, such as {@code display}
     * @param size the number, from 1; the last one that a plan declares counts
     * @return the token, which submissions {@link Launcher#holding hold}
     * @throws LaunchException if the name or the number is wrong
     * @throws WorkspaceException if the number cannot be stored
     */
    Token machineToken(String name, int size);

    /**
     * Declares an action, which people can execute once the jobs that made its parameters are done, also after the run.
     * Stores nothing in the modes that run nothing.
     *
     * @param name letters, digits, {@code _}, {@code -} and {@code .}, not beginning with {@code -} or a dot; unique
     *     among the actions of the run
     * @param action the action; jobs that it needs run even if they were submitted on demand
     * @throws ConfigException if the name has another form or is taken, the action asks two questions of one name, or a
     *     job that it needs is neither submitted before nor done
     * @throws PlanException if the plan's method {@code run} has returned
     * @throws WorkspaceException if it cannot be stored
     */
    void action(String name, Config<? extends Action> action);

    /**
     * Declares a service, which people can start during the run and after it. Does nothing in the modes that run
     * nothing.
     *
     * @param name as for {@link #action}; unique among the services of the run
     * @param service the service; its arguments and variables are stored in the workspace, so they are no place for
     *     secrets
     * @throws ConfigException if the name has another form or is taken
     * @throws PlanException if the plan's method {@code run} has returned
     * @throws WorkspaceException if it cannot be stored
     */
    void service(String name, Service service);

    /**
     * Waits until all jobs submitted so far have ended, and the callbacks for them have returned; in a plan with callbacks,
     * also for the jobs that these have submitted meanwhile. A plan need not call it at its end.
     *
     * @return the joint outcome; {@link Outcome#NOT_RUN} at once in the modes that run nothing, and {@link
     *     Outcome#SUBMITTED} at once in a detached run
     * @throws PlanException if the run ends before these jobs do, or this is called by a callback
     * @throws InterruptedException if the waiting thread is interrupted
     */
    Outcome await() throws InterruptedException;

    /**
     * Waits until the jobs that a configuration depends on have ended, and the callbacks for them have returned. For a task
     * that was submitted, its own job is included.
     *
     * @param output a result of {@code submit}, or a configuration built from results
     * @return the joint outcome; {@link Outcome#NOT_RUN} at once in the modes that run nothing, and {@link
     *     Outcome#SUBMITTED} at once in a detached run
     * @throws PlanException if the run ends before these jobs do, or this is called by a callback
     * @throws InterruptedException if the waiting thread is interrupted
     */
    Outcome await(Config<?> output) throws InterruptedException;

    /**
     * Waits until the job that made a configuration has ended, and returns its outcome and metrics.
     *
     * @param output a result of {@code submit}
     * @return the job. A run that runs nothing, or is detached, returns at once: {@link Outcome#NOT_RUN} or {@link
     *     Outcome#SUBMITTED} if the job is not done already
     * @throws ConfigException if no job of this run made the configuration, or several did
     * @throws PlanException if the run ends before the job does, or this is called by a callback
     * @throws InterruptedException if the waiting thread is interrupted
     */
    JobReport report(Config<?> output) throws InterruptedException;

    /**
     * A callback of a plan.
     *
     * @param <T> the type of what it is given
     */
    @FunctionalInterface
    interface Callback<T> {
        /**
         * Handles what it is given. It may submit tasks and register further callbacks; it cannot wait for jobs.
         *
         * @param given what has happened
         * @throws Exception if it fails; then the run fails at its end, and the jobs and other callbacks go on
         */
        void accept(T given) throws Exception;
    }

    /**
     * Calls back for each configuration that a job {@linkplain TaskContext#announce announces}, while the job runs, and also
     * if it is done already. A task that uses the configuration starts without waiting for the job's end.
     *
     * <p>{@snippet :
     * xp.onAnnounced(learned, Checkpoint.class, checkpoint -> xp.submit(evaluate().checkpoint(checkpoint).build()));
     * }
     *
     * <p>All callbacks of a run are called one after another on one thread, and may submit tasks also when {@link
     * ExperimentPlan#run} has returned. The run ends when all jobs have ended and all callbacks have returned. Each callback
     * gets each announcement once in a run, in order. If the run is killed at any point, the next run calls back again, so
     * that it submits the same tasks and finds those that are done.
     *
     * <p>A dry run and one that generates give what jobs that are done have announced. A detached run gives what is announced
     * so far. In both, the callbacks are called on the plan's thread, when it waits and when {@code run} has returned.
     *
     * @param output a result of {@code submit}
     * @param type the class or interface of the announced configurations; those of other classes are left out
     * @param callback called with a handle of each, which has the tags of the job
     * @param <T> the type
     * @throws ConfigException if no job of this run made the output, or several did
     * @throws PlanException if the plan's method {@code run} has returned, and this is no callback
     */
    <T> void onAnnounced(Config<?> output, Class<T> type, Callback<? super Config<T>> callback);

    /**
     * Calls back when a job has ended: it is done, has failed, or was skipped. Called at once for a job that has ended
     * already, and after its last announcement: see {@link #onAnnounced}. A job that somebody has tried again ends again. In
     * the modes that run nothing, and in a detached run, only the ends of jobs that were done before are given.
     *
     * @param output a result of {@code submit}
     * @param callback called with the report of the job
     * @throws ConfigException if no job of this run made the output, or several did
     * @throws PlanException if the plan's method {@code run} has returned, and this is no callback
     */
    void onEnd(Config<?> output, Callback<? super JobReport> callback);

    /**
     * Saves a configuration under a name, for other experiments and later runs, which {@link #load} it. What was saved
     * under the name before is replaced. Does nothing in the modes that run nothing.
     *
     * @param name letters, digits, {@code _}, {@code -} and {@code .}, not beginning with a dot
     * @param config a configuration, such as the output of a submission; its job need not be done yet, unless {@link DataPath data}
     *     travels with it
     * @throws ConfigException if the name has other characters, or if {@link DataPath data} is not there yet or has no place
     *     elsewhere
     * @throws WorkspaceException if the file cannot be written
     */
    void save(String name, Config<?> config);

    /**
     * Saves configurations under one name: see {@link #save(String, Config)} and {@link #loadList}.
     *
     * @param name as for {@link #save(String, Config)}
     * @param configs the configurations, saved in their order
     * @throws ConfigException if the name has other characters, or if {@link DataPath data} is not there yet or has no place
     *     elsewhere
     * @throws WorkspaceException if the file cannot be written
     */
    void save(String name, Collection<? extends Config<?>> configs);

    /**
     * Saves configurations by names of their own under one name: see {@link #save(String, Config)} and {@link #loadMap}.
     *
     * @param name as for {@link #save(String, Config)}
     * @param configs the configurations, saved in their order
     * @throws ConfigException if the name has other characters, or if {@link DataPath data} is not there yet or has no place
     *     elsewhere
     * @throws WorkspaceException if the file cannot be written
     */
    void save(String name, Map<String, ? extends Config<?>> configs);

    /**
     * Loads a configuration that an experiment of this workspace has saved. A task that uses it depends on the jobs that
     * have made it, which are done or submitted by this plan.
     *
     * @param experiment the name of the experiment, also of this one
     * @param name the name under which it was saved
     * @param type its class, or an interface that it has; {@code Object} for any class
     * @param <T> the type
     * @return the configuration, with the identifier and tags that it had
     * @throws ConfigException as for {@link Config#load}
     * @throws WorkspaceException if the experiment has saved nothing under this name, or it cannot be read
     */
    <T> Config<T> load(String experiment, String name, Class<T> type);

    /**
     * Loads configurations that {@link #save(String, Collection)} has saved.
     *
     * @param experiment the name of the experiment, also of this one
     * @param name the name under which they were saved
     * @param type the class or interface of all of them
     * @param <T> the type
     * @return the configurations in their order; unmodifiable
     * @throws ConfigException as for {@link Config#loadList}
     * @throws WorkspaceException if the experiment has saved nothing under this name, or it cannot be read
     */
    <T> List<Config<T>> loadList(String experiment, String name, Class<T> type);

    /**
     * Loads configurations that {@link #save(String, Map)} has saved.
     *
     * @param experiment the name of the experiment, also of this one
     * @param name the name under which they were saved
     * @param type the class or interface of all of them
     * @param <T> the type
     * @return the configurations by their names, in their order; unmodifiable
     * @throws ConfigException as for {@link Config#loadMap}
     * @throws WorkspaceException if the experiment has saved nothing under this name, or it cannot be read
     */
    <T> Map<String, Config<T>> loadMap(String experiment, String name, Class<T> type);

    /**
     * Returns the experiment's name: {@code id} of the YAML file, or the file's name.
     *
     * @return the name
     */
    String name();

    /**
     * Returns the mode of this run.
     *
     * @return the mode
     */
    RunMode runMode();

    /**
     * Returns the workspace, which holds all jobs' folders.
     *
     * @return an absolute path
     */
    Path workspace();

    /**
     * Returns a folder of this experiment for the plan's own files, such as figures and tables. The folder is the
     * same in every run, and exists only in the normal mode.
     *
     * @return an absolute path
     */
    Path resultsFolder();

    /**
     * Returns the arguments that follow the YAML file on the command line.
     *
     * @return possibly empty
     */
    List<String> arguments();
}
