package org.experimaestro.core.serial;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.experimaestro.ConfigException;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.core.reflect.ShapeMethod;
import org.experimaestro.generated.Parameter;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.type.TypeDescriptors;
import org.jspecify.annotations.Nullable;

/**
 * The conversions of former shapes that types of today have, directly or by other former shapes. Only the plan's process
 * uses them, to find old results. Confined to one thread.
 */
public final class FormerShapes {
    /** The conversion of each former shape. */
    private final Map<Class<?>, ShapeMethod> byShape = new HashMap<>();
    /** The types whose results can be stored under a type id, that of today first, the oldest shape last. */
    private final Map<String, Set<TypeDescriptor<?>>> candidates = new HashMap<>();

    FormerShapes() {}

    /**
     * Returns whether a type has conversions.
     *
     * @param type the type
     */
    public static boolean isTargetOf(TypeDescriptor<?> type) {
        return !ShapeMethod.of(type.javaClass()).isEmpty();
    }

    /**
     * Returns the type ids under which results of a type can be stored: its own, its former ones, and those of its former
     * shapes.
     *
     * @param type the type
     * @return the type ids
     * @throws ConfigException if a conversion cannot be used
     */
    public static Set<String> typeIds(TypeDescriptor<?> type) {
        Set<String> ids = new LinkedHashSet<>();
        for (TypeDescriptor<?> shape : chain(type, new HashMap<>())) {
            ids.addAll(ownIds(shape));
        }
        return ids;
    }

    /** Adds the conversions of a type, and those of its former shapes; returns whether any is new. */
    boolean add(TypeDescriptor<?> today) {
        if (!isTargetOf(today)) {
            return false;
        }
        int before = byShape.size();
        List<TypeDescriptor<?>> chain = chain(today, byShape);
        for (int i = 0; i < chain.size(); i++) {
            for (String typeId : ownIds(chain.get(i))) {
                candidates.computeIfAbsent(typeId, id -> new LinkedHashSet<>()).addAll(chain.subList(i, chain.size()));
            }
        }
        return byShape.size() > before;
    }

    private static Set<String> ownIds(TypeDescriptor<?> type) {
        Set<String> ids = new LinkedHashSet<>(List.of(type.typeId()));
        ids.addAll(List.of(type.formerTypeIds()));
        return ids;
    }

    /** Returns a type and all its former shapes, the nearest first, and notes the conversion of each shape. */
    private static List<TypeDescriptor<?>> chain(TypeDescriptor<?> today, Map<Class<?>, ShapeMethod> conversions) {
        List<TypeDescriptor<?>> chain = new ArrayList<>(List.of(today));
        for (int i = 0; i < chain.size(); i++) {
            for (ShapeMethod method : ShapeMethod.of(chain.get(i).javaClass())) {
                TypeDescriptor<?> shape = TypeDescriptors.of(method.shape());
                if (shape.javaClass() == today.javaClass()) {
                    throw method.problem(
                            "it leads in a circle back to " + shape.javaClass().getName(),
                            "remove one of the conversions in the circle",
                            null);
                }
                ShapeMethod other = conversions.putIfAbsent(shape.javaClass(), method);
                if (other != null && !other.equals(method)) {
                    throw method.problem(
                            other + " converts " + shape.javaClass().getName() + ", too",
                            "keep one of them, because a result has one name today",
                            null);
                }
                if (!chain.contains(shape)) {
                    chain.add(shape);
                }
            }
        }
        return chain;
    }

    /**
     * Returns the former shape in which a configuration was stored.
     *
     * @param typeId its type id
     * @param stored its members in the file
     * @return the shape; {@code null} if it was stored in the shape of today, or in an unknown one
     */
    @Nullable
    TypeDescriptor<?> shape(String typeId, JsonObject stored) {
        TypeDescriptor<?> found = null;
        int fewest = Integer.MAX_VALUE;
        for (TypeDescriptor<?> type : candidates.getOrDefault(typeId, Set.of())) {
            int unset = countUnset(type, stored);
            if (unset >= 0 && unset < fewest) {
                found = type;
                fewest = unset;
            }
        }
        return found == null || !byShape.containsKey(found.javaClass()) ? null : found;
    }

    /** Returns the number of parameters that a file leaves to their defaults; -1 if it does not have those of the type. */
    private static int countUnset(TypeDescriptor<?> type, JsonObject stored) {
        if (stored.has(Format.TYPE_VERSION) && stored.integer(Format.TYPE_VERSION) != type.version()) {
            return -1;
        }
        JsonObject parameters = stored.object(Format.PARAMETERS);
        for (String name : parameters.keys()) {
            if (type.indexOfStored(name) < 0) {
                return -1;
            }
        }
        int unset = 0;
        for (int i = 0; i < type.size(); i++) {
            Parameter parameter = type.parameter(i);
            if (parameter.generatedPath() == null && ConfigurationReader.storedName(parameter, parameters) == null) {
                if (!parameter.isOptional()) {
                    return -1;
                }
                unset++;
            }
        }
        return unset;
    }

    /**
     * Converts a configuration to the shape of today, by as many conversions as it takes.
     *
     * @param stored a configuration that no task makes
     * @return the configuration of today
     * @throws ConfigException if a conversion throws, or returns something else than a new configuration
     */
    ConfigNode<?> convert(ConfigNode<?> stored) {
        ConfigNode<?> node = stored;
        ShapeMethod method = byShape.get(node.descriptor().javaClass());
        while (method != null) {
            node = method.convert(node);
            method = byShape.get(node.descriptor().javaClass());
        }
        return node;
    }
}
