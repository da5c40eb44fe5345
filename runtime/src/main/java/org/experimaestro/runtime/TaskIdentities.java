package org.experimaestro.runtime;

import java.util.IdentityHashMap;
import java.util.Map;
import org.experimaestro.ConfigException;
import org.experimaestro.Configurable;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.Node;
import org.experimaestro.workspace.shared.ComputedFolder;

/** The configurations of a task that is being executed, by their values. Thread-safe. */
public final class TaskIdentities {
    private Map<Node<?>, Object> values = Map.of();

    /** Creates an object that knows no task yet. */
    public TaskIdentities() {}

    /** Sets the values of the task. */
    synchronized void know(Map<Node<?>, Object> ofTask) {
        values = ofTask;
    }

    /**
     * Returns the folder of what is computed for a configuration.
     *
     * @param configuration the task, or a configuration in it
     * @param name the name of what is computed
     * @return the folder
     * @throws ConfigException if the value is not one of the task
     * @throws IllegalArgumentException if the name cannot be that of a folder
     */
    public synchronized ComputedFolder computed(Configurable configuration, String name) {
        IdentityHashMap<Object, Node<?>> nodes = new IdentityHashMap<>();
        values.forEach((node, value) -> nodes.put(value, node));
        if (nodes.get(configuration) instanceof ConfigNode<?> node) {
            return new ComputedFolder(node.descriptor().typeId(), node.id(), name);
        }
        throw ConfigException.of("Cannot compute \"" + name + "\" once for "
                        + configuration.getClass().getSimpleName() + ": this object is not a configuration of the task")
                .advice("give the task itself, or an object that it has as a parameter, and not a copy")
                .build();
    }
}
