package org.experimaestro;

/**
 * A configuration that can be run: a job, once per identifier.
 *
 * @param <R> what the task makes: a configuration, or a {@code List}, {@code Map} or {@code Optional} of configurations
 */
public interface Task<R> extends Configurable {

    /**
     * Does the work, in a process of its own whose working folder is the job's folder. Generated paths are absolute.
     *
     * <p>The job is done when this method returns, and failed when it throws or the process ends in any other way.
     *
     * @param context progress, metrics and the job's folder
     * @throws Exception whatever goes wrong; the stack trace is in the job's log
     */
    void execute(TaskContext context) throws Exception;

    /**
     * What the plan gets from the submission, and other tasks use. Called in the plan's process when the task is
     * submitted, before it has run: it names the files that will be there and reads none.
     *
     * <p>Each new configuration in the result is marked by {@code dep.on}, or is inside of one that is. Without the mark,
     * what uses it would not wait for this task: submitting the task is an error then. Parameters that are returned as
     * they are need no mark, and neither do empty collections.
     *
     * @param dep marks what exists only after this task has run
     * @return the result, built from this task's parameters and generated paths; sets and maps are sorted by
     *     identifiers and keys
     */
    R outputs(Dependency dep);
}
