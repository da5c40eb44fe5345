package org.experimaestro;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * A running task's access to its job: it gives the folder, attempt, logger and remaining time, and reports a request
 * to end the job. It also stores progress and metrics. Thread-safe. The whole contract of a task is at {@link Task}.
 *
 * <p>{@snippet :
 * for (int epoch = 0; epoch < epochs; epoch++) {
 *     context.throwIfCancelled();
 *     context.progress((double) epoch / epochs, "epoch " + epoch);
 *     context.metric("loss", trainEpoch(), epoch);
 * }
 * }
 */
public interface TaskContext {
    /** The deepest level of progress. */
    int DEEPEST_LEVEL = 9;

    /**
     * Records the fraction of the task that is done.
     *
     * @param fraction from 0 to 1; a value outside is moved to the nearer end
     */
    default void progress(double fraction) {
        progress(0, fraction, "");
    }

    /**
     * Records the fraction of the task that is done, with a description of the current work.
     *
     * @param fraction from 0 to 1; a value outside is moved to the nearer end
     * @param description a few words, such as {@code epoch 3}
     */
    default void progress(double fraction, String description) {
        progress(0, fraction, description);
    }

    /**
     * Records the fraction of a part that is done. Level 0 is the whole task, level 1 the current part (such as an
     * epoch), level 2 a part of that. A new value at one level removes the deeper levels. A value that differs by
     * less than 0.01 from the last recorded value, with the same description, may be left out.
     *
     * @param level 0 for the whole task, at most {@link #DEEPEST_LEVEL}
     * @param fraction from 0 to 1
     * @param description a few words, or an empty text
     * @throws IllegalArgumentException if the level is out of range or the fraction is not a number
     */
    void progress(int level, double fraction, String description);

    /**
     * Records progress of the whole task while a loop takes elements: {@code for (Batch batch :
     * context.track(batches, "batch"))}.
     *
     * @param items the elements of the loop
     * @param description a word for an element
     * @param <T> the type of the elements
     * @return the same elements: see {@link #track(int, Iterable, String)}
     */
    default <T> Iterable<T> track(Iterable<T> items, String description) {
        return track(0, items, description);
    }

    /**
     * Records progress of a part while a loop takes elements. When the third of ten epochs is taken, the fraction is
     * 0.2 and the description {@code epoch 3 of 10}. At the end the fraction is 1.
     *
     * <p>The size of a collection is read when the loop begins. For other iterables the size is unknown, so the
     * fraction is 0 until the end. Then the description has the count of elements, recorded whenever the count has
     * doubled: {@code line 1024}.
     *
     * <p>A loop over a collection records progress when the fraction has grown by 0.01 or more: at most a hundred
     * times, and at the end. A loop of an inner level records nothing in its first 100 ms, and then at most once in
     * 100 ms. Therefore short loops inside long ones do not flood the events. A loop that is left before its end
     * records no end.
     *
     * @param level 0 for the whole task, at most {@link #DEEPEST_LEVEL}; a loop inside another loop has a greater
     *     level
     * @param items the elements of the loop
     * @param description a word for an element, or an empty text
     * @param <T> the type of the elements
     * @return the same elements in the same order; each iterator is a loop of its own, confined to one thread
     * @throws IllegalArgumentException if the level is out of range
     */
    default <T> Iterable<T> track(int level, Iterable<T> items, String description) {
        return new TrackedItems<>(this, level, items, description);
    }

    /**
     * Records a measured value, for the report's table. A later value of the same name replaces the earlier value,
     * which stays in the job's events.
     *
     * @param name the name of the metric, such as {@code accuracy}
     * @param value any number; NaN and infinities are stored as such
     * @throws IllegalArgumentException if the name is empty, or the job has 500,000 metrics of other names
     */
    void metric(String name, double value);

