package org.experimaestro.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.experimaestro.Config;
import org.experimaestro.internal.type.TypeDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * What is behind a {@link Config}: a configuration, or a collection of configurations that a task returned. Immutable.
 *
 * @param <T> the type of the plain value
 */
public abstract sealed class Node<T> permits ConfigNode, ContainerNode {
    private final Config<T> handle;
    private @Nullable TagSet tags;
    private @Nullable Set<TypeDescriptor<?>> types;

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
     * The types of this node and of all below it, the tasks that make configurations included as far as this process knows
     * them.
     *
     * @return unmodifiable; equal sets are often the same object
     */
    public final Set<TypeDescriptor<?>> types() {
        if (types == null) {
            for (Node<?> part : PartsFirst.of(this, true, node -> node.types != null)) {
                part.types = part.collectTypes();
            }
        }
        return Objects.requireNonNull(types);
    }

    private Set<TypeDescriptor<?>> collectTypes() {
        List<Set<TypeDescriptor<?>>> sets = new ArrayList<>();
        forEachPart(true, part -> sets.add(Objects.requireNonNull(part.types)));
        Set<TypeDescriptor<?>> most = Set.of();
        for (Set<TypeDescriptor<?>> set : sets) {
            most = set.size() > most.size() ? set : most;
        }
        Set<TypeDescriptor<?>> all = new LinkedHashSet<>(most);
        sets.forEach(all::addAll);
        if (this instanceof ConfigNode<?> config) {
            all.add(config.type());
        }
        // A chain of a thousand tasks of one type has one set.
        return all.size() == most.size() ? most : Collections.unmodifiableSet(all);
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

    /**
     * Whether its identifier would be another one in another plan's folder: a relative path that counts is in it, at any
     * depth.
     *
     * @return false if all its paths that count were absolute when they were given
     */
    public abstract boolean startsFromPlanFolder();

    /** Calls the action with each node right below this one, and if asked for with the task that makes it. */
    abstract void forEachPart(boolean withTask, Consumer<Node<?>> action);

    /** The tags, while those of all parts are known. */
    abstract TagSet collectTags();

    /** The tags that whatever uses this node gets from it. */
    abstract TagSet spreadTags();
}
