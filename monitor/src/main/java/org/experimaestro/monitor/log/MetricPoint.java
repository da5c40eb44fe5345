package org.experimaestro.monitor.log;

import java.time.Instant;
import java.util.Objects;
import java.util.OptionalLong;

/** A value of a metric, as a task told it. Immutable; equal when time, step and value are. */
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
     * Returns when the task told it.
     *
     * @return by the clock of the job's host
     */
    public Instant time() {
        return time;
    }

    /**
     * Returns where in its work the task was, in whatever it counts.
     *
     * @return from 0; empty if the task gave none
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
