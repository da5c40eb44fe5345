package org.experimaestro;

/**
 * A configuration that can be run: a job, once per identifier.
 *
 * <p>What {@link #execute} can rely on, and what it owes:
 *
 * <ul>
 *   <li><b>Call</b>: it is called once, on a value that was made for this attempt, in another process than the plan's. A process
 *       may run one job after the other: what is static (fields, system properties, providers) may have been used by another
 *       job, and is left as it was found. Today each job has a process of its own.
 *   <li><b>Folder</b>: {@link TaskContext#folder} exists, and is written by no other task. Generated paths are absolute and in
 *       it. An earlier attempt may have left files. The working folder may be any folder, so a relative path leads anywhere.
 *   <li><b>Threads</b>: it runs on one thread, whichever. Threads that it starts have ended when it returns; what one of them
 *       does afterwards may be cut off at any moment, and is no part of the result.
 *   <li><b>Exit</b>: the job ends when it returns or throws. It does not call {@code System.exit} or {@code Runtime.halt}: the
 *       job has failed if it does.
 *   <li><b>Standard streams</b>: what is printed to {@code System.out} and {@code System.err} is in the job's logs, from all its
 *       threads. {@code System.in} is empty. The streams are neither closed nor replaced.
 *   <li><b>Interruption</b>: the thread is interrupted when the job is asked to end, and {@link TaskContext#isCancelled} is true
 *       from then on. 20 seconds are left to clean up; a batch system may give less. Where several processes run one job,
 *       that holds for the one with rank 0, and the others end at once. Nothing else interrupts it.
 *   <li><b>Locale</b>: names of files and printed text may have any letter. Default locale, time zone and charset are those of
 *       the host: code that must do the same everywhere names its own ({@code Locale.ROOT}, {@code UTF_8}).
 * </ul>
 *
 * @param <R> what the task makes: a configuration, or a {@code List}, {@code Map} or {@code Optional} of configurations
 */
public interface Task<R> extends Configurable {

    /**
     * Does the work, and keeps to the promises above.
     *
     * <p>The job is done when this method returns, and failed when it throws or the process ends in any other way.
     *
     * @param context the job's folder, progress and metrics
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
