package org.experimaestro.runtime;

import java.nio.file.Path;
import java.util.List;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.InitTask;
import org.experimaestro.Task;
import org.experimaestro.TaskContext;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.ValueTree;

/**
 * A task with its init tasks, as values of one tree: what an init task restores in a configuration, the task finds there.
 * Confined to one thread.
 *
 * <p>On the start path of a job: without lambdas and streams.
 */
public final class PreparedTask {
    private final ConfigNode<?> node;
    private final Task<?> task;
    private final InitTask[] inits;
    private final ValueTree tree;

    private PreparedTask(ConfigNode<?> node, Task<?> task, InitTask[] inits, ValueTree tree) {
        this.tree = tree;
        this.node = node;
        this.task = task;
        this.inits = inits;
    }

    /**
     * Makes a task.
     *
     * @param node the task
     * @param folder an absolute path, the start of its generated paths
     * @return the task with its init tasks
     * @throws ConfigException if a constructor refuses its values, or an init task is none
     */
    public static PreparedTask of(ConfigNode<?> node, Path folder) {
        ValueTree tree = ValueTree.ofJob(node, folder);
        Task<?> task = (Task<?>) tree.value((Config<?>) node);
        List<ConfigNode<?>> nodes = node.inits();
        InitTask[] inits = new InitTask[nodes.size()];
        for (int i = 0; i < inits.length; i++) {
            if (!(tree.value((Config<?>) nodes.get(i)) instanceof InitTask init)) {
                throw ConfigException.of(nodes.get(i).descriptor() + " is not an init task")
                        .build();
            }
            inits[i] = init;
        }
        return new PreparedTask(node, task, inits, tree);
    }

    /**
     * Returns the node of the task.
     *
     * @return the node of which the task was made
     */
    public ConfigNode<?> node() {
        return node;
    }

    /**
     * Returns the task.
     *
     * @return always the same value
     */
    public Task<?> task() {
        return task;
    }

    /**
     * Runs the init tasks in their order, and executes the task.
     *
     * @param context the context of the job
     * @throws InitTaskException if an init task throws
     * @throws Exception if the task throws it
     */
    public void execute(TaskContext context) throws Exception {
        if (context instanceof IdentifyingContext identifying) {
            identifying.identities().know(node, tree.values());
        }
        for (int i = 0; i < inits.length; i++) {
            try {
                inits[i].init(context);
            } catch (InterruptedException asked) {
                throw asked;
            } catch (Throwable thrown) {
                String typeId = node.inits().get(i).descriptor().typeId();
                throw new InitTaskException(typeId, i + 1, inits.length, thrown);
            }
        }
        task.execute(context);
    }
}
