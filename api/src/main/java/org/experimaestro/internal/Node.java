package org.experimaestro.internal;

import java.util.Objects;
import java.util.function.Consumer;
import org.experimaestro.Config;
import org.jspecify.annotations.Nullable;

/**
 * What is behind a {@link Config}: a configuration, or a collection of configurations that a task returned. Immutable.
 *
 * @param <T> the type of the plain value
 */
public abstract sealed class Node<T> permits ConfigNode, ContainerNode {
    private final Config<T> handle;
    private @Nullable TagSet tags;

    Node() {
        handle = Handles.wrap(this);
    }

    /**
     * The node of a handle.
     *
     * @param config the handle
     * @param <T> its type
     * @return its node
     */
    public static <T> Node<T> of(Config<T> config) {
        return Handles.unwrap(config);
    }

    /**
     * The handle of this node.
     *
     * @return always the same
     */
    public final Config<T> handle() {
        return handle;
    }

    /**
     * The tags of this node and of all below it.
     *
     * @return the tags
     */
    public final TagSet tags() {
        if (tags == null) {
            for (Node<?> part : PartsFirst.of(this, true, node -> node.tags != null)) {
                part.tags = part.collectTags();
            }
        }
        return Objects.requireNonNull(tags);
    }

    /**
     * The plain value as it is in the plan's process, made once: generated paths are relative where the job's folder is
     * not known.
     *
     * @return the value
     */
    public abstract T planValue();

    /**
     * The same node with a tag.
     *
     * @param name the tag's name
     * @param value a boolean, a number or a text
     * @return a new node
     */
    public abstract Node<T> withTag(String name, Object value);

    /**
     * The same node, whose tags stay with it.
     *
     * @return a new node
     */
    public abstract Node<T> withoutSpreadingTags();

    /** Calls the action with each node right below this one, and if asked for with the task that makes it. */
    abstract void forEachPart(boolean withTask, Consumer<Node<?>> action);

    /** The tags, while those of all parts are known. */
    abstract TagSet collectTags();

    /** The tags that whatever uses this node gets from it. */
    abstract TagSet spreadTags();
}
