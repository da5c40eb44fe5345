package org.experimaestro;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What a running task knows of its job, and tells about it. Thread-safe. */
public interface TaskContext {

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
     * @param level 0 for the whole task, at most 9
     * @param fraction from 0 to 1
     * @param description a few words, or an empty text
     * @throws IllegalArgumentException if the level is out of range or the fraction is not a number
     */
    void progress(int level, double fraction, String description);

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
     * How much time the job has left before Slurm or PBS ends it. A task that saves its state from time to time can do so
     * once more. The batch system is asked at most once a minute.
     *
     * @return the time left, at least 0; empty on other launchers, and if there is no limit, or the system does not say
     */
    default Optional<Duration> remainingTime() {
        return Optional.empty();
    }

    /**
     * The job's folder: all that the task writes goes there.
     *
     * @return an absolute path, also the working folder
     */
    Path folder();

    /**
     * A logger for the task, which writes to the job's standard error.
     *
     * @return the logger, named after the task's type id
     */
    System.Logger logger();
}
