package org.experimaestro.internal;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.internal.type.ValueType;
import org.jspecify.annotations.Nullable;

/** Leads from a plain value back to the parameter that it is. Values are recognized by identity. */
@SuppressWarnings("ReferenceEquality") // values are recognized by identity
public final class Reach {
    private Reach() {}

    /**
     * The handle of a parameter.
     *
     * @param node where to start
     * @param reached a plain value inside the node's
     * @param <U> its type
     * @return the handle
     * @throws ConfigException if the value is no parameter that holds configurations
     */
    @SuppressWarnings("unchecked")
    public static <U> Config<U> from(Node<?> node, @Nullable Object reached) {
        Config<?> found = reached == null ? null : find(node, reached);
        if (found == null) {
            throw new ConfigException(
                    "Cannot get "
                            + (reached == null
                                    ? "null"
                                    : reached + " (" + reached.getClass().getSimpleName() + ")") + " of "
                            + node.handle() + ": it is not a configuration that is a parameter there",
                    PlanLine.current(),
                    "if it is computed, make it a parameter, or build it; a plain value is reached by value()",
                    null);
        }
        return (Config<U>) found;
    }

    private static @Nullable Config<?> find(Node<?> node, Object reached) {
        if (node.planValue() == reached) {
            return node.handle();
        }
        if (node instanceof ConfigNode<?> config) {
            return findInParameters(config, reached);
        }
        ContainerNode<?> container = (ContainerNode<?>) node;
        return findInside(container.type(), container.content(), reached);
    }

    private static <T> @Nullable Config<?> findInParameters(ConfigNode<T> node, Object reached) {
        for (int i = 0; i < node.type().size(); i++) {
            ValueType type = node.type().parameter(i).type();
            if (type.holdsConfigs() && isSame(node.type().read(node.planValue(), i), reached)) {
                return node.argument(i) instanceof Config<?> config && type.kind() == ValueType.Kind.CONFIG
                        ? config
                        : new ContainerNode<>(type, node.argument(i)).handle();
            }
        }
        for (int i = 0; i < node.type().size(); i++) {
            Config<?> found = findInside(node.type().parameter(i).type(), node.argument(i), reached);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** An accessor may wrap a configuration into a new optional at each call. */
    private static boolean isSame(@Nullable Object parameter, Object reached) {
        return parameter == reached
                || parameter instanceof Optional<?> one
                        && reached instanceof Optional<?> other
                        && one.isPresent()
                        && one.orElse(null) == other.orElse(null);
    }

    private static @Nullable Config<?> findInside(ValueType type, @Nullable Object bound, Object reached) {
        if (bound == null || !type.holdsConfigs()) {
            return null;
        }
        return switch (type.kind()) {
            case CONFIG -> find(Node.of((Config<?>) bound), reached);
            case OPTIONAL -> findInside(type.element(), bound, reached);
            case MAP -> findAmong(type.element(), ((Map<?, ?>) bound).values(), reached);
            default -> findAmong(type.element(), (Collection<?>) bound, reached);
        };
    }

    private static @Nullable Config<?> findAmong(ValueType type, Collection<?> elements, Object reached) {
        for (Object element : elements) {
            Config<?> found = findInside(type, element, reached);
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
