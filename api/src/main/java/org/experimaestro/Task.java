package org.experimaestro;

/**
 * A configuration that can be run: a job, once per identifier.
 *
 * <p>{@snippet :
 * @ConfigType("tutorial.learn")
 * public record Learn(int epochs, @GeneratedPath("model.bin") Path weights) implements Task<LearnedModel> {
 *     @Override
 *     public void execute(TaskContext context) throws Exception {
 *         Files.write(weights, train(epochs));
 *     }
 *
 *     @Override
 *     public LearnedModel outputs(Dependency dep) {
 *         return dep.on(new LearnedModel(weights));
 *     }
 * }
 * }
 *
 * <p>The contract of {@link #execute}:
 *
 * <ul>
 *   <li><b>Call</b>: it is called once, on a value that was made for this attempt, in another process than the
 *       plan's. A process may run one job after the other. Therefore static state (fields, system properties,
 *       providers) may have been used by another job, and the task must leave it as it was. Today each job has a
 *       process of its own.
 *   <li><b>Folder</b>: {@link TaskContext#folder} exists, and no other task writes to it. Generated paths are
 *       absolute and in it. It has no files of earlier attempts, unless the task is {@link Resumable}. The
 *       working folder may be any folder, so avoid relative paths.
 *   <li><b>Threads</b>: the task runs on one thread, which may be any thread. Threads that it starts must have ended
 *       when it returns. Work that such a thread does afterwards may be cut off at any moment, and is not part of the
 *       result.
 *   <li><b>Exit</b>: the job ends when the task returns or throws. A task that calls {@code System.exit} or {@code
 *       Runtime.halt} fails.
 *   <li><b>Standard streams</b>: the job's logs contain the text that all its threads print to {@code System.out} and
 *       {@code System.err}. {@code System.in} is empty. The task must neither close nor replace the streams.
 *   <li><b>Interruption</b>: a request to end the job interrupts the thread, and {@link TaskContext#isCancelled} is
 *       true from then on. 20 seconds are left to clean up; a batch system may give less. If several processes run
 *       one job, this applies to the process with rank 0, and the others end at once. Nothing else interrupts the
 *       thread.
 *   <li><b>Locale</b>: names of files and printed text may have any letter. Default locale, time zone and charset are
 *       those of the host: code that must behave the same everywhere names its own ({@code Locale.ROOT}, {@code
 *       UTF_8}).
 * </ul>
 *
 * @param <R> the type of the outputs: a configuration, or a {@code List}, {@code Map} or {@code Optional} of
 *     configurations
 */
public interface Task<R> extends Configurable {

    /**
     * Runs the task under the contract above.
     *
     * <p>The job is done when this method returns. It is failed when this method throws, or the process ends in any
     * other way.
     *
     * @param context the job's folder, progress and metrics
     * @throws Exception if anything goes wrong; the stack trace is in the job's log
     */
    void execute(TaskContext context) throws Exception;

    /**
     * Returns the outputs, which the plan gets from the submission and other tasks use. Called in the plan's process
     * when the task is submitted, before it has run. It must not read the task's files, because they do not exist
     * yet.
     *
     * <p>Each new configuration in the result must be marked by {@code dep.on}, or be inside a marked configuration.
     * Otherwise submitting the task is an error, because a task that uses the configuration would not wait for this
     * task. Parameters that are returned as they are need no mark, and neither do empty collections.
     *
     * @param dep the marker of configurations that exist only after this task has run
     * @return the result, built from this task's parameters and generated paths; sets and maps are sorted by
     *     identifiers and keys
     */
    R outputs(Dependency dep);
}
