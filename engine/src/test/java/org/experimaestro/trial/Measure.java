package org.experimaestro.trial;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.experimaestro.ConfigType;
import org.experimaestro.Meta;
import org.experimaestro.SelfTask;
import org.experimaestro.TaskContext;

/**
 * A task that tells a metric, and is then steered like a {@link Step}.
 *
 * @param name what the files are named after
 * @param value what it measures
 * @param after what it depends on
 * @param control the folder of the files
 */
@ConfigType("trial.measure")
public record Measure(
        String name,
        double value,
        Optional<Measure> after,
        @Meta Path control) implements SelfTask<Measure> {

    @Override
    public void execute(TaskContext context) throws IOException {
        context.metric("value", value / 2);
        context.progress(0.5, "the \"metric\" is halfway");
        context.metric("value", value);
        new Control(control).pass(name);
    }
}
