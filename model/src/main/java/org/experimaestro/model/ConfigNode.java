package org.experimaestro.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.ConfigId;
import org.experimaestro.InitTask;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.generated.ValueType;
import org.experimaestro.model.type.CountRule;
import org.experimaestro.model.type.Encoder;
import org.experimaestro.model.type.PartialRules;
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
    private final HandleTraits traits;
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
            HandleTraits traits,
            @Nullable Producer producer,
            boolean startsFromPlanFolder,
            @Nullable ConfigId id,
            AtomicReference<@Nullable T> spareValue) {
        this.type = type;
        this.arguments = arguments;
        this.traits = traits;
        this.producer = producer;
        this.startsFromPlanFolder = startsFromPlanFolder;
        this.id = id != null
                ? id
                : Encoder.identify(type, arguments, traits.initIds(), producer == null ? null : producer.id(), null);
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
            startsFromPlanFolder |=
                    Encoder.isCounted(type.parameter(i), arguments[i]) && PlanFolder.isStartOf(arguments[i]);
        }
        return new ConfigNode<>(
                type,
                arguments,
                HandleTraits.NONE.withTags(ownTags),
                producer,
                startsFromPlanFolder,
                null,
                new AtomicReference<>());
    }

    static <T> ConfigNode<T> built(
            TypeDescriptor<T> type, @Nullable Object[] arguments, HandleTraits traits, boolean startsFromPlanFolder) {
        ConfigNode<T> node =
                new ConfigNode<>(type, arguments, traits, null, startsFromPlanFolder, null, new AtomicReference<>());
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
        // What was said about the use of the handle in its task is not said about the uses of what the task makes.
        HandleTraits made = traits.counting(CountRule.BY_PARAMETER);
        return new ConfigNode<>(type, arguments, made, producer, either, null, new AtomicReference<>());
    }

    /**
     * Returns this task as its own output: it keeps its identifier, and its generated paths are absolute.
     *
     * @param folder the job's folder
     * @return a new node
     */
    public ConfigNode<T> producedByItself(Path folder) {
        Producer self = new Producer(type.typeId(), id, folder, this);
        return new ConfigNode<>(type, arguments, traits, self, startsFromPlanFolder, id, new AtomicReference<>());
    }

    /** Returns the same configuration with other traits, which do not count in its identifier. */
    private ConfigNode<T> with(HandleTraits others) {
        return new ConfigNode<>(type, arguments, others, producer, startsFromPlanFolder, id, spareValue);
    }

    @Override
    ConfigNode<T> withTag(String name, Object value) {
        return with(traits.withTag(name, value));
    }

    @Override
    public ConfigNode<T> stopTags() {
        return with(traits.stoppingTags());
    }

    /**
     * Returns this configuration with another part in the identifiers of its users.
     *
     * @param rule the part
     * @return a new node with the same identifier
     */
    @Override
    public ConfigNode<T> counting(CountRule rule) {
        return with(traits.counting(rule));
    }

    /**
     * Returns this configuration without another part in the identifiers of its users than its parameters give it.
     *
     * @return this node, if nothing else was said
     */
    public ConfigNode<T> countingAsUsual() {
        return traits.countRule() == CountRule.BY_PARAMETER ? this : counting(CountRule.BY_PARAMETER);
    }

    @Override
    public ConfigNode<T> init(Config<? extends InitTask> task) {
        TaskTraits.requireTask(this, "give an init task to");
        return withInit(TaskTraits.initTask(this, task));
    }

    /**
     * Returns this task with one more init task, which is not checked.
     *
     * @param task the init task
     * @return a new node with another identifier
     */
    public ConfigNode<T> withInit(ConfigNode<?> task) {
        return new ConfigNode<>(
                type,
                arguments,
                traits.withInit(task),
                producer,
                startsFromPlanFolder || task.startsFromPlanFolder(),
                null,
                spareValue);
    }

    @Override
    public ConfigNode<T> after(Config<?> output) {
        TaskTraits.requireTask(this, "let wait");
        TaskTraits.requireMade(this, output);
        return with(traits.withAfter(output));
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
        return traits.tags();
    }

    /**
     * Returns whether users of the configuration do not inherit its tags.
     *
     * @return true after {@code stopTags}
     */
    public boolean isTagsStay() {
        return traits.tagsStay();
    }

    @Override
    public CountRule countRule() {
        return traits.countRule();
    }

    /**
     * Returns the init tasks of this task.
     *
     * @return in the order in which they run; unmodifiable
     */
    public List<ConfigNode<?>> inits() {
        return traits.inits();
    }

    /**
     * Returns the outputs of the tasks that this task waits for without using them.
     *
     * @return in the order in which the plan gave them; unmodifiable
     */
    public List<Config<?>> after() {
        return traits.after();
    }

    HandleTraits traits() {
        return traits;
    }

    /**
     * Returns an object that all handles of one configuration have in common: what one call of {@code build} made, with
     * whatever tags and init tasks.
     *
     * @return a key, compared by identity
     */
    public Object origin() {
        return spareValue;
    }

    /**
     * Returns this node as another handle of the same configuration.
     *
     * @param twin a node of the configuration, with the same values
     * @return a new node with the origin of the twin
     */
    @SuppressWarnings("unchecked") // a value of the same configuration is of the same class
    public ConfigNode<T> sharing(ConfigNode<?> twin) {
        return new ConfigNode<>(
                type, arguments, traits, producer, startsFromPlanFolder, id, ((ConfigNode<T>) twin).spareValue);
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

    @Override
    public ConfigId partialId(String name) {
        PartialRules.require(type, name);
        ConfigId made = producer == null || isProducedByItself() ? null : producer.id();
        return Encoder.identify(type, arguments, traits.initIds(), made, name);
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
        if (!hasMadeParts()) {
            for (Node<?> part : PostOrder.of(this, false, Node::hasPlanValue)) {
                if (part != this) {
                    part.makePlanValue();
                }
            }
        }
        return Values.planValue(this);
    }

    /**
     * Makes the values of the parts, if all of them are single configurations whose values were made when they were built.
     * Almost all are, and the general order takes longer than the rest of a building.
     */
    private boolean hasMadeParts() {
        for (int i = 0; i < arguments.length; i++) {
            ValueType parameter = type.parameter(i).type();
            if (arguments[i] == null || !parameter.holdsConfigs()) {
                continue;
            }
            if (parameter.kind() != ValueType.Kind.CONFIG
                    || !(Node.of((Config<?>) arguments[i]) instanceof ConfigNode<?> part)
                    || !part.hasPlanValue() && part.spareValue.get() == null) {
                return false;
            }
            part.makePlanValue();
        }
        return true;
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
        if (withTask) {
            traits.inits().forEach(action);
            if (producer != null && producer.task() != null && !isProducedByItself()) {
                action.accept(producer.task());
            }
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
        for (ConfigNode<?> init : traits.inits()) {
            tags = tags.plus(init.spreadTags());
        }
        if (producer != null && producer.task() != null && !isProducedByItself()) {
            tags = tags.plus(producer.task().spreadTags());
        }
        return tags.plusOwn(traits.tags(), type.typeId());
    }

    @Override
    TagSet spreadTags() {
        return traits.tagsStay() ? TagSet.EMPTY : tagSet();
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
