package org.experimaestro.runtime;

import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.Map;
import org.experimaestro.ConfigException;
import org.experimaestro.Configurable;
import org.experimaestro.core.task.AnnouncedOutput;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.Node;
import org.experimaestro.workspace.shared.ComputedFolder;
import org.jspecify.annotations.Nullable;

/** The configurations of a task that is being executed, by their values. Thread-safe. */
public final class TaskIdentities {
    private static final int LONGEST_NAME = 200;

    private Map<Node<?>, Object> values = Map.of();
    private @Nullable ConfigNode<?> task;

    /** Creates an object that knows no task yet. */
    public TaskIdentities() {}

    /** Sets the task, and the values of its configurations. */
    synchronized void know(ConfigNode<?> executed, Map<Node<?>, Object> ofTask) {
        task = executed;
        values = ofTask;
    }

    /**
     * Converts what the task announces to JSON.
     *
     * @param folder the job's folder
     * @param workspace the job's workspace
     * @param workspaceFromFile the relative path from the file with the announcements to the workspace
     * @param name the name of the announcement
     * @param output the configuration
     * @return a JSON object
     * @throws ConfigException as for {@link AnnouncedOutput#toJson}
     * @throws IllegalArgumentException if the text cannot be a name
     * @throws IllegalStateException if no task is being executed
     */
    public synchronized Map<String, Object> announced(
            Path folder, Path workspace, String workspaceFromFile, String name, Configurable output) {
        requireName(name);
        ConfigNode<?> announcing = task;
        if (announcing == null) {
            throw new IllegalStateException("Only a task that is being executed can announce \"" + name + "\"");
        }
        return AnnouncedOutput.toJson(announcing, values, folder, workspace, workspaceFromFile, name, output);
    }

    /**
     * Returns whether a task is known.
     *
     * @return false for a test that executes a task itself
     */
    public synchronized boolean isTaskKnown() {
        return task != null;
    }

    /**
     * Requires that a text can be the name of an announcement.
     *
     * @param name the text
     * @throws IllegalArgumentException if it cannot
     */
    public static void requireName(String name) {
        boolean isPrintable = true;
        for (int i = 0; i < name.length(); i++) {
            isPrintable &= !Character.isISOControl(name.charAt(i));
        }
        if (name.isEmpty() || name.length() > LONGEST_NAME || !isPrintable) {
            throw new IllegalArgumentException("The name of an announcement has 1 to " + LONGEST_NAME
                    + " characters and no control characters: \"" + name + "\"");
        }
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
