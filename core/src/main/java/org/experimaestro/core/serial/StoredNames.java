package org.experimaestro.core.serial;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.experimaestro.Config;
import org.experimaestro.Configurable;
import org.experimaestro.generated.Parameter;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.generated.ValueType;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.Node;
import org.jspecify.annotations.Nullable;

/**
 * The names that some types had when the code was another one, and their descriptors under these names. Many files have
 * the same names. Confined to one thread.
 */
final class StoredNames {
    private final Map<TypeDescriptor<?>, TypeName> names;
    private final Map<TypeDescriptor<?>, TypeDescriptor<?>> descriptors = new HashMap<>();
    private final boolean isRenamed;

    /**
     * The names of one type.
     *
     * @param typeId its type id then
     * @param parameters the names of its parameters then, in the order of today
     */
    record TypeName(String typeId, List<String> parameters) {
        /** Copies the list. */
        TypeName {
            parameters = List.copyOf(parameters);
        }

        /** Returns the names of today. */
        static TypeName of(TypeDescriptor<?> type) {
            List<String> parameters = new ArrayList<>();
            for (int i = 0; i < type.size(); i++) {
                parameters.add(type.parameter(i).name());
            }
            return new TypeName(type.typeId(), parameters);
        }
    }

    /**
     * Creates names.
     *
     * @param names the names of each type
     * @param isConverted whether a type is a former shape
     */
    StoredNames(Map<TypeDescriptor<?>, TypeName> names, boolean isConverted) {
        this.names = names;
        boolean differs = isConverted;
        for (Map.Entry<TypeDescriptor<?>, TypeName> entry : names.entrySet()) {
            differs |= !entry.getValue().equals(TypeName.of(entry.getKey()));
        }
        this.isRenamed = differs;
    }

    /** Returns whether any name or shape differs from that of today. */
    boolean isRenamed() {
        return isRenamed;
    }

    /** Returns a type under the names of that time. */
    TypeDescriptor<?> of(TypeDescriptor<?> today) {
        return isRenamed && names.containsKey(today)
                ? descriptors.computeIfAbsent(today, type -> renamed(type, names.getOrDefault(type, TypeName.of(type))))
                : today;
    }

    private <T> TypeDescriptor<T> renamed(TypeDescriptor<T> today, TypeName name) {
        // A type with the names of today can have a default configuration of a type that was renamed.
        Parameter[] parameters = new Parameter[today.size()];
        for (int i = 0; i < parameters.length; i++) {
            Parameter parameter = today.parameter(i);
            parameters[i] = parameter.as(name.parameters().get(i), anyConfig(parameter.type()));
        }
        return new FormerDescriptor<>(today, name.typeId(), parameters, this::renamed);
    }

    /**
     * Returns a type for configurations of any class: where today's code has a type, there may have been a former shape
     * of it. Classes of types do not count in identifiers.
     */
    private static ValueType anyConfig(ValueType type) {
        if (!type.holdsConfigs()) {
            return type;
        }
        return switch (type.kind()) {
            case OPTIONAL -> ValueType.optional(anyConfig(type.element()));
            case LIST -> ValueType.list(anyConfig(type.element()));
            case SET -> ValueType.set(anyConfig(type.element()));
            case MAP -> ValueType.map(type.key(), anyConfig(type.element()));
            default -> ValueType.config(Configurable.class);
        };
    }

    private Config<?> renamed(Config<?> config) {
        if (!(Node.of(config) instanceof ConfigNode<?> node)) {
            return config;
        }
        @Nullable Object[] arguments = node.arguments();
        for (int i = 0; i < arguments.length; i++) {
            Object bound = arguments[i];
            ValueType type = node.descriptor().parameter(i).type();
            arguments[i] = bound == null || !type.holdsConfigs() ? bound : renamed(type, bound);
        }
        ConfigNode<?> copy = ConfigNode.stored(of(node.descriptor()), arguments, node.ownTags(), node.producer());
        return copy.counting(node.countRule());
    }

    private Object renamed(ValueType type, Object bound) {
        return switch (type.kind()) {
            case CONFIG -> renamed((Config<?>) bound);
            case OPTIONAL -> renamed(type.element(), bound);
            case MAP -> {
                Map<Object, Object> map = new LinkedHashMap<>();
                ((Map<?, ?>) bound).forEach((key, value) -> map.put(key, renamed(type.element(), value)));
                yield map;
            }
            case SET -> {
                Set<Object> set = new LinkedHashSet<>();
                ((Collection<?>) bound).forEach(element -> set.add(renamed(type.element(), element)));
                yield set;
            }
            default -> {
                List<Object> list = new ArrayList<>();
                ((Collection<?>) bound).forEach(element -> list.add(renamed(type.element(), element)));
                yield list;
            }
        };
    }
}
