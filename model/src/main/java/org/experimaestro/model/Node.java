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
import org.experimaestro.model.type.CountRule;
import org.experimaestro.model.type.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The model's form of a handle: a configuration, or a collection of configurations that a task returned. Immutable.
 *
 * @param <T> the type of the plain value
 */
public abstract sealed class Node<T> implements Handle<T> permits ConfigNode, ContainerNode {
    private @Nullable TagSet tags;
    private @Nullable Set<TypeDescriptor<?>> types;

    Node() {}

    /**
     * Returns the node of a handle.
     *
     * @param config the handle
     * @param <T> its type
     * @return its node
     */
    public static <T> Node<T> of(Config<T> config) {
        return (Node<T>) config;
    }

    /**
     * Returns the tags of this node and of all below it.
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
     * Returns the types of this node and of all nodes below it, including init tasks, and the tasks that make
     * configurations if this process has them.
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
     * Returns the plain value in the plan's process. Generated paths are relative if the job's folder is unknown.
     *
     * @return the value; for a configuration always the same value
     */
    public abstract T planValue();

    /** Returns whether there is a plain value that {@link #planValue} would return. */
    abstract boolean hasPlanValue();

    /** Makes the plain value. The values of all parts are already made. */
    abstract void makePlanValue();

    /** Returns the same node with a tag. */
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

    /** Returns the same node with another part in the identifiers of its users. */
    abstract Node<T> counting(CountRule rule);

    @Override
    public final Config<T> asMeta() {
        return counting(CountRule.NEVER);
    }

    @Override
    public final Config<T> asCounted() {
        return counting(CountRule.ALWAYS);
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

    /** Calls the action with each node directly below this node, and optionally with its init tasks and its producer. */
    abstract void forEachPart(boolean withTask, Consumer<Node<?>> action);

    /** Returns the tags. The tags of all parts are already collected. */
    abstract TagSet collectTags();

    /** Returns the tags that users of this node inherit. */
    abstract TagSet spreadTags();
}
