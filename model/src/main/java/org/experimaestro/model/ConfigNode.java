package org.experimaestro.model;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.ConfigId;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.generated.ValueType;
import org.experimaestro.model.type.Encoder;
import org.experimaestro.model.type.PlanFolder;
import org.jspecify.annotations.Nullable;

/**
 * A configuration of a plan: its type, the bound values of its parameters, its tags, the task that makes it, and its
 * identifier. Immutable.
 *
 * <p>A bound value is a box, a {@code String}, {@code Path}, {@code Duration} or enum constant, a {@link Config}, or
 * an unmodifiable collection of these. It is {@code null} for an absent optional, and for a generated path.
 *
 * @param <T> the configuration's class
 */
public final class ConfigNode<T> extends Node<T> {
    private final TypeDescriptor<T> type;
    private final @Nullable Object[] arguments;
    private final SortedMap<String, Object> ownTags;
    private final boolean tagsStay;
    private final @Nullable Producer producer;
    private final boolean startsFromPlanFolder;
    private final ConfigId id;

    /**
     * The value that was made when the configuration was built, until its first handle that needs a value takes it.
     */
    private final AtomicReference<@Nullable T> spareValue;

    private volatile @Nullable T planValue;

    private ConfigNode(
            TypeDescriptor<T> type,
            @Nullable Object[] arguments,
            SortedMap<String, Object> ownTags,
            boolean tagsStay,
            @Nullable Producer producer,
            boolean startsFromPlanFolder,
            @Nullable ConfigId id,
            AtomicReference<@Nullable T> spareValue) {
        this.type = type;
        this.arguments = arguments;
        this.ownTags = ownTags;
        this.tagsStay = tagsStay;
        this.producer = producer;
        this.startsFromPlanFolder = startsFromPlanFolder;
        this.id = id != null ? id : Encoder.identify(type, arguments, producer == null ? null : producer.id());
        this.spareValue = spareValue;
    }

    /**
     * Creates a configuration. Calls the constructor, which checks the values.
     *
     * @param type its type
     * @param arguments the bound values, one for each parameter; not copied
     * @param ownTags the tags given to its values
     * @param producer the task that makes it, or {@code null}
     * @param <T> the configuration's class
     * @return the node
     * @throws ConfigException if the constructor refuses the values
     */
    public static <T> ConfigNode<T> of(
            TypeDescriptor<T> type,
            @Nullable Object[] arguments,
            SortedMap<String, Object> ownTags,
            @Nullable Producer producer) {
        ConfigNode<T> node = stored(type, arguments, ownTags, producer);
        node.spareValue.set(node.construct());
        return node;
    }

    /**
     * Creates a configuration without calling the constructor, which has accepted the values before.
     *
     * @param type its type
     * @param arguments the bound values, one for each parameter; not copied
     * @param ownTags the tags given to its values
     * @param producer the task that makes it, or {@code null}
     * @param <T> the configuration's class
     * @return the node
     */
    public static <T> ConfigNode<T> stored(
            TypeDescriptor<T> type,
            @Nullable Object[] arguments,
            SortedMap<String, Object> ownTags,
            @Nullable Producer producer) {
        boolean startsFromPlanFolder = false;
        for (int i = 0; i < arguments.length; i++) {
            startsFromPlanFolder |= type.parameter(i).isCounted() && PlanFolder.isStartOf(arguments[i]);
        }
        return new ConfigNode<>(
                type,
                arguments,
                Collections.unmodifiableSortedMap(ownTags),
                false,
                producer,
                startsFromPlanFolder,
                null,
                new AtomicReference<>());
    }

    static <T> ConfigNode<T> built(
            TypeDescriptor<T> type,
            @Nullable Object[] arguments,
            SortedMap<String, Object> ownTags,
            boolean startsFromPlanFolder) {
        ConfigNode<T> node = new ConfigNode<>(
                type,
                arguments,
                Collections.unmodifiableSortedMap(ownTags),
                false,
                null,
                startsFromPlanFolder,
                null,
                new AtomicReference<>());
        node.spareValue.set(node.construct());
        return node;
    }

    /**
     * Returns this configuration, made by a task.
     *
     * @param producer the task
     * @return a new node with another identifier
     */
    public ConfigNode<T> producedBy(Producer producer) {
        boolean either = startsFromPlanFolder
                || producer.task() != null && producer.task().startsFromPlanFolder();
        return new ConfigNode<>(type, arguments, ownTags, tagsStay, producer, either, null, new AtomicReference<>());
    }

