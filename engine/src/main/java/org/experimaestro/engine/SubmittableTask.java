package org.experimaestro.engine;

import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.Task;
import org.experimaestro.base.process.PlanLine;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.Node;

/** The check that a plan submits a task. */
final class SubmittableTask {
    private SubmittableTask() {}

    /**
     * Returns the node of a task.
     *
     * @param config what the plan submits
     * @throws ConfigException if it is not a task, or is what a submission has returned
     */
    static ConfigNode<?> of(Config<?> config) {
        if (!(Node.of(config) instanceof ConfigNode<?> node)
                || !Task.class.isAssignableFrom(node.descriptor().javaClass())) {
            throw ConfigException.of("Cannot submit " + config + ", which is not a task")
                    .at(PlanLine.current())
                    .build();
        }
        if (node.producer() != null) {
            throw ConfigException.of("Cannot submit " + config + " again: it is what a submission returned")
                    .at(PlanLine.current())
                    .advice("submit what the builder made")
                    .build();
        }
        return node;
    }
}
