package org.experimaestro.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.base.process.PlanLine;
import org.experimaestro.generated.ValueType;
import org.experimaestro.model.type.ValueText;
import org.jspecify.annotations.Nullable;

/** A search for the parameter that has a plain value. Values are compared by identity. */
@SuppressWarnings("ReferenceEquality") // values are compared by identity
public final class HandleLookup {
    private final Object reached;
    private final Deque<Node<?>> open = new ArrayDeque<>();
    /** The nodes searched so far: a shared part is searched once, not once for each path to it. */
    private final Set<Node<?>> searched = Collections.newSetFromMap(new IdentityHashMap<>());

    private HandleLookup(Object reached) {
        this.reached = reached;
    }

    /**
     * Returns the handle of a parameter.
     *
     * @param node the node where the search starts
     * @param reached a plain value inside the node's value
     * @param <U> its type
     * @return the handle
     * @throws ConfigException if the value is not a parameter that holds configurations
     */
    @SuppressWarnings("unchecked")
    public static <U> Config<U> from(Node<?> node, @Nullable Object reached) {
        Config<?> found = reached == null ? null : new HandleLookup(reached).find(node);
        if (found == null) {
            throw ConfigException.of("Cannot get "
                            + (reached == null
                                    ? "null"
                                    : ValueText.of(reached) + " ("
                                            + reached.getClass().getSimpleName() + ")")
                            + " of "
                            + node + ": it is not a configuration that is a parameter there")
                    .at(PlanLine.current())
                    .advice("if it is computed, make it a parameter, or build it; a plain value is reached by value()")
                    .build();
        }
        return (Config<U>) found;
    }

    private @Nullable Config<?> find(Node<?> root) {
        open.push(root);
        while (!open.isEmpty()) {
            Node<?> node = open.pop();
            if (node.planValue() == reached) {
                return node;
            }
            Config<?> found = node instanceof ConfigNode<?> config ? findInParameters(config) : null;
            if (found != null) {
                return found;
            }
            List<Node<?>> parts = new ArrayList<>();
            node.forEachPart(false, parts::add);
            for (int i = parts.size() - 1; i >= 0; i--) {
                if (searched.add(parts.get(i))) {
                    open.push(parts.get(i));
                }
            }
        }
        return null;
    }

    private <T> @Nullable Config<?> findInParameters(ConfigNode<T> node) {
        for (int i = 0; i < node.descriptor().size(); i++) {
            ValueType type = node.descriptor().parameter(i).type();
            if (type.holdsConfigs() && isSame(node.descriptor().read(node.planValue(), i))) {
                return node.argument(i) instanceof Config<?> config && type.kind() == ValueType.Kind.CONFIG
                        ? config
                        : new ContainerNode<>(type, node.argument(i));
            }
        }
        return null;
    }

    /**
     * Compares a parameter with the value, where an accessor may wrap a configuration into a new optional at each
     * call.
     */
    private boolean isSame(@Nullable Object parameter) {
        return parameter == reached
                || parameter instanceof Optional<?> one
                        && reached instanceof Optional<?> other
                        && one.isPresent()
                        && one.orElse(null) == other.orElse(null);
    }
}