    /**
     * Returns this task as its own output: it keeps its identifier, and its generated paths are absolute.
     *
     * @param folder the job's folder
     * @return a new node
     */
    public ConfigNode<T> producedByItself(Path folder) {
        Producer self = new Producer(type.typeId(), id, folder, this);
        return new ConfigNode<>(
                type, arguments, ownTags, tagsStay, self, startsFromPlanFolder, id, new AtomicReference<>());
    }

    @Override
    ConfigNode<T> withTag(String name, Object value) {
        SortedMap<String, Object> tags = new TreeMap<>(ownTags);
        tags.put(name, value);
        return new ConfigNode<>(
                type,
                arguments,
                Collections.unmodifiableSortedMap(tags),
                tagsStay,
                producer,
                startsFromPlanFolder,
                id,
                spareValue);
    }

    @Override
    public ConfigNode<T> stopTags() {
        return new ConfigNode<>(type, arguments, ownTags, true, producer, startsFromPlanFolder, id, spareValue);
    }

    @Override
    public TypeDescriptor<T> descriptor() {
        return type;
    }

    @Override
    public String type() {
        return type.typeId();
    }

    @Override
    public boolean isMade() {
        return producer != null;
    }

    /**
     * Returns the bound value of a parameter.
     *
     * @param index of the parameter
     * @return the value
     */
    public @Nullable Object argument(int index) {
        return arguments[index];
    }

    /**
     * Returns the bound values of all parameters.
     *
     * @return a copy
     */
    public @Nullable Object[] arguments() {
        return arguments.clone();
    }

    /**
     * Returns the tags given to this configuration and its values, without those below it.
     *
     * @return unmodifiable
     */
    public SortedMap<String, Object> ownTags() {
        return ownTags;
    }

    /**
     * Returns whether users of the configuration do not inherit its tags.
     *
     * @return true after {@code stopTags}
     */
    public boolean isTagsStay() {
        return tagsStay;
    }

    /**
     * Returns the task that makes it.
     *
     * @return the producer, or {@code null} for a configuration that needs no task
     */
    public @Nullable Producer producer() {
        return producer;
    }

    /**
     * Returns whether it is a task that was submitted and returned itself.
     *
     * @return true if the producer is this task
     */
    public boolean isProducedByItself() {
        return producer != null && producer.id().equals(id);
    }

    @Override
    public ConfigId id() {
        return id;
    }

    /**
     * Returns the plain value of this handle, which no other handle shares. With it, {@code get} distinguishes the
     * handle from the same configuration with other tags. The first handle that needs a value takes the value from
     * the building of the configuration; every other handle makes its own.
     */
    @Override
    public T planValue() {
        if (planValue == null) {
            makePlanValue();
        }
        return Objects.requireNonNull(planValue);
    }

    @Override
    boolean hasPlanValue() {
        return planValue != null;
    }

    @Override
    synchronized void makePlanValue() {
        if (planValue == null) {
            T spare = spareValue.getAndSet(null);
            planValue = spare != null ? spare : construct();
        }
    }

    private T construct() {
        for (Node<?> part : PostOrder.of(this, false, Node::hasPlanValue)) {
            if (part != this) {
                part.makePlanValue();
            }
        }
        return Values.planValue(this);
    }

    @Override
    public boolean startsFromPlanFolder() {
        return startsFromPlanFolder;
    }

    @Override
    void forEachPart(boolean withTask, Consumer<Node<?>> action) {
        for (int i = 0; i < arguments.length; i++) {
            BoundHandles.forEach(type.parameter(i).type(), arguments[i], config -> action.accept(Node.of(config)));
        }
        if (withTask && producer != null && producer.task() != null && !isProducedByItself()) {
            action.accept(producer.task());
        }
    }

    @Override
    TagSet collectTags() {
        TagSet tags = TagSet.EMPTY;
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] != null && type.parameter(i).type().holdsConfigs()) {
                tags = tags.plus(tagsOf(type.parameter(i).type(), arguments[i]));
            }
        }
        if (producer != null && producer.task() != null && !isProducedByItself()) {
            tags = tags.plus(producer.task().spreadTags());
        }
        return tags.plusOwn(ownTags, type.typeId());
    }

    @Override
    TagSet spreadTags() {
        return tagsStay ? TagSet.EMPTY : tagSet();
    }

    static TagSet tagsOf(ValueType type, @Nullable Object bound) {
        TagSet[] tags = {TagSet.EMPTY};
        BoundHandles.forEach(
                type, bound, config -> tags[0] = tags[0].plus(Node.of(config).spreadTags()));
        return tags[0];
    }

    @Override
    public String toString() {
        return type.typeId() + "/" + id.toString().substring(0, 8);
    }
}
