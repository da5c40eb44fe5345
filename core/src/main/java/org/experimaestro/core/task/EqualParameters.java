package org.experimaestro.core.task;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.experimaestro.ConfigId;
import org.experimaestro.base.text.ParameterPath;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.generated.ValueType;
import org.experimaestro.model.BoundHandles;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.Node;
import org.experimaestro.model.type.Encoder;
import org.experimaestro.model.type.ValueText;
import org.jspecify.annotations.Nullable;

/**
 * A check that refuses a new configuration that equals a parameter of its task but is another object. Parts are
 * compared by their identifiers, because {@code equals} of records descends to the last level, and configurations may
 * be nested thousands of levels deep. Confined to one thread.
 */
final class EqualParameters {
    private final ConfigNode<?> task;
    private final OutputSource source;
    private final Map<Object, ConfigNode<?>> parameters;
    private @Nullable Map<ConfigId, List<Map.Entry<Object, ConfigNode<?>>>> byIdentifier;

    /** Creates the check for the parameters of a task, each with its plain value. */
    EqualParameters(OutputSource source, Map<Object, ConfigNode<?>> parameters) {
        this.task = source.task();
        this.source = source;
        this.parameters = parameters;
    }

    /** Refuses a new value. A value without parameters equals none. */
    <T> void refuse(T value, TypeDescriptor<T> type, @Nullable Object[] arguments) {
        if (type.size() == 0) {
            return;
        }
        if (byIdentifier == null) {
            byIdentifier = byIdentifier();
        }
        Set<Node<?>> equal = Collections.newSetFromMap(new IdentityHashMap<>());
        ConfigId id = Encoder.identify(type, arguments, List.of(), null, null);
        for (Map.Entry<Object, ConfigNode<?>> parameter : byIdentifier.getOrDefault(id, List.of())) {
            if (isEqual(parameter, value, type, arguments)) {
                equal.add(parameter.getValue());
            }
        }
        if (!equal.isEmpty()) {
            throw source.problem(
                    source.gave() + " a new " + ValueText.of(value) + " that equals the parameter " + place(equal)
                            + " but is another object, so that its tags and its producer would be lost",
                    source.give() + " the parameter itself");
        }
    }

    /** Returns the parts of the parameters in the form in which they were given: as if no task had made them. */
    private Map<ConfigId, List<Map.Entry<Object, ConfigNode<?>>>> byIdentifier() {
        Map<ConfigId, List<Map.Entry<Object, ConfigNode<?>>>> found = new HashMap<>();
        for (Map.Entry<Object, ConfigNode<?>> parameter : parameters.entrySet()) {
            ConfigNode<?> node = parameter.getValue();
            ConfigId id = node.producer() == null
                    ? node.id()
                    : Encoder.identify(node.descriptor(), node.arguments(), List.of(), null, null);
            // The entry is copied, because an entry of an identity map is a view that changes during the iteration.
            found.computeIfAbsent(id, key -> new ArrayList<>()).add(Map.entry(parameter.getKey(), node));
        }
        return found;
    }

    /**
     * Returns whether a value equals a parameter. The identifier is not enough: it leaves out values that do not
     * count, and has the content of files instead of their paths.
     */
    private static boolean isEqual(
            Map.Entry<Object, ConfigNode<?>> parameter,
            Object value,
            TypeDescriptor<?> type,
            @Nullable Object[] arguments) {
        ConfigNode<?> node = parameter.getValue();
        if (node.descriptor().javaClass() != type.javaClass()) {
            return false;
        }
        for (int i = 0; i < arguments.length; i++) {
            ValueType valueType = type.parameter(i).type();
            if (!Arrays.equals(Encoder.encode(valueType, arguments[i]), Encoder.encode(valueType, node.argument(i)))) {
                return false;
            }
        }
        // For a class that is not a record, its own equals decides, because it may have state beside its parameters.
        return type.javaClass().isRecord() || parameter.getKey().equals(value);
    }

    /** Returns the path of the nearest of the parameters in the plan. */
    private ParameterPath place(Set<Node<?>> wanted) {
        IdentityHashMap<Node<?>, ParameterPath> places = new IdentityHashMap<>();
        Deque<ConfigNode<?>> open = new ArrayDeque<>();
        places.put(task, ParameterPath.ROOT);
        open.add(task);
        while (true) {
            ConfigNode<?> node = open.remove();
            ParameterPath place = Objects.requireNonNull(places.get(node));
            if (wanted.contains(node)) {
                return place;
            }
            for (int i = 0; i < node.descriptor().size(); i++) {
                ParameterPath part = place.then(node.descriptor().parameter(i).name());
                BoundHandles.forEach(node.descriptor().parameter(i).type(), node.argument(i), config -> {
                    if (Node.of(config) instanceof ConfigNode<?> found && places.putIfAbsent(found, part) == null) {
                        open.add(found);
                    }
                });
            }
        }
    }
}
