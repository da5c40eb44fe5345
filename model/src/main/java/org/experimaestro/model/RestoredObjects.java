package org.experimaestro.model;

import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.experimaestro.ConfigException;
import org.experimaestro.ConfigId;
import org.experimaestro.base.process.PlanLine;

/**
 * The check that a task finds the state which its init tasks restore. They share an object only if both have a handle of one
 * {@code build()}, and equal handles have one identifier. So a task with an object of its own, without the state, would pass
 * for the one that has it.
 *
 * <p>Records have no state beside their parameters, so they are not looked at.
 */
public final class RestoredObjects {
    private RestoredObjects() {}

    /**
     * Refuses a task with an object that is equal to one of its init tasks, and not the same.
     *
     * @param task the task
     * @throws ConfigException if there is such an object
     */
    public static void check(ConfigNode<?> task) {
        if (task.inits().isEmpty()) {
            return;
        }
        Map<ConfigId, Set<Object>> restored = new HashMap<>();
        for (ConfigNode<?> init : task.inits()) {
            for (Node<?> part : PostOrder.of(init, false, known -> false)) {
                if (part instanceof ConfigNode<?> node && hasState(node)) {
                    restored.computeIfAbsent(node.id(), id -> Collections.newSetFromMap(new IdentityHashMap<>()))
                            .add(node.origin());
                }
            }
        }
        for (Node<?> part : PostOrder.of(task, false, known -> false)) {
            if (part instanceof ConfigNode<?> node && part != task && hasState(node)) {
                Set<Object> origins = restored.get(node.id());
                if (origins != null && !origins.contains(node.origin())) {
                    throw ConfigException.of(
                                    "Cannot submit " + task + ": it uses another " + node
                                            + " than its init tasks, which is equal, but has none of the state that they restore")
                            .at(PlanLine.current())
                            .advice("give both the same handle, such as one that the init task has:"
                                    + " init.get(LoadWeights::network)")
                            .build();
                }
            }
        }
    }

    private static boolean hasState(ConfigNode<?> node) {
        return !node.descriptor().javaClass().isRecord();
    }
}