    /**
     * Records a measured value, as the number with the shortest text of the {@code float}. For example, 0.9 is stored
     * as 0.9, and not as the nearest double of its bits, 0.8999999761581421.
     *
     * @param name the name of the metric
     * @param value any number
     * @throws IllegalArgumentException if the name is empty
     */
    default void metric(String name, float value) {
        metric(name, Double.parseDouble(Float.toString(value)));
    }

    /**
     * Records a measured whole number, as a double: exact up to 2<sup>53</sup>.
     *
     * @param name the name of the metric
     * @param value any number
     * @throws IllegalArgumentException if the name is empty
     */
    default void metric(String name, long value) {
        metric(name, (double) value);
    }

    /**
     * Records a value that was measured at a step, such as the loss after a batch. All values stay in the job's
     * events, with their steps and times. The report's table has the value that was recorded last, regardless of its
     * step.
     *
     * @param name the name of the metric, such as {@code loss}
     * @param value any number
     * @param step the position in the task's work, from 0: the number of the batch, the epoch or another count, not a
     *     time. Steps may repeat, and come in any order.
     * @throws IllegalArgumentException if the name is empty, the step is negative, or the job has 500,000 metrics of
     *     other names
     */
    default void metric(String name, double value, long step) {
        metric(name, value);
    }

    /**
     * Records a value that was measured at a step, with the shortest text of the {@code float}: see {@link
     * #metric(String, float)}.
     *
     * @param name the name of the metric
     * @param value any number
     * @param step the position in the task's work, from 0
     * @throws IllegalArgumentException if the name is empty or the step is negative
     */
    default void metric(String name, float value, long step) {
        metric(name, Double.parseDouble(Float.toString(value)), step);
    }

    /**
     * Records a whole number that was measured at a step, as a double: exact up to 2<sup>53</sup>.
     *
     * @param name the name of the metric
     * @param value any number
     * @param step the position in the task's work, from 0
     * @throws IllegalArgumentException if the name is empty or the step is negative
     */
    default void metric(String name, long value, long step) {
        metric(name, (double) value, step);
    }

    /**
     * Records the value of a metric for one unit of what the task measures, such as a topic or a fold. {@link
     * JobReport#unitMetrics} has these values, so that a {@link TableLayout#perUnit test} can pair the units of two
     * jobs. A later value of the same name and unit replaces the earlier one.
     *
     * <pre>{@code
     * for (Topic topic : topics) {
     *     context.metric("ap", topic.id(), averagePrecision(topic));
     * }
     * context.metric("ap", mean);
     * }</pre>
     *
     * <p>The value is not among {@link JobReport#metrics}: the task itself records the value for all units, because
     * that is not always their mean. A context that does not override this method ignores the value.
     *
     * @param name the name of the metric
     * @param unit the name of the unit
     * @param value any number; NaN and infinities are stored as such
     * @throws IllegalArgumentException if a name is empty, or the job has 500,000 values of other units
     */
    default void metric(String name, String unit, double value) {}

    /**
     * Records the value of a metric for one unit, with the shortest text of the {@code float}: see {@link
     * #metric(String, float)}.
     *
     * @param name the name of the metric
     * @param unit the name of the unit
     * @param value any number
     * @throws IllegalArgumentException if a name is empty
     */
    default void metric(String name, String unit, float value) {
        metric(name, unit, Double.parseDouble(Float.toString(value)));
    }

    /**
     * Records a whole number for one unit, as a double: exact up to 2<sup>53</sup>.
     *
     * @param name the name of the metric
     * @param unit the name of the unit
     * @param value any number
     * @throws IllegalArgumentException if a name is empty
     */
    default void metric(String name, String unit, long value) {
        metric(name, unit, (double) value);
    }

    /**
     * Returns the time that the job has left before it is ended for its time limit. For example, a task that saves its
     * state regularly can save it once more. Queries the batch system at most once a minute.
     *
     * @return the time left, at least 0; empty without a limit, and if the batch system does not report it
     */
    default Optional<Duration> remainingTime() {
        return Optional.empty();
    }

