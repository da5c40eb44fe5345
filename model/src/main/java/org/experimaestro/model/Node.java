package org.experimaestro.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.NamedBuilder;
import org.experimaestro.base.process.PlanLine;
import org.experimaestro.base.text.TagValue;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.model.type.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A handle as the model has it: a configuration, or a collection of configurations that a task returned. Immutable.
 *
 * @param <T> the type of the plain value
 */
public abstract sealed class Node<T> implements Handle<T> permits ConfigNode, ContainerNode {
    private @Nullable TagSet tags;
    private @Nullable Set<TypeDescriptor<?>> types;

    Node() {}

    /**
     * The node of a handle.
     *
     * @param config the handle
     * @param <T> its type
     * @return its node
     */
    public static <T> Node<T> of(Config<T> config) {
        return (Node<T>) config;
    }

    /**
     * The tags of this node and of all below it.
     *
     * @return the tags
     */
    public final TagSet tagSet() {
        if (tags == null) {
            for (Node<?> part : PostOrder.of(this, true, node -> node.tags != null)) {
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
            for (Node<?> part : PostOrder.of(this, true, node -> node.types != null)) {
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
            all.add(config.descriptor());
        }
        // A chain of a thousand tasks of one type has one set.
        return all.size() == most.size() ? most : Collections.unmodifiableSet(all);
    }

    /**
     * The plain value as it is in the plan's process: generated paths are relative where the job's folder is not known.
     *
     * @return the value; of a configuration always the same one
     */
    public abstract T planValue();

    /** Whether there is a plain value that {@link #planValue} would return. */
    abstract boolean hasPlanValue();

    /** Makes the plain value, while those of all parts are made. */
    abstract void makePlanValue();

    /** The same node with a tag. */
    abstract Node<T> withTag(String name, Object value);

    @Override
    public final Node<T> tag(String name, Object value) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("A tag needs a name");
        }
        String stored = (String) tagPart("name", name);
        return withTag(stored, tagPart("value of the tag " + name, value));
    }

    private Object tagPart(String part, Object value) {
        try {
            return TagValue.of(value);
        } catch (IllegalArgumentException unfit) {
            throw ConfigException.of("Cannot tag " + this + ": the " + part + " " + unfit.getMessage())
                    .at(PlanLine.current())
                    .advice("give a boolean, a number or a text")
                    .cause(unfit)
                    .build();
        }
    }

    @Override
    public final NamedBuilder<T> toBuilder() {
        return Assembly.from(this);
    }

    @Override
    public final <U> Config<U> get(Function<? super T, ? extends U> parameter) {
        return HandleLookup.from(this, parameter.apply(planValue()));
    }

    @Override
    public final T value() {
        return new ValueTree().value(this);
    }

    /** Calls the action with each node right below this one, and if asked for with the task that makes it. */
    abstract void forEachPart(boolean withTask, Consumer<Node<?>> action);

    /** The tags, while those of all parts are known. */
    abstract TagSet collectTags();

    /** The tags that whatever uses this node gets from it. */
    abstract TagSet spreadTags();
}
