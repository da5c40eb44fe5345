package org.experimaestro.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.ConfigId;
import org.experimaestro.Preparable;
import org.experimaestro.generated.TypeDescriptor;

/** The configurations with a prepare step that a task uses. */
public final class Preparables {
    private Preparables() {}

    /**
     * Finds the configurations of a task that have a prepare step: the task itself, its parameters at any depth, also in
     * the outputs of other tasks, and its init tasks with theirs. The tasks that make outputs are not searched.
     *
     * @param task the task
     * @return one for each identifier, parts before what they are part of
     */
    public static Collection<ConfigNode<?>> of(ConfigNode<?> task) {
        boolean hasSome = false;
        for (TypeDescriptor<?> type : task.types()) {
            hasSome |= Preparable.class.isAssignableFrom(type.javaClass());
        }
        if (!hasSome) {
            return List.of();
        }
        List<Node<?>> roots = new ArrayList<>(task.inits());
        roots.add(task);
        Map<ConfigId, ConfigNode<?>> found = new LinkedHashMap<>();
        for (Node<?> root : roots) {
            for (Node<?> part : PostOrder.of(root, false, known -> false)) {
                if (part instanceof ConfigNode<?> config
                        && Preparable.class.isAssignableFrom(config.descriptor().javaClass())) {
                    found.putIfAbsent(config.id(), config);
                }
            }
        }
        return found.values();
    }
}
