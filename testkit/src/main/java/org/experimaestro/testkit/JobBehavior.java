package org.experimaestro.testkit;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.experimaestro.workspace.FailureCause;

/**
 * The behavior of a job in a run of a {@link PlanRunner}: the job executes its task, or ends as the test defines,
 * without executing it. Immutable.
 *
 * <p>{@snippet :
 * runner.jobs(task -> task.type().equals("tutorial.learn")
 *         ? JobBehavior.finishes().metric("accuracy", 0.9)
 *         : JobBehavior.fails(FailureCause.OUT_OF_MEMORY));
 * }
 */
public final class JobBehavior {
    private final Act act;
    private final Duration duration;

    /** The act of a job. */
    sealed interface Act {
        /** The job executes its task. */
        record Execute() implements Act {}

        /** The job is done, with these metrics. */
        record Finish(Map<String, Double> metrics) implements Act {}

        /** The job fails, for this reason. */
        record Fail(FailureCause cause) implements Act {}
    }

    private JobBehavior(Act act, Duration duration) {
        this.act = act;
        this.duration = duration;
    }

    /**
     * Returns the behavior of a job that executes its task, in the process of the test.
     *
     * @return the default behavior of all jobs
     */
    public static JobBehavior executes() {
        return new JobBehavior(new Act.Execute(), Duration.ZERO);
    }

    /**
     * Returns the behavior of a job that is done without having executed its task. The job makes no files.
     *
     * @return a behavior without metrics
     */
    public static JobBehavior finishes() {
        return new JobBehavior(new Act.Finish(Map.of()), Duration.ZERO);
    }

    /**
     * Returns the behavior of a job that fails without having executed its task.
     *
     * @param cause the cause, such as {@link FailureCause#OUT_OF_MEMORY} or {@link FailureCause#PREEMPTED}
     * @return the behavior
     */
    public static JobBehavior fails(FailureCause cause) {
        return new JobBehavior(new Act.Fail(cause), Duration.ZERO);
    }

    /**
     * Adds a metric to a job that {@link #finishes}.
     *
     * @param name the metric's name
     * @param value its value
     * @return a new behavior
     * @throws IllegalStateException if the job executes its task, or fails
     */
    public JobBehavior metric(String name, double value) {
        if (!(act instanceof Act.Finish(Map<String, Double> metrics))) {
            throw new IllegalStateException("Cannot set the metric " + name
                    + " of a job that does not finish: begin with JobBehavior.finishes()");
        }
        Map<String, Double> more = new LinkedHashMap<>(metrics);
        more.put(name, value);
        return new JobBehavior(new Act.Finish(Collections.unmodifiableMap(more)), duration);
    }

    /**
     * Adds a delay before the job executes its task or ends, by the clock of {@link PlanRunner#clock}.
     *
     * @param time the delay
     * @return a new behavior
     */
    public JobBehavior after(Duration time) {
        return new JobBehavior(act, time);
    }

    Act act() {
        return act;
    }

    Duration duration() {
        return duration;
    }
}
