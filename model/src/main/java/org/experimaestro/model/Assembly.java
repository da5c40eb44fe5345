package org.experimaestro.model;

import java.util.ArrayList;
import java.util.List;
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
     * Creates an assembly with the parameters and tags of a configuration.
     *
     * @param config the configuration
     * @param <T> its class
     * @return a new assembly
     * @throws ConfigException if a task makes the configuration, or it is a collection
     */
    public static <T> Assembly<T> from(Config<T> config) {
        if (!(Node.of(config) instanceof ConfigNode<T> node)) {
            throw ConfigException.of("A collection of configurations has no builder: " + config)
                    .build();
        }
        if (node.producer() != null) {
            throw ConfigException.of("Cannot build a variation of " + config + ": "
                            + node.producer().typeId() + "/" + node.producer().id()
                            + " makes it, and would not make the variation")
                    .at(PlanLine.current())
                    .advice("vary the task, or build a new configuration")
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
        for (int i = 0; i < bound.length; i++) {
            Parameter parameter = type.parameter(i);
            if (!isSet[i]) {
                if (!parameter.isOptional()) {
                    missing.add(parameter.name() + " (" + parameter.type() + ")");
                    continue;
                }
                bound[i] = Defaults.of(type).bound(i);
            }
            if (parameter.isCounted()) {
                fromPlanFolder |=
                        isSet[i] ? startsFromPlanFolder[i] : Defaults.of(type).startsFromPlanFolder(i);
            }
            ValueCheck.problem(parameter, bound[i]).ifPresent(problems::add);
        }
        refuse(missing, problems);
        try {
            return ConfigNode.built(type, bound, new TreeMap<>(tags), fromPlanFolder);
        } catch (ConfigException failed) {
            throw fromPlanFolder ? PlanFolder.mark(failed) : failed;
        }
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