    /**
     * Returns whether the time that is left is at most a margin, so that a {@link Resumable} task saves its state and
     * throws a {@link ContinueException}.
     *
     * @param margin the time that the task needs to save its state
     * @return false without a limit, and if the batch system does not report it
     */
    default boolean isLimitNear(Duration margin) {
        return remainingTime().filter(left -> left.compareTo(margin) <= 0).isPresent();
    }

    /**
     * Runs an action once, some time before the job is ended for its time limit. The action runs on a thread of its own
     * while the task goes on; it typically sets a flag that the task's loop reads. The time left is that of
     * {@link #remainingTime}, asked again at least every 10 minutes, because a limit may be changed. A context that does
     * not override this method never runs the action.
     *
     * @param margin the time between the action and the limit
     * @param action the action, whose exceptions are printed; it does not run without a limit
     */
    default void onLimitNear(Duration margin, Runnable action) {}

    /**
     * Runs a program as a part of the task, and waits for its end.
     *
     * <ul>
     *   <li>Its working folder is the job's folder, its standard output and error are the job's logs, its input is
     *       empty. It has the job's variables, and those of {@link Program#parameters(Configurable)}.
     *   <li>Lines that it appends to the file named by the variable {@code EXPERIMAESTRO_MEASUREMENTS} become metrics
     *       and progress of the job: {@code loss=0.25 step=3} or {@code {"loss": 0.25, "step": 3}}.
     *   <li>If the job is asked to end, the program's process group gets SIGTERM, and after the {@link Grace} less one
     *       second SIGKILL. If the job's own process vanishes, the group gets SIGKILL at once.
     *   <li>Processes that the program leaves in its group get SIGKILL when it has ended.
     * </ul>
     *
     * @param program the program
     * @throws ProgramException if it ends with another exit code than 0
     * @throws IOException if it cannot be started
     * @throws InterruptedException if the job is asked to end; the program has ended then
     * @throws UnsupportedOperationException if this context runs no programs
     */
    default void run(Program program) throws IOException, InterruptedException {
        throw new UnsupportedOperationException("This context runs no programs: " + program);
    }

    /**
     * Returns a stream of random numbers, which depends on the job's identifier and the purpose alone. So each attempt
     * of the job gets the same numbers, on any machine and in any Java release, and the numbers of one purpose stay the
     * same when a task takes more or fewer of another. Jobs with other parameters, such as another replicate, get
     * independent numbers. A context that does not override this method throws.
     *
     * @param purpose what the numbers are for, such as {@code shuffle}; any text
     * @return a new stream at its beginning: two calls with one purpose return equal numbers
     * @throws UnsupportedOperationException if the context knows no identifier
     */
    default RandomStream random(String purpose) {
        throw new UnsupportedOperationException(getClass().getName()
                + " has no random numbers: override random(String), as by RandomStream.of(id, purpose)");
    }

    /** A maker of the content of a folder. */
    @FunctionalInterface
    interface FolderFiller {
        /**
         * Fills a folder.
         *
         * @param folder a new empty folder, which gets its name when this method has returned
         * @throws Exception if it cannot be filled; then it is deleted
         */
        void fill(Path folder) throws Exception;
    }

