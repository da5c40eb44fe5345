package org.experimaestro;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * Gives a task its job's folder, attempt, logger and remaining time, says when the job is asked to end, and stores progress and
 * metrics. Thread-safe. What else a task can rely on is listed at {@link Task}.
 */
public interface TaskContext {
    /** The deepest level of progress. */
    int DEEPEST_LEVEL = 9;

    /**
     * Tells how much is done.
     *
     * @param fraction from 0 to 1; a value outside is moved to the nearer end
     */
    default void progress(double fraction) {
        progress(0, fraction, "");
    }

    /**
     * Tells how much is done, and what is being done.
     *
     * @param fraction from 0 to 1
     * @param description a few words, such as {@code epoch 3}
     */
    default void progress(double fraction, String description) {
        progress(0, fraction, description);
    }

    /**
     * Tells how much of a part is done: level 0 is the whole task, level 1 the part at hand (an epoch), level 2 a part
     * of that. A new value at one level forgets the deeper ones. Values that differ by less than 0.01 from the last one
     * told, with the same description, may be left out.
     *
     * @param level 0 for the whole task, at most {@link #DEEPEST_LEVEL}
     * @param fraction from 0 to 1
     * @param description a few words, or an empty text
     * @throws IllegalArgumentException if the level is out of range or the fraction is not a number
     */
    void progress(int level, double fraction, String description);

    /**
     * Tells how much of the whole task is done while a loop takes elements: {@code for (Batch batch : context.track(batches,
     * "batch"))}.
     *
     * @param items what the loop is over
     * @param description a word for an element
     * @param <T> the type of the elements
     * @return the same elements: see {@link #track(int, Iterable, String)}
     */
    default <T> Iterable<T> track(Iterable<T> items, String description) {
        return track(0, items, description);
    }

    /**
     * Tells how much of a part is done while a loop takes elements. When the third of ten epochs is taken, it tells the fraction
     * 0.2 and the description {@code epoch 3 of 10}, and at the end the fraction 1. A collection is asked for its size when the
     * loop begins. Of anything else the size is not known, so the fraction is 0 until the end, and the description has the count
     * of elements, told whenever that has doubled: {@code line 1024}.
     *
     * <p>A loop over a collection tells something when the fraction has grown by 0.01 or more: a hundred times at most, and at the end.
     * A loop of an inner
     * level tells nothing in its first 100 ms, and then at most once in 100 ms: short loops inside of long ones do not flood the
     * events. A loop that is left before its end has told what it told.
     *
     * @param level 0 for the whole task, at most {@link #DEEPEST_LEVEL}; a loop inside of another one has a greater level
     * @param items what the loop is over
     * @param description a word for an element, or an empty text
     * @param <T> the type of the elements
     * @return the same elements in the same order; each iterator is a loop of its own, confined to one thread
     * @throws IllegalArgumentException if the level is out of range
     */
    default <T> Iterable<T> track(int level, Iterable<T> items, String description) {
        return new TrackedItems<>(this, level, items, description);
    }

    /**
     * Stores a measured value with the job, for the report's table. A later value of the same name takes the place of
     * the earlier one, which stays in the job's events.
     *
     * @param name what was measured, such as {@code accuracy}
     * @param value any number; not a number and infinities are stored as such
     * @throws IllegalArgumentException if the name is empty, or the job has 500,000 metrics of other names
     */
    void metric(String name, double value);

    /**
     * Stores a measured value: the number that the shortest text of the {@code float} stands for, such as 0.9, and not the
     * nearest double of its bits, 0.8999999761581421.
     *
     * @param name what was measured
     * @param value any number
     * @throws IllegalArgumentException if the name is empty
     */
    default void metric(String name, float value) {
        metric(name, Double.parseDouble(Float.toString(value)));
    }

    /**
     * Stores a measured whole number, as a double: exact up to 2<sup>53</sup>.
     *
     * @param name what was measured
     * @param value any number
     * @throws IllegalArgumentException if the name is empty
     */
    default void metric(String name, long value) {
        metric(name, (double) value);
    }

    /**
     * Stores a value that was measured at a step, such as the loss after a batch. All values stay in the job's events, with
     * their steps and the times at which they were told. The value of the metric, in the report's table, is the last one told,
     * whatever its step.
     *
     * @param name what was measured, such as {@code loss}
     * @param value any number
     * @param step how far the task was: the number of the batch, the epoch, or what else it counts, not a time; from 0. Steps
     *     may come again, and in any order
     * @throws IllegalArgumentException if the name is empty, the step is negative, or the job has 500,000 metrics of other names
     */
    default void metric(String name, double value, long step) {
        metric(name, value);
    }

    /**
     * Stores a value that was measured at a step, with the shortest text of the {@code float}: see {@link #metric(String, float)}.
     *
     * @param name what was measured
     * @param value any number
     * @param step how far the task was, from 0
     * @throws IllegalArgumentException if the name is empty or the step is negative
     */
    default void metric(String name, float value, long step) {
        metric(name, Double.parseDouble(Float.toString(value)), step);
    }

    /**
     * Stores a whole number that was measured at a step, as a double: exact up to 2<sup>53</sup>.
     *
     * @param name what was measured
     * @param value any number
     * @param step how far the task was, from 0
     * @throws IllegalArgumentException if the name is empty or the step is negative
     */
    default void metric(String name, long value, long step) {
        metric(name, (double) value, step);
    }

    /**
     * How much time the job has left before Slurm or PBS ends it. A task that saves its state from time to time can do so
     * once more. The batch system is asked at most once a minute.
     *
     * @return the time left, at least 0; empty on other launchers, and if there is no limit, or the system does not say
     */
    default Optional<Duration> remainingTime() {
        return Optional.empty();
    }

    /**
     * Which try to run the job this is. A task that saves its state finds there what earlier tries have left.
     *
     * @return 1 for the first
     */
    default int attempt() {
        return 1;
    }

    /**
     * Whether the job has been asked to end: its process has got SIGTERM, from {@code jobs kill}, from Slurm or PBS at a time limit
     * or a preemption, or from anybody else. The thread of {@link Task#execute} is interrupted then, too. The task has 20 seconds
     * to save what it wants to save and to return or throw; the process is ended afterwards, by a batch system perhaps earlier. The
     * job is not done whatever the task does: its state is failed, and the cause is who ended it.
     *
     * @return false before; once true, always true
     */
    default boolean isCancelled() {
        return false;
    }

    /**
     * Throws if the job has been asked to end: for long loops that wait for nothing.
     *
     * @throws CancellationException if {@link #isCancelled}; to be let through by {@code execute}
     */
    default void throwIfCancelled() {
        if (isCancelled()) {
            throw new CancellationException("The job was asked to end");
        }
    }

    /**
     * The job's folder: all that the task writes goes there. It is the working folder of the process or not, so paths are made
     * from it: {@code context.folder().resolve("model.bin")}.
     *
     * @return an absolute path of a folder that exists
     */
    Path folder();

    /**
     * A logger for the task, which writes to the job's standard error.
     *
     * @return the logger, named after the task's type id
     */
    System.Logger logger();
}
