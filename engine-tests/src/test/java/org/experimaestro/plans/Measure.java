package org.experimaestro.plans;

import java.util.Optional;
import org.experimaestro.ConfigType;
import org.experimaestro.Meta;
import org.experimaestro.SelfTask;
import org.experimaestro.TaskContext;

/**
 * A task that tells a metric, and may throw afterwards.
 *
 * @param name the name
 * @param value what it measures
 * @param after what it depends on
 * @param fails whether it throws
 */
@ConfigType("trial.measure")
record Measure(
        String name,
        double value,
        Optional<Measure> after,
        @Meta boolean fails) implements SelfTask<Measure> {
    @Override
    public void execute(TaskContext context) {
        context.metric("value", value / 2);
        context.progress(0.5, "the \"metric\" is halfway");
        context.metric("value", value);
        if (fails) {
            throw new IllegalStateException(name + " was told to fail");
        }
    }
}