    /**
     * Returns a folder of the workspace that is computed once for a configuration, such as the tokens of a corpus, and
     * which all jobs read that have this configuration. If it does not exist, this job fills it; if another job fills
     * it just now, on whatever host, this one waits. A job that is killed meanwhile leaves nothing half-made.
     *
     * <p>{@snippet :
     * Path tokens = context.cached(corpus, "tokens", folder -> tokenize(corpus, folder));
     * }
     *
     * <p>What the filler makes follows from the configuration alone. The folder is not changed afterwards. The filler may
     * be called again, with another folder, if its process was stopped for minutes and taken for dead. It must not ask for
     * the folder that it fills.
     *
     * <p>Of several processes of one job (ranks), only that of rank 0 may call this method, and the others use the folder
     * when it has told them: while one process fills the folder, the others would wait here, and a filler that waits for
     * them would never end. A context that does not override this method throws.
     *
     * @param configuration the task, or a configuration in it, at any depth: its identifier names the folder
     * @param name a name of what is computed: letters, digits, {@code -}, {@code _} and {@code .}
     * @param filler fills the folder, if nobody has
     * @return the complete folder
     * @throws ConfigException if the configuration is not in the task
     * @throws IllegalStateException if the filler of this folder calls it
     * @throws InterruptedException if the job is asked to end while it waits
     * @throws Exception if the filler throws it
     */
    default Path cached(Configurable configuration, String name, FolderFiller filler) throws Exception {
        throw new UnsupportedOperationException(getClass().getName() + " has no folder for " + name
                + ": override cached(Configurable, String, FolderFiller)");
    }

    /**
     * Announces a configuration that is complete while the task goes on, such as a checkpoint. Tasks that the plan submits
     * for it ({@link Experiment#onAnnounced}) run while this one does, and start at once; so write its files before.
     *
     * <p>{@snippet :
     * Path file = context.folder().resolve("epoch-10.bin");
     * save(model, file);
     * context.announce("epoch-10", new Checkpoint(file, 10));
     * }
     *
     * <p>A name that is announced again with an equal configuration changes nothing. So a {@link Resumable} task, which keeps
     * its announcements over attempts, may announce again what it has announced before. The next attempt of any other task
     * begins without announcements, as its folder begins without files. What is announced after {@link Task#execute} has
     * returned is left out. A context that does not override this method throws.
     *
     * @param name the name, which the job has once: 1 to 200 characters, no control characters
     * @param output a new configuration, or a parameter of the task; its paths in the job's folder exist
     * @throws ConfigException if the configuration cannot be an output of the task, names a path that does not exist, or
     *     differs from what has the name already
     * @throws IllegalArgumentException if the text cannot be a name
     * @throws WorkspaceException if it cannot be stored
     */
    default void announce(String name, Configurable output) {
        throw new UnsupportedOperationException(
                getClass().getName() + " announces nothing: override announce(String, Configurable)");
    }

    /**
     * Returns the number of this attempt to run the job. A {@link Resumable} task finds the files of
     * earlier attempts in its folder.
     *
     * @return 1 for the first attempt
     */
    default int attempt() {
        return 1;
    }

    /**
     * Returns whether the job has been asked to end: its process has received SIGTERM. The signal comes from {@code
     * jobs kill}, at a time limit, from Slurm or PBS at a preemption, or from any other sender. The thread of {@link
     * Task#execute} is interrupted at the same time.
     *
     * <p>The task has 20 seconds, or its {@link Grace}, to save its state and to return or throw. Then the process is
     * ended; a batch system may end it earlier. The job's state is failed, even if the task returns, and the cause names the sender.
     *
     * @return false before the request, and always true afterwards
     */
    default boolean isCancelled() {
        return false;
    }

    /**
     * Throws if the job has been asked to end. Call it in long loops that do not block.
     *
     * @throws CancellationException if {@link #isCancelled}; {@code execute} should not catch it
     */
    default void throwIfCancelled() {
        if (isCancelled()) {
            throw new CancellationException("The job was asked to end");
        }
    }

    /**
     * Returns the job's folder, for all files that the task writes. The folder may differ from the working folder of
     * the process, so make paths from it: {@code context.folder().resolve("model.bin")}.
     *
     * @return an absolute path of a folder that exists
     */
    Path folder();

    /**
     * Returns a logger for the task, which prints to the job's standard error.
     *
     * @return the logger, named after the task's type id
     */
    System.Logger logger();
}
