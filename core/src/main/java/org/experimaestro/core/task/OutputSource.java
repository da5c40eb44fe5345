package org.experimaestro.core.task;

import org.experimaestro.ConfigException;
import org.experimaestro.base.process.PlanLine;
import org.experimaestro.model.ConfigNode;
import org.jspecify.annotations.Nullable;

/**
 * The place where a task gives configurations that it makes, in the words of messages.
 *
 * @param task the task
 * @param subject the beginning of each message
 * @param gave the verb for the past, such as {@code returned}
 * @param give the verb for advice, such as {@code return}
 */
record OutputSource(ConfigNode<?> task, String subject, String gave, String give) {

    /** Returns the method {@code outputs} of a task, which the plan's process calls. */
    static OutputSource outputs(ConfigNode<?> task) {
        return new OutputSource(task, "The method outputs of " + task.descriptor(), "returned", "return");
    }

    /** Returns the announcement of a running task. */
    static OutputSource announcement(ConfigNode<?> task, String name) {
        return new OutputSource(task, "The task " + task.descriptor(), "announced as \"" + name + "\"", "announce");
    }

    ConfigException problem(String text, @Nullable String suggestion) {
        return ConfigException.of(subject + " " + text)
                .at(PlanLine.current())
                .advice(suggestion)
                .build();
    }
}
