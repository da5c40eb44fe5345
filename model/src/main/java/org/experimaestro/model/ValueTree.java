package org.experimaestro.model;

import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import org.experimaestro.Config;
import org.jspecify.annotations.Nullable;

/**
 * A tree of plain values, with one new instance for each handle: parts that handles share are shared by their values. In
 * the job of a task that has init tasks, all handles of one configuration share one instance, so that the task finds
 * what an init task has restored. Confined to one thread.
 */
public final class ValueTree {
    private final IdentityHashMap<Node<?>, Object> values = new IdentityHashMap<>();
    /** The first handle of each configuration, by its origin. */
    private final IdentityHashMap<Object, ConfigNode<?>> firsts = new IdentityHashMap<>();

    private final @Nullable ConfigNode<?> task;
    private final @Nullable Path folder;
    private final boolean inJob;
    private @Nullable NestedPaths nested;

    /** Creates a tree in which generated paths are relative, unless the job's folder is known. */
    public ValueTree() {
        this(null, null, false);
    }

    /**
     * Creates the tree of a task that has a folder.
     *
     * @param task the task
     * @param folder the job's folder
     */
    public ValueTree(ConfigNode<?> task, Path folder) {
        this(task, folder, false);
    }

    private ValueTree(@Nullable ConfigNode<?> task, @Nullable Path folder, boolean inJob) {
        this.task = task;
        this.folder = folder;
        this.inJob = inJob;
    }

    /**
     * Creates the tree of a task that this process runs: its paths below named roots are plain paths of this host.
     *
     * @param task the task
     * @param folder the job's folder
     * @return a new tree
     */
    public static ValueTree ofJob(ConfigNode<?> task, Path folder) {
        return new ValueTree(task, folder, true);
    }

    /**
     * Returns the value of a handle.
     *
     * @param config the handle
     * @param <T> its type
     * @return the same value at each call
     */
    @SuppressWarnings("unchecked")
    public <T> T value(Config<T> config) {
        Node<?> node = first(Node.of(config));
        if (!values.containsKey(node)) {
            for (Node<?> part : PostOrder.of(node, false, known -> values.containsKey(first(known)))) {
                Node<?> first = first(part);
                if (!values.containsKey(first)) {
                    values.put(first, make(first));
                }
            }
        }
        return (T) Objects.requireNonNull(values.get(node));
    }

    /** Returns the handle whose instance a handle has. */
    private Node<?> first(Node<?> node) {
        if (!inJob || task == null || task.inits().isEmpty() || !(node instanceof ConfigNode<?> config)) {
            return node;
        }
        ConfigNode<?> known = firsts.putIfAbsent(config.origin(), config);
        return known == null ? config : known;
    }

    /**
     * Returns the handles whose values were made, and these values.
     *
     * @return the values by node; must not be changed
     */
    public Map<Node<?>, Object> values() {
        return values;
    }

    private Object make(Node<?> node) {
        if (node instanceof ConfigNode<?> config) {
            return Values.construct(config, folderOf(config), folder, inJob, this::value);
        }
        ContainerNode<?> container = (ContainerNode<?>) node;
        Object plain = Values.plain(container.valueType(), container.content(), this::value);
        if (plain == null) {
            throw new IllegalStateException("A collection of configurations is never null");
        }
        return plain;
    }

    private @Nullable Path folderOf(ConfigNode<?> node) {
        if (node == task) {
            return folder;
        }
        Producer producer = node.producer();
        if (producer != null) {
            return node.isProducedByItself() ? producer.folder() : null;
        }
        if (task == null || folder == null || !NestedPaths.hasPaths(node.descriptor())) {
            return null;
        }
        if (nested == null) {
            nested = NestedPaths.of(task);
        }
        return nested.folder(node, folder);
    }
}
