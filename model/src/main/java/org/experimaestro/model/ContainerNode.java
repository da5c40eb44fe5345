package org.experimaestro.model;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.ConfigId;
import org.experimaestro.InitTask;
import org.experimaestro.base.process.PlanLine;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.generated.ValueType;
import org.experimaestro.model.type.CountRule;
import org.experimaestro.model.type.PlanFolder;
import org.jspecify.annotations.Nullable;

/**
 * A list, set, map or optional of configurations that a task returned, or that a parameter holds. Immutable.
 *
 * @param <T> the type of the collection
 */
public final class ContainerNode<T> extends Node<T> {
    private final ValueType type;
    private final @Nullable Object content;

    /**
     * Creates a collection of handles.
     *
     * @param type its type, which holds configurations
     * @param content the bound value
     */
    public ContainerNode(ValueType type, @Nullable Object content) {
        this.type = type;
        this.content = content;
    }

    /**
     * Returns the type of the collection.
     *
     * @return a list, set, map or optional
     */
    public ValueType valueType() {
        return type;
    }

    /**
     * Returns the collection as a bound value.
     *
     * @return a collection of handles; for an optional the handle itself, or {@code null}
     */
    public @Nullable Object content() {
        return content;
    }

    @Override
    @SuppressWarnings("unchecked")
    public T planValue() {
        Object value = Values.plain(type, content, config -> Node.of(config).planValue());
        return (T) Objects.requireNonNullElse(value, Optional.empty());
    }

    @Override
    boolean hasPlanValue() {
        return false;
    }

    /** Does nothing: a collection is made at each call, from the values of its parts. */
    @Override
    void makePlanValue() {}

    @Override
    Node<T> withTag(String name, Object value) {
        Object tagged = Values.rebind(type, content, config -> Node.of(config).withTag(name, value));
        return new ContainerNode<>(type, tagged);
    }

    @Override
    public Node<T> stopTags() {
        Object stopped = Values.rebind(type, content, config -> Node.of(config).stopTags());
        return new ContainerNode<>(type, stopped);
    }

    @Override
    Node<T> counting(CountRule rule) {
        return new ContainerNode<>(
                type, Values.rebind(type, content, config -> Node.of(config).counting(rule)));
    }

    @Override
    public CountRule countRule() {
        return CountRule.BY_PARAMETER;
    }

    @Override
    public Config<T> init(Config<? extends InitTask> task) {
        throw TaskTraits.noTask(this, "give an init task to");
    }

    @Override
    public Config<T> after(Config<?> output) {
        throw TaskTraits.noTask(this, "let wait");
    }

    @Override
    public boolean startsFromPlanFolder() {
        return PlanFolder.isStartOf(content);
    }

    @Override
    void forEachPart(boolean withTask, Consumer<Node<?>> action) {
        BoundHandles.forEach(type, content, config -> action.accept(Node.of(config)));
    }

    @Override
    TagSet collectTags() {
        return ConfigNode.tagsOf(type, content);
    }

    @Override
    TagSet spreadTags() {
        return tagSet();
    }

    @Override
    public ConfigId id() {
        throw noSingle("identifier");
    }

    @Override
    public ConfigId partialId(String name) {
        throw noSingle("partial identifier");
    }

    @Override
    public String type() {
        throw noSingle("type id");
    }

    @Override
    public @Nullable TypeDescriptor<T> descriptor() {
        return null;
    }

    @Override
    public boolean isMade() {
        return false;
    }

    @Override
    public String toString() {
        return String.valueOf(content);
    }

    private static ConfigException noSingle(String wanted) {
        return ConfigException.of("A collection of configurations has no " + wanted)
                .at(PlanLine.current())
                .advice("take its parts with Config.elements, Config.entries or Config.present")
                .build();
    }
}
