package org.experimaestro.model;

import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.InitTask;
import org.experimaestro.Task;
import org.experimaestro.base.process.PlanLine;
import org.jspecify.annotations.Nullable;

/** The checks of what a plan gives to a task: init tasks, and outputs to wait for. */
final class TaskTraits {
    private TaskTraits() {}

    /** Requires a task that a plan may still submit. */
    static void requireTask(ConfigNode<?> node, String action) {
        if (!Task.class.isAssignableFrom(node.descriptor().javaClass())) {
            throw noTask(node, action);
        }
        if (node.producer() != null) {
            throw problem(action, node, "it is what a submission returned", "do it before the task is submitted");
        }
    }

    static ConfigException noTask(Node<?> node, String action) {
        return problem(action, node, "it is not a task", "do it for the task that you submit");
    }

    /** Returns the node of an init task. */
    static ConfigNode<?> initTask(ConfigNode<?> task, Config<? extends InitTask> init) {
        // The compiler checks the class, except in code with raw or unchecked types.
        if (!(Node.of(init) instanceof ConfigNode<?> node)
                || !InitTask.class.isAssignableFrom(node.descriptor().javaClass())) {
            throw problem(
                    "give an init task to",
                    task,
                    init + " does not implement InitTask",
                    "give a configuration that does, one at a time");
        }
        if (node.producer() == null
                && Task.class.isAssignableFrom(node.descriptor().javaClass())) {
            throw problem(
                    "give an init task to",
                    task,
                    node + " is a task, too, and was not submitted",
                    "submit it first, and give what submit returns");
        }
        return node;
    }

    /** Requires something to wait for. */
    static void requireMade(ConfigNode<?> task, Config<?> output) {
        for (Node<?> part : PostOrder.of(Node.of(output), false, node -> false)) {
            if (part instanceof ConfigNode<?> node && node.producer() != null) {
                return;
            }
        }
        throw problem("let wait", task, "no task makes " + output, "pass what submit returned");
    }

    private static ConfigException problem(String action, Node<?> node, String reason, @Nullable String advice) {
        return ConfigException.of("Cannot " + action + " " + node + ": " + reason)
                .at(PlanLine.current())
                .advice(advice)
                .build();
    }
}
