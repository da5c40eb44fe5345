package org.experimaestro.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.NamedBuilder;
import org.experimaestro.Tagged;
import org.experimaestro.base.process.PlanLine;
import org.experimaestro.base.text.TagValue;
import org.experimaestro.generated.BuilderState;
import org.experimaestro.generated.Parameter;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.model.type.Binder;
import org.experimaestro.model.type.Defaults;
import org.experimaestro.model.type.Encoder;
import org.experimaestro.model.type.PlanFolder;
import org.experimaestro.model.type.ValueCheck;
import org.jspecify.annotations.Nullable;

/**
 * The state of a builder: the values that were set, from which it makes a configuration. Confined to one thread.
 *
 * @param <T> the configuration's class
 */
public final class Assembly<T> implements BuilderState<T>, NamedBuilder<T> {
    private final TypeDescriptor<T> type;
    private final @Nullable Object[] arguments;
    private final boolean[] isSet;
    private final boolean[] startsFromPlanFolder;
    private final SortedMap<String, Object> tags = new TreeMap<>();
    /** The configuration of which a variation is built. */
    private @Nullable ConfigNode<T> original;

    /**
     * Creates an assembly in which nothing is set.
     *
     * @param type the type to build
     */
    public Assembly(TypeDescriptor<T> type) {
        this.type = type;
        this.arguments = new Object[type.size()];
        this.isSet = new boolean[type.size()];
        this.startsFromPlanFolder = new boolean[type.size()];
    }

    /**
     * Creates an assembly with the parameters and tags of a configuration. If a task makes the configuration, {@link
     * #build} refuses values that count and are others.
     *
     * @param config the configuration
     * @param <T> its class
     * @return a new assembly
     * @throws ConfigException if it is a collection
     */
    public static <T> Assembly<T> from(Config<T> config) {
        if (!(Node.of(config) instanceof ConfigNode<T> node)) {
            throw ConfigException.of("A collection of configurations has no builder: " + config)
                    .build();
        }
        Assembly<T> assembly = new Assembly<>(node.descriptor());
        for (int i = 0; i < node.descriptor().size(); i++) {
            if (node.descriptor().parameter(i).generatedPath() == null) {
                assembly.arguments[i] = node.argument(i);
                assembly.isSet[i] = true;
                assembly.startsFromPlanFolder[i] = node.startsFromPlanFolder();
            }
        }
        assembly.tags.putAll(node.ownTags());
        assembly.original = node;
        return assembly;
    }

    /**
     * Finds a parameter that a plan may set.
     *
     * @param name its name
     * @return its index
     * @throws ConfigException if there is none
     */
    public int index(String name) {
        int index = type.indexOf(name);
        if (index < 0) {
            throw ConfigException.of("There is no parameter " + name + " in " + type)
                    .at(PlanLine.current())
                    .advice("its parameters are " + settableNames())
                    .build();
        }
        return index;
    }

    @Override
    public NamedBuilder<T> set(String parameter, @Nullable Object value) {
        set(index(parameter), value);
        return this;
    }

    @Override
    public void set(int index, @Nullable Object value) {
        Parameter parameter = type.parameter(index);
        if (parameter.generatedPath() != null) {
            throw ConfigException.of("Parameter " + parameter.name() + " of " + type
                            + " is a generated path: the system sets it")
                    .at(PlanLine.current())
                    .build();
        }
        Object plain = value instanceof Tagged<?> tagged ? tagged.value() : value;
        Object bound = Binder.bind(type, parameter, plain);
        arguments[index] = bound;
        isSet[index] = true;
        startsFromPlanFolder[index] = PlanFolder.isStartOf(plain);
        if (value instanceof Tagged<?>) {
            tags.put(parameter.name(), bound == null ? "" : TagValue.of(bound));
        } else {
            tags.remove(parameter.name());
        }
    }

    @Override
    public Config<T> build() {
        @Nullable Object[] bound = arguments.clone();
        List<String> missing = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        boolean fromPlanFolder = false;
        Defaults defaults = Defaults.of(type);
        for (int i = 0; i < bound.length; i++) {
            Parameter parameter = type.parameter(i);
            if (!isSet[i]) {
                if (!parameter.isOptional()) {
                    missing.add(parameter.name() + " (" + parameter.type() + ")");
                    continue;
                }
                bound[i] = defaults.bound(i);
            }
            if (Encoder.isCounted(parameter, bound[i])) {
                fromPlanFolder |= isSet[i] ? startsFromPlanFolder[i] : defaults.startsFromPlanFolder(i);
            }
            ValueCheck.problem(parameter, bound[i]).ifPresent(problems::add);
        }
        refuse(missing, problems);
        try {
            HandleTraits traits = original == null && tags.isEmpty()
                    ? HandleTraits.NONE
                    : (original == null ? HandleTraits.NONE : original.traits()).ofVariation(tags);
            ConfigNode<T> built = ConfigNode.built(type, bound, traits, fromPlanFolder || traits.startFromPlanFolder());
            return original == null || original.producer() == null ? built : produced(built, original);
        } catch (ConfigException failed) {
            throw fromPlanFolder ? PlanFolder.mark(failed) : failed;
        }
    }

    /** Returns a variation of what a task makes, which differs in nothing that counts. */
    private static <T> Config<T> produced(ConfigNode<T> built, ConfigNode<T> original) {
        Producer producer = Objects.requireNonNull(original.producer());
        ConfigNode<T> variation =
                original.isProducedByItself() ? built.producedByItself(producer.folder()) : built.producedBy(producer);
        if (!variation.id().equals(original.id())) {
            throw ConfigException.of("Cannot build a variation of " + original + ": "
                            + producer.typeId() + "/" + producer.id()
                            + " makes it, and would not make the variation")
                    .at(PlanLine.current())
                    .advice("change only what does not count, vary the task, or build a new configuration")
                    .build();
        }
        return variation;
    }

    private void refuse(List<String> missing, List<String> problems) {
        if (!missing.isEmpty()) {
            problems.add(
                    0,
                    (missing.size() == 1
                                    ? "no value for the required parameter "
                                    : "no values for the required parameters ")
                            + String.join(", ", missing));
        }
        if (!problems.isEmpty()) {
            throw ConfigException.of("Cannot build " + type + ": " + String.join("; ", problems))
                    .at(PlanLine.current())
                    .build();
        }
    }

    private String settableNames() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < type.size(); i++) {
            if (type.parameter(i).generatedPath() == null) {
                names.add(type.parameter(i).name());
            }
        }
        return String.join(", ", names);
    }
}
