package org.experimaestro.monitor.log;

import java.time.Instant;
import java.util.Objects;
import java.util.OptionalLong;

/** A value of a metric that a task recorded. Immutable; two points are equal if their times, steps and values are. */
public final class MetricPoint {
    private final Instant time;
    private final OptionalLong step;
    private final double value;

    private MetricPoint(Instant time, OptionalLong step, double value) {
        this.time = time;
        this.step = step;
        this.value = value;
    }

    static MetricPoint of(Instant time, OptionalLong step, double value) {
        return new MetricPoint(time, step, value);
    }

    /**
     * Returns the time when the task recorded the value.
     *
     * @return the time, by the clock of the job's host
     */
    public Instant time() {
        return time;
    }

    /**
     * Returns the step of the task's work, in a unit that the task chooses.
     *
     * @return the step, from 0; empty if the task gave none
     */
    public OptionalLong step() {
        return step;
    }

    /**
     * Returns the value.
     *
     * @return any number, also NaN and the infinities
     */
    public double value() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MetricPoint point
                && time.equals(point.time)
                && step.equals(point.step)
                && Double.compare(value, point.value) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(time, step, value);
    }

    @Override
    public String toString() {
        return (step.isPresent() ? "step " + step.getAsLong() + ": " : "") + value;
    }
}
